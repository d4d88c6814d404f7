package dev.rapport.query;

import static org.jooq.impl.DSL.name;

import dev.rapport.metadata.ColumnType;
import dev.rapport.metadata.FieldType.Part;
import dev.rapport.metadata.LinkTypes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.SelectFieldOrAsterisk;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.io.SerializedString;

/** The columns that one statement reads for the fields asked for, and how a row of them is taken apart again. */
public final class Selection {
    private final Relation relation;
    private final boolean joinNames;
    private final List<SelectFieldOrAsterisk> columns = new ArrayList<>();
    private final List<ColumnType> types = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();

    /**
     * One field of the answer: its columns start at {@code at} and are {@code width} many.
     *
     * @param name the path as JSON writes it
     */
    public record Item(FieldPath path, int at, int width, SerializedString name) {}

    /** @param joinNames whether linked records' names are read along, as a stream needs them; a page asks for them at once */
    Selection(Relation relation, boolean joinNames) {
        this.relation = relation;
        this.joinNames = joinNames;
        add(relation.column("id", ColumnType.UUID), ColumnType.UUID);
        add(relation.column("version", ColumnType.BIGINT), ColumnType.BIGINT);
    }

    void select(FieldPath path) {
        int at = columns.size();
        if (path.part() != null) add(relation.column(path), path.mainPart().type());
        else addWhole(path);
        items.add(new Item(path, at, columns.size() - at, new SerializedString(path.text())));
    }

    private void addWhole(FieldPath path) {
        var owner = relation.owner(path);
        for (var part : path.field().type().parts()) add(owner.shown(path.field(), part), part.type());
        if (joinNames && path.field().type() instanceof LinkTypes.Lookup) addName(owner, path);
        if (path.field().type() instanceof LinkTypes.Attachment && path.field() != PathResolver.ID)
            addFile(owner, path);
    }

    private void addName(Relation owner, FieldPath path) {
        var target = owner.join(path.field(), targetOf(path));
        var naming = target.object().naming();
        Part part = naming.type().mainPart();
        boolean shown = target.scope().reads(target.object(), naming);
        add(shown ? target.column(naming, part) : DSL.inline(null, SQLDataType.VARCHAR), part.type());
    }

    private void addFile(Relation owner, FieldPath path) {
        var alias = owner.joinFile(path.field());
        add(DSL.field(name(alias, "name"), SQLDataType.VARCHAR), ColumnType.CODE);
        add(DSL.field(name(alias, "type"), SQLDataType.VARCHAR), ColumnType.CODE);
        add(DSL.field(name(alias, "size"), SQLDataType.BIGINT), ColumnType.BIGINT);
    }

    private dev.rapport.metadata.ObjectDef targetOf(FieldPath path) {
        return targets.object(((LinkTypes.Lookup) path.field().type()).target());
    }

    private Targets targets = name -> {
        throw new IllegalStateException("No catalogue for " + name);
    };

    /** Where definitions of looked-up objects come from. */
    public interface Targets {
        dev.rapport.metadata.ObjectDef object(String name);
    }

    Selection with(Targets catalogue) {
        targets = catalogue;
        return this;
    }

    private void add(SelectFieldOrAsterisk column, ColumnType type) {
        columns.add(column);
        types.add(type);
    }

    List<SelectFieldOrAsterisk> columns() {
        return columns;
    }

    public List<Item> items() {
        return items;
    }

    int width() {
        return columns.size();
    }

    /** The current row's values, in the order of the columns, and room for {@code more}. */
    @Nullable
    Object[] read(ResultSet row, int more) throws SQLException {
        int width = types.size();
        var values = new @Nullable Object[width + more];
        for (int i = 0; i < width; i++) values[i] = SqlTypes.read(row, i + 1, types.get(i));
        return values;
    }
}
