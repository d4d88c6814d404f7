package dev.rapport.privacy;

import dev.rapport.database.Tx;
import java.util.Set;

/** What people may be left in beside records: whoever keeps such a thing takes them out of it when they are erased. */
public interface Remains {
    /** @param identifiers the person's e-mail addresses and phone numbers (E.164) */
    void forget(Tx tx, Set<String> identifiers);
}
