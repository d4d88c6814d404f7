package dev.rapport.mail;

import dev.rapport.customer.Consent;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.TextTypes;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** To whom mails go, and that they stay as they were sent. */
@Component
class MailRule implements RecordRule {
    private static final List<Field<?>> WRITTEN = List.of(Mail.NAME, Mail.TO, Mail.BODY, Mail.FILE, Mail.PURPOSE);
    private static final Field<String> CONTACTS_EMAIL = Field.field("email", new TextTypes.Email(), "Email", "邮箱");
    private static final Field<RecordId> CONTACTS_ACCOUNT =
            Field.field("account", new LinkTypes.Lookup("account"), "Account", "客户");
    private static final Field<Boolean> DO_NOT_CONTACT =
            Field.field("doNotContact", new NumberTypes.Flag(), "Do not contact", "请勿联系");

    private final MailServer server;
    private final Clock clock;

    MailRule(MailServer server, Clock clock) {
        this.server = server;
        this.clock = clock;
    }

    @Override
    public String object() {
        return "mail";
    }

    @Override
    public Verdict decide(Change change, Lookups lookups) {
        return switch (change.kind()) {
            case CREATE -> send(change, lookups);
            case UPDATE -> keep(change);
            // a mail kept back goes when it is brought back
            case DELETE, RESTORE -> Verdict.accept();
        };
    }

    private Verdict send(Change change, Lookups lookups) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var violations = new ArrayList<Violation>();
        if (!server.isThere()) violations.add(Violation.of("", "no-mail-server"));
        var contact = change.after(Mail.CONTACT);
        if (contact != null && Boolean.TRUE.equals(lookups.value("contact", contact, DO_NOT_CONTACT)))
            violations.add(Violation.of("contact", "do-not-contact"));
        if (Consent.MARKETING.equals(change.after(Mail.PURPOSE))
                && ConsentCheck.isWithdrawn(
                        change::after, change.fields(), entries -> lookups.tally("consent", entries)))
            violations.add(Violation.of(contact == null ? "to" : "contact", "consent-withdrawn"));
        var to = Optional.ofNullable(change.after(Mail.TO))
                .or(() -> contact == null
                        ? Optional.empty()
                        : Optional.ofNullable(lookups.value("contact", contact, CONTACTS_EMAIL)));
        if (to.isEmpty()) violations.add(Violation.of("to", "required"));
        var subject = change.after(Mail.NAME);
        if (subject != null && subject.chars().anyMatch(letter -> letter == '\r' || letter == '\n'))
            violations.add(Violation.of("name", "one-line"));
        values.put(Mail.TO, to.orElse(null));
        if (contact != null && change.after(Mail.ACCOUNT) == null)
            values.put(Mail.ACCOUNT, lookups.value("contact", contact, CONTACTS_ACCOUNT));
        values.put(Mail.STATUS, "queued");
        values.put(Mail.NEXT_AT, clock.instant().plus(server.recall()).truncatedTo(ChronoUnit.MICROS));
        return violations.isEmpty() ? new Verdict.Amend(values) : new Verdict.Reject(violations);
    }

    private static Verdict keep(Change change) {
        if ("queued".equals(change.before(Mail.STATUS))) return Verdict.accept();
        var changed = WRITTEN.stream()
                .filter(change::touches)
                .map(field -> Violation.of(field.name(), "mail-sent"))
                .toList();
        return changed.isEmpty() ? Verdict.accept() : new Verdict.Reject(changed);
    }
}
