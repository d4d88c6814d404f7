package dev.rapport.sales;

import dev.rapport.identity.Users;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.notify.Notice;
import dev.rapport.notify.Notifications;
import dev.rapport.record.Figures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Tells people what is due: tasks and next steps of the day, visits and meetings about to begin, contracts and receipts,
 * answers to their quotes, leads that rules gave them. Each is told once to whoever owns it.
 */
@Component
class Reminders implements Recurring {
    private static final int MOST = 5_000;
    /** Before this hour of the day nobody is told what the day brings. */
    private static final int MORNING = 8;

    private static final Duration SOON = Duration.ofMinutes(30);
    private static final Duration LATELY = Duration.ofDays(1);
    private static final int LONGEST_NOTICE_DAYS = 365;
    private static final int USUAL_NOTICE_DAYS = 30;

    private final ObjectProvider<Figures> figures;
    private final Notifications notifications;
    private final Users users;
    private final Clock clock;

    Reminders(ObjectProvider<Figures> figures, Notifications notifications, Users users, Clock clock) {
        this.figures = figures;
        this.notifications = notifications;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reminders";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        users.anyAdministrator().ifPresent(eye -> remind(eye, clock.instant()));
    }

    /** Tells what is due at {@code now}. @param eye who sees everything that may be due, and whose zone is the company's */
    void remind(Actor eye, Instant now) {
        var notices = new ArrayList<Notice>();
        var local = now.atZone(eye.zone());
        if (local.getHour() >= MORNING) notices.addAll(ofTheDay(eye, local.toLocalDate()));
        notices.addAll(soon(eye, "visit", "plannedAt", now));
        notices.addAll(soon(eye, "meeting", "startsAt", now));
        notices.addAll(lately(eye, now));
        notifications.tell(notices);
    }

    private List<Notice> ofTheDay(Actor eye, LocalDate today) {
        var notices = new ArrayList<Notice>();
        notices.addAll(notices(
                eye,
                "task-due",
                Question.about("task").where("dueOn", "eq", today).where("status", "ne", "done"),
                "dueOn"));
        notices.addAll(notices(
                eye,
                "next-step",
                Question.about("opportunity").where("nextStepOn", "eq", today).where("status", "eq", "open"),
                "nextStepOn"));
        notices.addAll(notices(
                eye,
                "instalment-overdue",
                Question.about("instalment")
                        .during("dueOn", today.minusDays(7), today.minusDays(1))
                        .where("outstanding.amount", "gt", "0"),
                "dueOn"));
        notices.addAll(contracts(eye, today));
        return notices;
    }

    /** Each contract says how many days before its end somebody has to know. */
    private List<Notice> contracts(Actor eye, LocalDate today) {
        var ending = Question.about("contract")
                .where("status", "eq", "active")
                .during("endsOn", today, today.plusDays(LONGEST_NOTICE_DAYS))
                .by("id")
                .by("owner")
                .by("endsOn")
                .by("noticeDays");
        var notices = new ArrayList<Notice>();
        for (var group : ask(eye, ending)) {
            var notice = group.key(3).isEmpty() ? USUAL_NOTICE_DAYS : Long.parseLong(group.key(3));
            if (!LocalDate.parse(group.key(2)).minusDays(notice).isAfter(today))
                notice("contract-ends", "contract", group, "endsOn").ifPresent(notices::add);
        }
        return notices;
    }

    private List<Notice> soon(Actor eye, String object, String at, Instant now) {
        var question = Question.about(object).where(at, "gte", now).where(at, "lte", now.plus(SOON));
        if (object.equals("visit")) question.where("status", "eq", "planned");
        return notices(eye, object + "-soon", question, at);
    }

    private List<Notice> lately(Actor eye, Instant now) {
        var since = now.minus(LATELY);
        var notices = new ArrayList<Notice>();
        notices.addAll(notices(
                eye,
                "quote-answered",
                Question.about("quote")
                        .where("status", "in", List.of("accepted", "rejected"))
                        .where("updatedAt", "gte", since)
                        .where("answeredAt", "gte", since),
                "status"));
        notices.addAll(notices(
                eye,
                "mail-failed",
                Question.about("mail").where("status", "eq", "failed").where("updatedAt", "gte", since),
                "status"));
        notices.addAll(notices(
                eye,
                "lead-assigned",
                Question.about("lead")
                        .where(List.of(dev.rapport.http.Json.object()
                                .set("not", Question.condition("assignedBy", "isEmpty", null))))
                        .where("createdAt", "gte", since),
                "status"));
        for (var group : ask(
                eye,
                Question.about("quote")
                        .where("status", "eq", "inApproval")
                        .by("id")
                        .by("owner.team.manager")
                        .by("revision")))
            notice("quote-waits", "quote", group, "revision").ifPresent(notices::add);
        var approved = Question.about("quote").where("status", "eq", "approved").where("updatedAt", "gte", since);
        for (var group : ask(eye, approved.by("id").by("owner").by("revision").by("approver")))
            // within the limits nobody approved it, and what people decide themselves they know
            if (!group.key(3).isEmpty() && !group.key(3).equals(group.key(1)))
                notice("quote-approved", "quote", group, "revision").ifPresent(notices::add);
        return notices;
    }

    /** @param what a day or code that tells this time apart from the next */
    private List<Notice> notices(Actor eye, String kind, Question due, String what) {
        var notices = new ArrayList<Notice>();
        for (var group : ask(eye, due.copy().by("id").by("owner").by(what)))
            notice(kind, due.object(), group, what).ifPresent(notices::add);
        return notices;
    }

    private List<Figures.Group> ask(Actor eye, Question question) {
        return question.most("count", MOST).count().ask(eye, figures.getObject());
    }

    private static java.util.Optional<Notice> notice(String kind, String object, Figures.Group group, String what) {
        var record = RecordId.parse(group.key(0));
        var person = RecordId.parse(group.key(1));
        if (record.isEmpty() || person.isEmpty()) return java.util.Optional.empty();
        var topic = kind + ":" + group.key(0) + ":" + group.key(2);
        return java.util.Optional.of(
                new Notice(person.get(), kind, object, record.get(), topic, Map.of(what, group.key(2))));
    }
}
