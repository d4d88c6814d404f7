package dev.rapport.record;

import dev.rapport.database.Tx;
import dev.rapport.match.MatchProfile;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.schema.SchemaChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Makes match keys anew after what they are made of has changed. Until then nobody is told that another record is like it. */
@Component
class MatchKeyRebuild implements RecordSweep.Work {
    private final RecordSweep sweep;
    private final Catalogue catalogue;
    private final RecordStore store;
    private final MatchKeys keys;

    MatchKeyRebuild(RecordSweep sweep, Catalogue catalogue, RecordStore store, MatchKeys keys) {
        this.sweep = sweep;
        this.catalogue = catalogue;
        this.store = store;
        this.keys = keys;
    }

    @EventListener
    void ready(ApplicationReadyEvent event) {
        rebuild();
    }

    /** What is compared may be another thing now. */
    @EventListener
    void changed(SchemaChange.CatalogueChanged event) {
        rebuild();
    }

    private void rebuild() {
        sweep.completeAll(this);
    }

    @Override
    public List<ObjectDef> objects() {
        return catalogue.all().stream().filter(MatchProfiles::isMatched).toList();
    }

    /** Makes the keys that are missing before somebody goes through all of them. */
    void complete(ObjectDef object, BooleanSupplier stop) {
        sweep.complete(object, this, stop);
    }

    @Override
    public String purpose() {
        return "match";
    }

    @Override
    public String format(ObjectDef object) {
        return MatchProfile.KEY_FORMAT + " "
                + MatchProfiles.compared(object).fields().stream()
                        .map(Field::name)
                        .collect(Collectors.joining(" "));
    }

    @Override
    public void write(Tx tx, ObjectDef object, List<UUID> ids) {
        var compared = MatchProfiles.compared(object);
        var profiles = new LinkedHashMap<UUID, MatchProfile>();
        store.loadForComputing(tx, compared, ids, true).forEach((id, record) -> {
            if (!record.deleted()) profiles.put(id.value(), MatchProfiles.of(compared, record.values()));
        });
        keys.add(tx, MatchKeys.of(object.name(), profiles));
    }
}
