package dev.rapport.access;

import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Who may not read what a custom figure is made of may not read the figure: it would tell. Built-in figures, such as an
 * order's total, are the product's own and granted like any field.
 */
final class Computed {
    private Computed() {}

    /** Whether everything that {@code field} is computed from, however far away, is readable. */
    static boolean reads(
            ObjectDef object, Field<?> field, Catalogue catalogue, BiPredicate<ObjectDef, Field<?>> readable) {
        return reads(object, field, catalogue, readable, new HashSet<>());
    }

    private static boolean reads(
            ObjectDef object,
            Field<?> field,
            Catalogue catalogue,
            BiPredicate<ObjectDef, Field<?>> readable,
            Set<String> seen) {
        if (!seen.add(object.name() + "." + field.name())) return true;
        if (!readable.test(object, field)) return false;
        if (!field.isCustom()) return true;
        return switch (field.computation()) {
            case Computation.Formula formula ->
                formula.reads().stream().allMatch(path -> walks(object, path, catalogue, readable, seen));
            case Computation.RollUp rollUp ->
                catalogue
                        .find(rollUp.child())
                        .map(child -> child.field(rollUp.via())
                                        .map(via -> readable.test(child, via))
                                        .orElse(true)
                                && rollUp.fields().stream()
                                        .allMatch(name -> walks(child, name, catalogue, readable, seen)))
                        .orElse(true);
            case null -> true;
        };
    }

    private static boolean walks(
            ObjectDef start,
            String path,
            Catalogue catalogue,
            BiPredicate<ObjectDef, Field<?>> readable,
            Set<String> seen) {
        var object = start;
        for (var name : path.split("\\.")) {
            var field = object.field(name).orElse(null);
            if (field == null) return true; // a part of the field before it, or one that is gone
            if (!reads(object, field, catalogue, readable, seen)) return false;
            if (!(field.type() instanceof LinkTypes.Lookup lookup)) return true;
            var target = catalogue.find(lookup.target()).orElse(null);
            if (target == null) return true;
            object = target;
        }
        return true;
    }
}
