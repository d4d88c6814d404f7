package dev.rapport.record;

import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds computed fields that are made of themselves, directly or around a corner. */
final class ComputedCycles {
    private final Catalogue catalogue;
    private final Set<String> sound = new HashSet<>();

    ComputedCycles(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    void check(List<Violation> violations) {
        for (var object : catalogue.all())
            for (var field : object.fields())
                if (field.computation() != null && !isSound(object, field, new HashSet<>()))
                    violations.add(Violation.of("fields." + field.name(), "formula-cycle"));
    }

    private boolean isSound(ObjectDef object, Field<?> field, Set<String> above) {
        if (field.computation() == null) return true;
        var key = object.name() + "." + field.name();
        if (sound.contains(key)) return true;
        if (!above.add(key)) return false;
        for (var read : reads(object, field)) if (!isSound(read.object, read.field, above)) return false;
        above.remove(key);
        sound.add(key);
        return true;
    }

    private record Read(ObjectDef object, Field<?> field) {}

    private List<Read> reads(ObjectDef object, Field<?> field) {
        var reads = new ArrayList<Read>();
        switch (field.computation()) {
            case Computation.Formula formula -> formula.reads().forEach(path -> walk(object, path, reads));
            case Computation.RollUp rollUp -> {
                var child = catalogue.require(rollUp.child());
                rollUp.fields().forEach(name -> walk(child, name, reads));
            }
            case null -> {}
        }
        return reads;
    }

    private void walk(ObjectDef start, String path, List<Read> reads) {
        var object = start;
        for (var name : path.split("\\.")) {
            var field = object.field(name).orElse(null);
            if (field == null) return;
            reads.add(new Read(object, field));
            if (!(field.type() instanceof LinkTypes.Lookup lookup)) return;
            object = catalogue.require(lookup.target());
        }
    }
}
