package dev.rapport.sales;

import dev.rapport.access.Access;
import dev.rapport.activity.Call;
import dev.rapport.activity.Meeting;
import dev.rapport.activity.Note;
import dev.rapport.activity.Task;
import dev.rapport.activity.Visit;
import dev.rapport.customer.Account;
import dev.rapport.customer.Contact;
import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.PersonName;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Duplicates;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an account, a contact and a deal of a lead: all of it or nothing, as one batch whose undo leaves nothing but
 * history. Records that are there already are filled where they are empty, never overwritten.
 */
@Component
public class LeadConversion {
    private static final String LEAD = "lead";
    private static final int MOST_ALIKE = 20;

    /** What has a lead, a contact, an account and a deal of its own: it goes along. */
    private static final Map<String, List<Field<RecordId>>> ACTIVITIES = Map.of(
            "task", List.of(Task.CONTACT, Task.ACCOUNT),
            "call", List.of(Call.CONTACT, Call.ACCOUNT),
            "meeting", List.of(Meeting.CONTACT, Meeting.ACCOUNT),
            "note", List.of(Note.CONTACT, Note.ACCOUNT),
            "visit", List.of(Visit.CONTACT, Visit.ACCOUNT));

    private final Acts acts;
    private final Access access;
    private final Duplicates duplicates;
    private final Clock clock;

    LeadConversion(Acts acts, Access access, Duplicates duplicates, Clock clock) {
        this.acts = acts;
        this.access = access;
        this.duplicates = duplicates;
        this.clock = clock;
    }

    /** What becomes of one side of the lead: a record that is there, a new one, or none. */
    private record Choice(boolean decided, @Nullable RecordId existing, boolean wanted) {
        static Choice read(Members members, String name, boolean usually) {
            var node = members.member(name).orElse(null);
            if (node == null) return new Choice(members.has(name), null, !members.has(name) && usually);
            if (node.isString() && node.stringValue().equals("new")) return new Choice(true, null, true);
            var id = node.isString() ? RecordId.parse(node.stringValue()).orElse(null) : null;
            if (id == null) members.violations().add(Violation.of(name, "conversion-choice"));
            return new Choice(true, id, true);
        }
    }

    /** What would become of the lead, and the records that it looks like. */
    public ObjectNode preview(Actor actor, RecordId id) {
        return acts.read(actor, act -> {
            var lead = act.require(LEAD, id);
            var answer = Json.object().put("status", lead.get(Lead.STATUS));
            var account = alike(actor, "account", act.json("account", account(act, lead)));
            addNamesakes(act, lead, (ArrayNode) account.path("alike"));
            answer.set("account", account);
            answer.set("contact", alike(actor, "contact", act.json("contact", contact(act, lead, null))));
            answer.putObject("opportunity").put("name", dealName(lead));
            return answer;
        });
    }

    /** A company of exactly this name is one to decide about, even where nothing else is known that agrees. */
    private static void addNamesakes(Act act, Act.Item lead, ArrayNode alike) {
        var company = lead.get(Lead.COMPANY);
        if (company == null) return;
        var known = new HashSet<String>();
        alike.values().forEach(item -> known.add(item.path("id").asString("")));
        for (var account : act.where("account", Account.NAME, company))
            if (known.add(account.id().toString()) && alike.size() < MOST_ALIKE)
                alike.addObject().put("id", account.id().toString()).put("name", account.get(Account.NAME));
    }

    private ObjectNode alike(Actor actor, String object, ObjectNode values) {
        var node = Json.object();
        node.set("values", values);
        var found = duplicates.candidates(
                actor, access.object(actor, object), Json.object().set("values", values));
        node.set("alike", found.path("items"));
        return node;
    }

