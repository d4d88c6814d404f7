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
        var found = walk(object, path);
        if (found == null) violations.add(Violation.of(path, "unknown-field"));
        return Optional.ofNullable(found);
    }

    private static @Nullable FieldPath own(ObjectView object, String name) {
        var field = name.equals("id") ? ID : object.readable(name).orElse(null);
        return field == null ? null : new FieldPath(name, List.of(), field, null);
    }

    private @Nullable FieldPath walk(ObjectView start, String path) {
        if (path.indexOf('.') < 0) return own(start, path);
        var names = path.split("\\.", -1);
        var steps = new ArrayList<FieldPath.Step>();
        var object = start;
        for (int i = 0; i < names.length; i++) {
            var field = names[i].equals("id") ? ID : object.readable(names[i]).orElse(null);
            if (field == null) return null;
            boolean last = i == names.length - 1;
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
