package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.http.Members;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.Field;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes leads from forms on web sites. A form acts for its owner; it takes the fields it asks for, needs consent, and drops
 * what a trap field shows to come from a machine, without telling the machine.
 */
@Component
public class WebForms {
    /** Field of the trap: people do not see it. */
    private static final String TRAP = "homepage2";

    private static final List<String> USUAL = List.of("name", "company", "email", "phone", "interest");
    private static final List<String> POSSIBLE =
            List.of("name", "company", "title", "email", "phone", "website", "industry", "employees", "interest");

    private final Acts acts;
    private final ActorSource actors;
    private final Clock clock;

    WebForms(Acts acts, ActorSource actors, Clock clock) {
        this.acts = acts;
        this.actors = actors;
        this.clock = clock;
    }

    /** Whose form a token {@code owner.form} names. */
    private Actor owner(String token, Locale locale) {
        var parts = token.split("\\.", -1);
        if (parts.length != 2) throw Refusal.notFound();
        return RecordId.parse(parts[0])
                .flatMap(actors::find)
                .map(actor -> actor.withLocale(locale))
                .orElseThrow(Refusal::notFound);
    }

    private static Act.Item form(Act act, String token) {
        var id = RecordId.parse(token.substring(token.indexOf('.') + 1)).orElseThrow(Refusal::notFound);
        var form = act.require("leadForm", id);
        boolean owned = act.actor().id().equals(form.get(dev.rapport.metadata.SystemFields.OWNER));
        if (!owned || !Boolean.TRUE.equals(form.get(LeadForm.ACTIVE))) throw Refusal.notFound();
        return form;
    }

    private static List<String> asked(Act.Item form) {
        var asked = form.get(LeadForm.ASKED);
        var known = asked == null
                ? USUAL
                : asked.stream().filter(POSSIBLE::contains).toList();
        return known.isEmpty() ? USUAL : known;
    }

    /** What the form shows. @throws Refusal 404 for a token that names no active form */
    public ObjectNode read(String token, Locale locale) {
        return acts.read(owner(token, locale), act -> {
            var form = form(act, token);
            var node = Json.object()
                    .put("name", form.get(LeadForm.NAME))
                    .put("introduction", form.get(LeadForm.INTRODUCTION))
                    .put("consent", form.get(LeadForm.CONSENT))
                    .put("trap", TRAP);
            var fields = node.putArray("fields");
            for (var name : asked(form))
                for (var field : act.fields("lead"))
                    if (field.name().equals(name))
                        fields.addObject()
                                .put("name", name)
                                .put("label", field.labels().in(locale))
                                .put("type", field.type().code());
            return node;
        });
    }

    /**
     * Makes a lead of {@code {"consent": true, …fields}}.
     *
     * @throws Refusal 404 as {@link #read}, 422 with every violation
     */
    public ObjectNode submit(String token, Locale locale, JsonNode body) {
        var owner = owner(token, locale);
        return acts.run(owner, "webForm", "lead", act -> {
            var form = form(act, token);
            var members = Members.of(body);
            boolean trapped = !members.optionalText(TRAP).orElse("").isBlank();
            if (!members.flag("consent")) members.violations().add(Violation.of("consent", "consent-needed"));
            var written = Json.object();
            for (var name : asked(form)) members.member(name).ifPresent(value -> written.set(name, value));
            members.done();
            if (!trapped) act.create("lead", values(act, form, written));
            return Json.object().put("thanks", form.get(LeadForm.THANKS));
        });
    }

    private Map<Field<?>, @Nullable Object> values(Act act, Act.Item form, ObjectNode written) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>(act.draft("lead", written));
        values.put(Lead.SOURCE, Objects.requireNonNullElse(form.get(LeadForm.SOURCE), "webForm"));
        values.put(Lead.CONSENT, true);
        values.put(Lead.CONSENT_TEXT, form.get(LeadForm.CONSENT));
        values.put(
                Lead.FIRST_CONTACT,
                LocalDate.ofInstant(clock.instant(), act.actor().zone()));
        if (Boolean.TRUE.equals(form.get(LeadForm.ASSIGN))) values.put(Lead.ASSIGN, true);
        return values;
    }
}
