package dev.rapport.record;

import dev.rapport.kernel.Actor;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** What records are called, for those who may see them. */
@Component
public class RecordNames {
    private final LinkNames names;

    RecordNames(LinkNames names) {
        this.names = names;
    }

    /** Names of those records that are there and that {@code actor} may see, in the actor's language. @param ids by object */
    public Map<UUID, String> live(Actor actor, Map<String, Set<UUID>> ids) {
        var wanted = new LinkNames.Wanted();
        ids.forEach((object, some) -> wanted.of(object).addAll(some));
        return names.live(actor, wanted);
    }
}
