package dev.rapport.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.access.Access;
import dev.rapport.database.Database;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.CatalogueView;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.LinkTypes;
import org.jooq.impl.SQLDataType;
import org.springframework.stereotype.Component;

/** Which stored files records hold. */
@Component
public class Attachments {
    private final Database database;
    private final Catalogue catalogue;
    private final Access access;

    Attachments(Database database, Catalogue catalogue, Access access) {
        this.database = database;
        this.catalogue = catalogue;
        this.access = access;
    }

    /** Whether a live record that the actor may see holds the file in a field that the actor may read. */
    public boolean isVisible(Actor actor, RecordId file, CatalogueView view) {
        return catalogue.all().stream()
                .flatMap(object -> view.object(object.name()).stream())
                .anyMatch(object -> holds(actor, object, file));
    }

    private boolean holds(Actor actor, ObjectView object, RecordId file) {
        var source = table(name(object.definition().table())).as(name("r"));
        return object.definition().fields().stream()
                .filter(held -> held.type() instanceof LinkTypes.Attachment
                        && object.readable(held.name()).isPresent())
                .anyMatch(held -> database.read(tx -> tx.dsl()
                        .fetchExists(
                                source,
                                field(name("r", held.columnName("")), SQLDataType.UUID)
                                        .eq(file.value())
                                        .and(field(name("r", "deleted_at")).isNull())
                                        .and(access.rows(actor).visible(object.definition(), source)))));
    }
}
