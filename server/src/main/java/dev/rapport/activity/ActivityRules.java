package dev.rapport.activity;

import dev.rapport.customer.Account;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.record.spi.Change;
import dev.rapport.record.spi.Lookups;
import dev.rapport.record.spi.RecordRule;
import dev.rapport.record.spi.Verdict;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the engine fills in for activities. */
@Configuration(proxyBeanMethods = false)
class ActivityRules {
    /** An activity with a contact belongs to the contact's account as well, so that it stands in both timelines. */
    private record AccountOfContact(String object, Field<RecordId> contact, Field<RecordId> account)
            implements RecordRule {
        private static final Field<RecordId> CONTACTS_ACCOUNT =
                Field.field("account", new LinkTypes.Lookup("account"), "Account", "客户");

        @Override
        public Verdict decide(Change change, Lookups lookups) {
            var person = change.after(contact);
            if (person == null || change.after(account) != null || !change.touches(contact)) return Verdict.accept();
            return Verdict.amend(account, lookups.value("contact", person, CONTACTS_ACCOUNT));
        }
    }

    @Bean
    RecordRule noteAccount() {
        return new AccountOfContact("note", Note.CONTACT, Note.ACCOUNT);
    }

    @Bean
    RecordRule taskAccount() {
        return new AccountOfContact("task", Task.CONTACT, Task.ACCOUNT);
    }

    @Bean
    RecordRule callAccount() {
        return new AccountOfContact("call", Call.CONTACT, Call.ACCOUNT);
    }

    @Bean
    RecordRule meetingAccount() {
        return new AccountOfContact("meeting", Meeting.CONTACT, Meeting.ACCOUNT);
    }

    @Bean
    RecordRule visitAccount() {
        return new AccountOfContact("visit", Visit.CONTACT, Visit.ACCOUNT);
    }

    /** A visit takes place where the customer is, unless somebody says otherwise. */
    @Bean
    RecordRule visitPlace() {
        return new RecordRule() {
            @Override
            public String object() {
                return "visit";
            }

            @Override
            public Verdict decide(Change change, Lookups lookups) {
                boolean asks = change.kind() == Change.Kind.CREATE || change.touches(Visit.ACCOUNT);
                var contact = change.after(Visit.CONTACT);
                var account = change.after(Visit.ACCOUNT);
                if (account == null && contact != null)
                    account = lookups.value("contact", contact, AccountOfContact.CONTACTS_ACCOUNT);
                if (!asks || account == null || change.after(Visit.PLACE) != null) return Verdict.accept();
                return Verdict.amend(Visit.PLACE, lookups.value("account", account, Account.ADDRESS));
            }
        };
    }

    /** A note without a title is called by its first words. */
    @Bean
    RecordRule noteTitle() {
        return new RecordRule() {
            @Override
            public String object() {
                return "note";
            }

            @Override
            public Verdict decide(Change change, Lookups lookups) {
                var body = change.after(Note.BODY);
                if (change.after(Note.NAME) != null || body == null) return Verdict.accept();
                var line = body.strip().lines().findFirst().orElse("");
                int end = line.offsetByCodePoints(0, Math.min(60, line.codePointCount(0, line.length())));
                return Verdict.amend(Note.NAME, line.substring(0, end));
            }
        };
    }

    /** The moment a task is done is kept, and forgotten when it is opened again. */
    @Bean
    RecordRule taskCompletion(Clock clock) {
        return new RecordRule() {
            @Override
            public String object() {
                return "task";
            }

            @Override
            public Verdict decide(Change change, Lookups lookups) {
                if (!change.touches(Task.STATUS)) return Verdict.accept();
                Map<Field<?>, @Nullable Object> values = new HashMap<>();
                boolean done = "done".equals(change.after(Task.STATUS));
                values.put(Task.COMPLETED_AT, done ? clock.instant().truncatedTo(ChronoUnit.MICROS) : null);
                return new Verdict.Amend(values);
            }
        };
    }
}
