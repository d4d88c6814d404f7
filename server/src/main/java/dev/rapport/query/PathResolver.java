package dev.rapport.query;

import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.FieldType.Part;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds fields by their paths. Unknown and hidden are one answer, wherever the path was written. */
public final class PathResolver {
    private static final int MAX_STEPS = 3;
    static final Field<RecordId> ID =
            Field.field("id", new LinkTypes.Attachment(), "Id", "编号", Trait.READ_ONLY, Trait.REQUIRED);

    private final CatalogueView catalogue;

    public PathResolver(CatalogueView catalogue) {
        this.catalogue = catalogue;
    }

    public CatalogueView catalogue() {
        return catalogue;
    }

    /** The field at {@code path}, or empty after adding the one violation that says it is not there. */
    public Optional<FieldPath> resolve(ObjectView object, String path, List<Violation> violations) {
        return resolve(object, path, false, violations);
    }

    /** The same for a field whose values are only shown, be it in part. */
    public Optional<FieldPath> resolveShown(ObjectView object, String path, List<Violation> violations) {
        return resolve(object, path, true, violations);
    }

    private Optional<FieldPath> resolve(ObjectView object, String path, boolean shown, List<Violation> violations) {
        var found = walk(object, path, shown);
        if (found == null) violations.add(Violation.of(path, "unknown-field"));
        return Optional.ofNullable(found);
    }

    private static @Nullable FieldPath own(ObjectView object, String name, boolean shown) {
        var field = last(object, name, shown);
        return field == null ? null : new FieldPath(name, List.of(), field, null);
    }

    private static @Nullable Field<?> last(ObjectView object, String name, boolean shown) {
        if (name.equals("id")) return ID;
        return (shown ? object.shown(name) : object.readable(name)).orElse(null);
    }

    private @Nullable FieldPath walk(ObjectView start, String path, boolean shown) {
        if (path.indexOf('.') < 0) return own(start, path, shown);
        var names = path.split("\\.", -1);
        var steps = new ArrayList<FieldPath.Step>();
        var object = start;
        for (int i = 0; i < names.length; i++) {
            boolean last = i == names.length - 1;
            var field = last(object, names[i], shown && last);
            if (field == null) return null;
            if (last) return new FieldPath(path, List.copyOf(steps), field, null);
            if (field.type() instanceof LinkTypes.Lookup lookup) {
                var target = catalogue.object(lookup.target()).orElse(null);
                if (target == null || steps.size() == MAX_STEPS) return null;
                steps.add(new FieldPath.Step(field, target.definition()));
                object = target;
                continue;
            }
            var part = part(field, names[i + 1]);
            return part == null || i + 2 < names.length ? null : new FieldPath(path, List.copyOf(steps), field, part);
        }
        return null;
    }

    private static @Nullable Part part(Field<?> field, String name) {
        return field.type().parts().stream()
                .filter(part -> !part.name().isEmpty() && part.name().equals(name))
                .findFirst()
                .orElse(null);
    }
}
