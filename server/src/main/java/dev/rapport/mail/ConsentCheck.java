package dev.rapport.mail;

import dev.rapport.customer.Consent;
import dev.rapport.customer.ConsentRules;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.record.spi.Lookups.Tally;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether whom a mail is for took their consent to marketing by mail back. */
final class ConsentCheck {
    private ConsentCheck() {}

    /** What a mail holds. */
    interface Holder {
        @Nullable
        Object of(Field<?> field);
    }

    /**
     * @param mail the mail
     * @param fields the fields that mails have; the lead's is added by sales
     * @param tally counts entries of the ledger
     */
    static boolean isWithdrawn(Holder mail, List<Field<?>> fields, Function<Map<Field<?>, Object>, Tally> tally) {
        for (var field : fields) {
            var person = switch (field.name()) {
                case "contact" -> Consent.CONTACT;
                case "lead" -> Consent.LEAD;
                default -> null;
            };
            if (person != null
                    && mail.of(field) instanceof RecordId id
                    && ConsentRules.isWithdrawn(person, id, Consent.MARKETING, Consent.EMAIL, tally)) return true;
        }
        return false;
    }
}
