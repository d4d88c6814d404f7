package dev.rapport.sales;

import dev.rapport.customer.Consent;
import dev.rapport.customer.ConsentRules;
import dev.rapport.customer.Contact;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.mail.MailTemplate;
import dev.rapport.metadata.Field;
import dev.rapport.record.Act;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of a step for whom it is about: with as much of the records as whoever enrolled may read. */
final class SequenceWords {
    private static final int LONGEST = 200;

    private final Act act;
    private final Optional<Act.Item> contact;
    private final Optional<Act.Item> lead;
    private final Map<String, Map<String, String>> values = new HashMap<>();

    SequenceWords(Act act, Act.Item enrolment) {
        this.act = act;
        this.contact = find("contact", enrolment.get(Enrolment.CONTACT));
        this.lead = find("lead", enrolment.get(Enrolment.LEAD));
        contact.ifPresent(item -> put("contact", item, Contact.NAME, Contact.TITLE));
        lead.ifPresent(item -> put("lead", item, Lead.NAME, Lead.COMPANY, Lead.TITLE));
        find("opportunity", enrolment.get(Enrolment.OPPORTUNITY))
                .ifPresent(item -> put("opportunity", item, Opportunity.NAME));
        company().forEach(item -> put("company", item, Company.NAME));
        values.put("owner", Map.of("name", act.actor().name()));
    }

    private List<Act.Item> company() {
        try {
            return act.where("company", Company.KEY, Company.ONLY);
        } catch (Refusal hidden) {
            return List.of();
        }
    }

    private Optional<Act.Item> find(String object, @Nullable RecordId id) {
        return id == null ? Optional.empty() : act.find(object, id);
    }

    private void put(String object, Act.Item item, Field<?>... fields) {
        var texts = new HashMap<String, String>();
        for (var field : fields) text(object, item, field).ifPresent(text -> texts.put(field.name(), text));
        values.put(object, texts);
    }

    /** The value as text, if whoever enrolled may read it. */
    private <T> Optional<String> text(String object, Act.Item item, Field<T> field) {
        var value = item.get(field);
        if (value == null || !act.json(object, Map.of(field, value)).has(field.name())) return Optional.empty();
        return Optional.of(value instanceof PersonName name ? name.full() : value.toString());
    }

    String fill(String template) {
        return MailTemplate.fill(template, values);
    }

    /** The same as one line of the length that subjects have. */
    String line(String template) {
        var line = fill(template).replaceAll("\\s+", " ").strip();
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    private boolean isWithdrawn(Field<RecordId> whom, Optional<Act.Item> person) {
        return person.filter(item -> ConsentRules.isWithdrawn(
                        whom, item.id(), Consent.MARKETING, Consent.EMAIL, values -> act.tally("consent", values)))
                .isPresent();
    }

    /** Where mails go: to the contact, else to the lead; nowhere if they wish no contact, took their consent back, or whoever enrolled may not know it. */
    Optional<String> address() {
        if (isWithdrawn(Consent.CONTACT, contact) || isWithdrawn(Consent.LEAD, lead)) return Optional.empty();
        if (contact.isPresent())
            return contact.filter(item -> !Boolean.TRUE.equals(item.get(Contact.DO_NOT_CONTACT)))
                    .flatMap(item -> text("contact", item, Contact.EMAIL));
        return lead.flatMap(item -> text("lead", item, Lead.EMAIL));
    }
}
