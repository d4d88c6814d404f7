package dev.rapport.sales;

import dev.rapport.activity.Call;
import dev.rapport.activity.Task;
import dev.rapport.activity.Visit;
import dev.rapport.customer.Consent;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.OneByOne;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.mail.Mail;
import dev.rapport.mail.MailServer;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Carries sequences on: each step that is due becomes a mail that is sent, or a task, a call or a visit of whoever owns the
 * enrolment, with the words to use; then the next one is waited for, until something stops the sequence.
 */
@Component
class Sequences implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(Sequences.class);
    private static final String ENROLMENT = "enrolment";
    private static final Labels CALL = new Labels("Call: ", "致电：");
    private static final Labels WRITE = new Labels("Write: ", "写邮件：");

    private final ObjectProvider<Acts> acts;
    private final ObjectProvider<Figures> figures;
    private final MailServer server;
    private final Users users;
    private final ActorSource actors;
    private final Clock clock;

    Sequences(
            ObjectProvider<Acts> acts,
            ObjectProvider<Figures> figures,
            MailServer server,
            Users users,
            ActorSource actors,
            Clock clock) {
        this.acts = acts;
        this.server = server;
        this.figures = figures;
        this.users = users;
        this.actors = actors;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "sequences";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(5);
    }

    @Override
    public void run() {
        users.anyAdministrator().ifPresent(this::carryOn);
    }

    /** Takes every enrolment that is due one step on, with the rights of whoever enrolled: an owner can be anybody. @param eye who sees which are due */
    void carryOn(Actor eye) {
        var today = LocalDate.ofInstant(clock.instant(), eye.zone());
        var request = Json.object().put("limit", 500);
        request.putArray("groupBy").addObject().put("field", "id");
        request.withArray("groupBy").addObject().put("field", "createdBy");
        request.set(
                "filter",
                Question.about(ENROLMENT)
                        .where("status", "eq", "active")
                        .where("nextOn", "lte", today)
                        .filter());
        var due = figures.getObject().groups(eye, ENROLMENT, request).stream()
                .map(group -> new Due(
                        RecordId.parse(group.key(0)).orElseThrow(),
                        RecordId.parse(group.key(1)).orElse(null)))
                .toList();
        OneByOne.run(due, one -> step(eye, one), (one, cause) -> stop(eye, one.id(), "failed"));
    }

    private record Due(RecordId id, @Nullable RecordId enroller) {}

    /** One that can never go on is stopped with the reason: waiting for ever, it would take the place of others. */
    private void step(Actor eye, Due due) {
        var enroller = Optional.ofNullable(due.enroller()).flatMap(actors::find);
        if (enroller.isEmpty()) {
            stop(eye, due.id(), "enroller");
            return;
        }
        try {
            acts.getObject().follow(enroller.get(), act -> {
                act.find(ENROLMENT, due.id()).ifPresent(enrolment -> step(act, enrolment));
                return true;
            });
        } catch (Refusal refusal) {
            if (refusal.kind() == Refusal.Kind.UNAVAILABLE) return;
            log.warn("A step of the enrolment {} was refused: {}", due.id(), refusal.getMessage());
            stop(eye, due.id(), "refused");
        }
    }

    private void stop(Actor eye, RecordId id, String reason) {
        acts.getObject().follow(eye, act -> {
            act.find(ENROLMENT, id).ifPresent(enrolment -> end(act, enrolment, "stopped", reason));
            return true;
        });
    }

    private void step(Act act, Act.Item enrolment) {
        if (!"active".equals(enrolment.get(Enrolment.STATUS))) return;
        var sequence = act.find("sequence", Objects.requireNonNull(enrolment.get(Enrolment.SEQUENCE)));
        var reason = sequence.isEmpty() ? Optional.of("sequence") : stops(act, enrolment, sequence.get());
        if (reason.isPresent()) {
            end(act, enrolment, "stopped", reason.get());
            return;
        }
        var steps = new java.util.ArrayList<>(
                act.where("sequenceStep", SequenceStep.SEQUENCE, sequence.get().id()));
        steps.sort(Comparator.comparing(step -> Objects.requireNonNull(step.get(SequenceStep.POSITION))));
        long done = Objects.requireNonNullElse(enrolment.get(Enrolment.DONE), 0L);
        if (done >= steps.size()) {
            end(act, enrolment, "finished", null);
            return;
        }
        perform(act, enrolment, steps.get((int) done));
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Enrolment.DONE, done + 1);
        boolean last = done + 1 == steps.size();
        if (last) values.put(Enrolment.STATUS, "finished");
        values.put(Enrolment.NEXT_ON, last ? null : today(act).plusDays(wait(steps.get((int) done + 1))));
        act.update(ENROLMENT, enrolment, values);
    }

    private LocalDate today(Act act) {
        return LocalDate.ofInstant(clock.instant(), act.actor().zone());
    }

    private static long wait(Act.Item step) {
        return Math.clamp(Objects.requireNonNullElse(step.get(SequenceStep.WAIT_DAYS), 0L), 0, 3_650);
    }

    private static void end(Act act, Act.Item enrolment, String status, @Nullable String reason) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Enrolment.STATUS, status);
        values.put(Enrolment.REASON, reason);
        values.put(Enrolment.NEXT_ON, null);
        act.update(ENROLMENT, enrolment, values);
    }

    /** Why nothing more is to be done, if so: contacted, decided, or nobody is there any more. */
    private static Optional<String> stops(Act act, Act.Item enrolment, Act.Item sequence) {
        if (!Boolean.TRUE.equals(sequence.get(Sequence.ACTIVE))) return Optional.of("inactive");
        var lead = enrolment.get(Enrolment.LEAD);
        var deal = enrolment.get(Enrolment.OPPORTUNITY);
        if (Boolean.TRUE.equals(sequence.get(Sequence.STOP_WHEN_DECIDED))) {
            var status = lead == null ? null : act.find("lead", lead).map(found -> found.get(Lead.STATUS));
            if (status != null && !List.of("new", "working", "nurturing").contains(status.orElse("")))
                return Optional.of("decided");
            var outcome =
                    deal == null ? null : act.find("opportunity", deal).map(found -> found.get(Opportunity.STATUS));
            if (outcome != null && !"open".equals(outcome.orElse(""))) return Optional.of("decided");
        }
        boolean contacted = Boolean.TRUE.equals(sequence.get(Sequence.STOP_AFTER_CONTACT))
                && (reached(act, SalesExtensions.LEAD, lead) || reached(act, SalesExtensions.OPPORTUNITY, deal));
        return contacted ? Optional.of("contacted") : Optional.empty();
    }

    private static boolean reached(Act act, Field<RecordId> via, @Nullable RecordId whom) {
        return whom != null
                && act.where("call", via, whom).stream().anyMatch(call -> "connected".equals(call.get(Call.OUTCOME)));
    }

    private void perform(Act act, Act.Item enrolment, Act.Item step) {
        var words = new SequenceWords(act, enrolment);
        var subject = words.line(Objects.requireNonNull(step.get(SequenceStep.SUBJECT)));
        var text = words.fill(Objects.requireNonNullElse(step.get(SequenceStep.TEXT), ""));
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(SystemFields.OWNER, enrolment.get(SystemFields.OWNER));
        values.put(SalesExtensions.LEAD, enrolment.get(Enrolment.LEAD));
        values.put(SalesExtensions.OPPORTUNITY, enrolment.get(Enrolment.OPPORTUNITY));
        switch (String.valueOf(step.get(SequenceStep.KIND))) {
            case "visit" -> visit(act, enrolment, subject, values);
            case "call" -> task(act, enrolment, CALL.in(act.actor().locale()) + subject, text, values);
            case "mail" -> mail(act, enrolment, words, subject, text, values);
            default -> task(act, enrolment, subject, text, values);
        }
    }

    private void visit(Act act, Act.Item enrolment, String subject, Map<Field<?>, @Nullable Object> values) {
        values.put(Visit.NAME, subject);
        values.put(Visit.CONTACT, enrolment.get(Enrolment.CONTACT));
        var tomorrow = today(act).plusDays(1).atTime(10, 0);
        values.put(Visit.PLANNED_AT, tomorrow.atZone(act.actor().zone()).toInstant());
        act.create("visit", values);
    }

    private void task(
            Act act, Act.Item enrolment, String subject, String text, Map<Field<?>, @Nullable Object> values) {
        values.put(Task.NAME, subject);
        values.put(Task.CONTACT, enrolment.get(Enrolment.CONTACT));
        values.put(Task.DUE_ON, today(act));
        values.put(Task.DESCRIPTION, text.isBlank() ? null : text);
        act.create("task", values);
    }

    /** Sends the mail; without a server, an address or words, or to people who wish no contact, it is left to its owner. */
    private void mail(
            Act act,
            Act.Item enrolment,
            SequenceWords words,
            String subject,
            String text,
            Map<Field<?>, @Nullable Object> values) {
        var to = words.address();
        if (!server.isThere() || text.isBlank() || to.isEmpty()) {
            task(act, enrolment, WRITE.in(act.actor().locale()) + subject, text, values);
            return;
        }
        values.put(Mail.CONTACT, enrolment.get(Enrolment.CONTACT));
        values.put(Mail.TO, to.get());
        values.put(Mail.NAME, subject);
        values.put(Mail.BODY, text);
        values.put(Mail.PURPOSE, Consent.MARKETING);
        act.create("mail", values);
    }
}
