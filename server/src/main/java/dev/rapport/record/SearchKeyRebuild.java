package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.database.UncheckedSqlException;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.schema.SchemaChange;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes search keys anew after what they are made of has changed. Until then records are found by their old keys. */
@Component
public class SearchKeyRebuild implements RecordSweep.Work {
    private final RecordSweep sweep;
    private final Catalogue catalogue;
    private final RecordStore store;

    SearchKeyRebuild(RecordSweep sweep, Catalogue catalogue, RecordStore store) {
        this.sweep = sweep;
        this.catalogue = catalogue;
        this.store = store;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        rebuild();
    }

    /** Other fields may be searched now. */
    @EventListener
    void changed(SchemaChange.CatalogueChanged event) {
        rebuild();
    }

    /** Works through every object whose keys are of another format, in the background. */
    public void rebuild() {
        sweep.completeAll(this);
    }

    @Override
    public List<ObjectDef> objects() {
        return catalogue.all().stream()
                .filter(object -> !object.searchable().isEmpty())
                .toList();
    }

    @Override
    public String purpose() {
        return "search";
    }

    @Override
    public String format(ObjectDef object) {
        return SearchKey.format(object);
    }

    @Override
    public void write(Tx tx, ObjectDef object, List<UUID> ids) {
        var sql = "UPDATE " + RecordStore.quoted(object.table())
                + " SET search_key = ? WHERE id = ? AND search_key IS DISTINCT FROM ?";
        try (var statement = tx.connection().prepareStatement(sql)) {
            for (var stored : store.loadForComputing(tx, object, ids, true).values()) {
                var key = SearchKey.of(object, stored.values());
                statement.setString(1, key);
                statement.setObject(2, stored.id().value());
                statement.setString(3, key);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }
}
