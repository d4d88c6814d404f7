package dev.rapport.record;

import dev.rapport.access.Access;
import dev.rapport.kernel.Actor;
import dev.rapport.metadata.Catalogue;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Begins acts: see {@link Act}. */
@Component
public class Acts {
    private final Records records;
    private final Batches batches;
    private final Act.Parts parts;

    Acts(
            Records records,
            Batches batches,
            Access access,
            Catalogue catalogue,
            RecordStore store,
            RecordWriter writer,
            RecordSight sight) {
        this.records = records;
        this.batches = batches;
        this.parts = new Act.Parts(access, catalogue, store, writer, records, sight);
    }

    /** Lets {@code work} look at records as an act would and change none. */
    public <T> T read(Actor actor, Function<Act, T> work) {
        return records.transact(tx -> work.apply(new Act(tx, actor, null, parts, Act.Intent.READ)));
    }

    /** Like {@link #run} for what follows from something else and so is no batch of its own to be undone. */
    public <T> T follow(Actor actor, Function<Act, T> work) {
        return records.transact(tx -> work.apply(new Act(tx, actor, null, parts, Act.Intent.CHANGE)));
    }

    /**
     * Runs {@code work} in one transaction, which is repeated as a whole where PostgreSQL asks for it.
     *
     * @param kind what the journal calls the batch, such as {@code convert}
     * @param object the object that the act is about
     */
    public <T> T run(Actor actor, String kind, String object, Function<Act, T> work) {
        return records.transact(
                tx -> work.apply(new Act(tx, actor, batches.open(tx, actor, kind, object), parts, Act.Intent.CHANGE)));
    }
}
