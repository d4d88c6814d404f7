package dev.rapport.sales;

import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.RecordId;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pipelines and their stages, in order, as an actor sees them. */
@Component
class Pipelines {
    private final Acts acts;

    Pipelines(Acts acts) {
        this.acts = acts;
    }

    /** One stage. @param outcome open, won or lost */
    record Step(RecordId id, Labels labels, long position, String outcome) {
        boolean isOpen() {
            return outcome.equals("open");
        }
    }

    /** The stages of a pipeline. */
    List<Step> steps(Actor actor, RecordId pipeline) {
        return acts.read(actor, act -> {
            act.needs("stage", Stage.NAME, Stage.PIPELINE, Stage.POSITION, Stage.OUTCOME);
            return act.where("stage", Stage.PIPELINE, pipeline).stream()
                    .map(Pipelines::step)
                    .sorted(Comparator.comparing(Step::position))
                    .toList();
        });
    }

    private static Step step(Act.Item stage) {
        var name = String.valueOf(stage.get(Stage.NAME));
        return new Step(
                stage.id(),
                new Labels(name, Optional.ofNullable(stage.get(Stage.NAME_ZH)).orElse(name)),
                Objects.requireNonNullElse(stage.get(Stage.POSITION), 0L),
                Optional.ofNullable(stage.get(Stage.OUTCOME)).orElse("open"));
    }

    /** {@code wanted}, else the first active pipeline. */
    Optional<RecordId> orFirst(Actor actor, @Nullable RecordId wanted) {
        if (wanted != null) return Optional.of(wanted);
        return acts.read(
                actor,
                act -> act.where("pipeline", Pipeline.ACTIVE, true).stream()
                        .min(Comparator.comparing(
                                item -> Objects.requireNonNullElse(item.get(Pipeline.POSITION), Long.MAX_VALUE)))
                        .map(Act.Item::id));
    }
}