    /**
     * Converts the lead. {@code account} and {@code contact} are an id, {@code "new"}, or null for none; left out they are
     * made new, unless something looks like them, which somebody has to decide. {@code opportunity} holds its values, or null.
     *
     * @throws Refusal 404 for a lead that the actor may not see, 409 if it is converted already or a decision is needed
     */
    public ObjectNode convert(Actor actor, RecordId id, JsonNode body) {
        var members = Members.of(body);
        var account = Choice.read(members, "account", true);
        var contact = Choice.read(members, "contact", true);
        boolean noDeal =
                members.has("opportunity") && members.member("opportunity").isEmpty();
        var deal = members.member("opportunity").orElse(Json.object());
        if (!deal.isObject()) members.violations().add(Violation.of("opportunity", "object-expected"));
        members.done();
        requireDecisions(actor, id, account, contact);
        return acts.run(actor, "convert", LEAD, act -> {
            var lead = act.require(LEAD, id);
            if (lead.get(Lead.CONVERTED_AT) != null) throw Refusal.of(Refusal.Kind.CONFLICT, "lead-converted");
            var accountId = settle(act, "account", account, account(act, lead));
            var contactId = settle(act, "contact", contact, contact(act, lead, accountId));
            var dealId = noDeal ? null : deal(act, lead, accountId, contactId, deal);
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Lead.STATUS, "converted");
            values.put(Lead.CONVERTED_AT, clock.instant().truncatedTo(ChronoUnit.MICROS));
            values.put(Lead.CONVERTED_ACCOUNT, accountId);
            values.put(Lead.CONVERTED_CONTACT, contactId);
            values.put(Lead.CONVERTED_OPPORTUNITY, dealId);
            act.update(LEAD, lead, values);
            takeAlong(act, lead.id(), accountId, contactId, dealId);
            return Json.object()
                    .put("batch", act.batch().toString())
                    .put("account", text(accountId))
                    .put("contact", text(contactId))
                    .put("opportunity", text(dealId));
        });
    }

    private static @Nullable String text(@Nullable RecordId id) {
        return id == null ? null : id.toString();
    }

    /** Where nobody has said what to do with look-alikes, somebody has to. */
    private void requireDecisions(Actor actor, RecordId id, Choice account, Choice contact) {
        if (account.decided() && contact.decided()) return;
        var preview = preview(actor, id);
        boolean open = !account.decided()
                        && !preview.path("account").path("alike").isEmpty()
                || !contact.decided() && !preview.path("contact").path("alike").isEmpty();
        if (open) throw Refusal.of(Refusal.Kind.CONFLICT, "decision-needed");
    }

    private static @Nullable RecordId settle(
            Act act, String object, Choice choice, Map<Field<?>, @Nullable Object> values) {
        if (!choice.wanted()) return null;
        if (choice.existing() == null) return act.create(object, values);
        var present = act.require(object, choice.existing());
        values.keySet().removeIf(field -> present.get(field) != null || field.equals(SystemFields.OWNER));
        if (!values.isEmpty()) act.update(object, present, values);
        return present.id();
    }

    private static Map<Field<?>, @Nullable Object> account(Act act, Act.Item lead) {
        Map<Field<?>, @Nullable Object> values = sameCustomFields(act, lead, "account");
        var person = lead.get(Lead.NAME);
        put(
                values,
                Account.NAME,
                Optional.ofNullable(lead.get(Lead.COMPANY)).orElse(person == null ? null : person.full()));
        put(values, Account.KIND, "prospect");
        put(values, Account.INDUSTRY, lead.get(Lead.INDUSTRY));
        put(values, Account.WEBSITE, lead.get(Lead.WEBSITE));
        put(values, Account.ADDRESS, lead.get(Lead.ADDRESS));
        put(values, Account.EMPLOYEES, lead.get(Lead.EMPLOYEES));
        if (lead.get(Lead.COMPANY) == null) {
            put(values, Account.PHONE, lead.get(Lead.PHONE));
            put(values, Account.EMAIL, lead.get(Lead.EMAIL));
        }
        put(values, SystemFields.OWNER, lead.get(SystemFields.OWNER));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> contact(Act act, Act.Item lead, @Nullable RecordId account) {
        Map<Field<?>, @Nullable Object> values = sameCustomFields(act, lead, "contact");
        var company = lead.get(Lead.COMPANY);
        var name = lead.get(Lead.NAME);
        put(values, Contact.NAME, name == null && company != null ? new PersonName(company, "") : name);
        put(values, Contact.ACCOUNT, account);
        put(values, Contact.TITLE, lead.get(Lead.TITLE));
        put(values, Contact.EMAIL, lead.get(Lead.EMAIL));
        put(values, Contact.PHONE, lead.get(Lead.PHONE));
        put(values, Contact.ADDRESS, lead.get(Lead.ADDRESS));
        put(values, Contact.LIFECYCLE, "opportunity");
        put(values, Contact.SOURCE, lead.get(Lead.SOURCE));
        put(values, SystemFields.OWNER, lead.get(SystemFields.OWNER));
        return values;
    }

    private static RecordId deal(
            Act act, Act.Item lead, @Nullable RecordId account, @Nullable RecordId contact, JsonNode written) {
        Map<Field<?>, @Nullable Object> values = sameCustomFields(act, lead, "opportunity");
        put(values, Opportunity.NAME, dealName(lead));
        put(values, Opportunity.SOURCE, lead.get(Lead.SOURCE));
        put(values, Opportunity.CHANNEL, lead.get(Lead.CHANNEL));
        put(values, Opportunity.PARTNER, lead.get(Lead.PARTNER));
        put(values, Opportunity.DESCRIPTION, lead.get(Lead.INTEREST));
        var products = lead.get(Lead.PRODUCTS);
        if (products != null) put(values, Opportunity.PRODUCT, products.getFirst());
        put(values, SystemFields.OWNER, lead.get(SystemFields.OWNER));
        values.putAll(act.draft("opportunity", written));
        put(values, Opportunity.ACCOUNT, account);
        put(values, Opportunity.CONTACT, contact);
        put(values, Opportunity.LEAD, lead.id());
        return act.create("opportunity", values);
    }

    private static String dealName(Act.Item lead) {
        var person = lead.get(Lead.NAME);
        var name = Optional.ofNullable(lead.get(Lead.COMPANY)).orElse(person == null ? "" : person.full());
        return name.isBlank() ? Objects.requireNonNullElse(lead.get(Lead.EXTERNAL_ID), "—") : name;
    }

    private static void put(Map<Field<?>, @Nullable Object> values, Field<?> field, @Nullable Object value) {
        if (value != null) values.put(field, value);
    }

    /** Administrators' fields of the same name and type go along. */
    private static Map<Field<?>, @Nullable Object> sameCustomFields(Act act, Act.Item lead, String object) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        for (var target : act.fields(object)) {
            if (!target.isCustom() || !target.isWritable()) continue;
            for (var source : act.fields(LEAD))
                if (source.name().equals(target.name())
                        && source.type().code().equals(target.type().code())) put(values, target, lead.get(source));
        }
        return values;
    }

    private static void takeAlong(
            Act act, RecordId lead, @Nullable RecordId account, @Nullable RecordId contact, @Nullable RecordId deal) {
        ACTIVITIES.forEach((object, links) -> {
            for (var item : act.where(object, SalesExtensions.LEAD, lead)) {
                Map<Field<?>, @Nullable Object> values = new HashMap<>();
                if (item.get(links.getFirst()) == null) put(values, links.getFirst(), contact);
                if (item.get(links.getLast()) == null) put(values, links.getLast(), account);
                if (item.get(SalesExtensions.OPPORTUNITY) == null) put(values, SalesExtensions.OPPORTUNITY, deal);
                if (!values.isEmpty()) act.update(object, item, values);
            }
        });
        for (var need : act.where("need", Need.LEAD, lead)) {
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            if (need.get(Need.ACCOUNT) == null) put(values, Need.ACCOUNT, account);
            if (need.get(Need.CONTACT) == null) put(values, Need.CONTACT, contact);
            if (!values.isEmpty()) act.update("need", need, values);
        }
    }
}
