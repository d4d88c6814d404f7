package dev.rapport.sales;

import dev.rapport.file.FileStore;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.mail.Mail;
import dev.rapport.mail.MailServer;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.notify.Notice;
import dev.rapport.notify.Notifications;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
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
 * Makes scheduled reports when their time has come, as whoever owns them, and tells them: in their inbox, and by mail where
 * they have given an address. What was missed while nothing ran is made once.
 */
@Component
class ScheduledReports implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(ScheduledReports.class);
    private static final String SCHEDULE = "reportSchedule";
    private static final Labels BODY = new Labels("The report is attached.", "报表见附件。");

    private final ObjectProvider<Acts> acts;
    private final ObjectProvider<Figures> figures;
    private final ObjectProvider<Reports> reports;
    private final FileStore files;
    private final MailServer server;
    private final Notifications notifications;
    private final Users users;
    private final ActorSource actors;
    private final Clock clock;
    private final ZoneId zone;

    ScheduledReports(
            ObjectProvider<Acts> acts,
            ObjectProvider<Figures> figures,
            ObjectProvider<Reports> reports,
            FileStore files,
            MailServer server,
            Notifications notifications,
            Users users,
            ActorSource actors,
            Clock clock,
            Settings settings) {
        this.acts = acts;
        this.figures = figures;
        this.reports = reports;
        this.files = files;
        this.server = server;
        this.notifications = notifications;
        this.users = users;
        this.actors = actors;
        this.clock = clock;
        this.zone = ZoneId.of(settings.zone());
    }

    @Override
    public String name() {
        return "scheduled-reports";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        users.anyAdministrator().ifPresent(eye -> makeDue(eye, clock.instant()));
    }

    /** Makes what is due at {@code now}. @param eye who sees all schedules */
    void makeDue(Actor eye, Instant now) {
        var due = Question.about(SCHEDULE)
                .where("active", "eq", true)
                .where("nextAt", "lte", now)
                .by("id")
                .by("owner")
                .count();
        for (var group : due.ask(eye, figures.getObject())) {
            var owner = RecordId.parse(group.key(1)).flatMap(actors::find);
            if (owner.isPresent())
                make(owner.get(), RecordId.parse(group.key(0)).orElseThrow(), now);
        }
    }

    private void make(Actor owner, RecordId id, Instant now) {
        Map<Field<?>, @Nullable Object> done = new HashMap<>();
        done.put(ReportSchedule.LAST_AT, now.truncatedTo(ChronoUnit.MICROS));
        done.put(ReportSchedule.FAILURE, null);
        try {
            var schedule = acts.getObject().read(owner, act -> act.find(SCHEDULE, id));
            if (schedule.isPresent()) done.put(ReportSchedule.LAST_FILE, file(owner, schedule.get(), now));
        } catch (Refusal refusal) {
            log.info("The scheduled report {} was refused: {}", id, refusal.getMessage());
            done.put(ReportSchedule.FAILURE, String.valueOf(refusal.getMessage()));
        }
        acts.getObject().follow(owner, act -> {
            act.find(SCHEDULE, id).ifPresent(schedule -> settle(act, schedule, done, now));
            return true;
        });
        var topic = "report-ready:" + id + ":" + now;
        notifications.tell(List.of(new Notice(owner.id(), "report-ready", SCHEDULE, id, topic, Map.of())));
    }

    private RecordId file(Actor owner, Act.Item schedule, Instant now) {
        var report = Objects.requireNonNull(schedule.get(ReportSchedule.REPORT));
        var format = Objects.requireNonNullElse(schedule.get(ReportSchedule.FORMAT), "xlsx");
        var days = days(String.valueOf(schedule.get(ReportSchedule.PERIOD)), LocalDate.ofInstant(now, owner.zone()));
        var scope = Json.object()
                .put("from", days.getFirst().toString())
                .put("to", days.getLast().toString());
        var content = reports.getObject().file(owner, report, format, scope);
        var name = schedule.get(ReportSchedule.NAME) + " " + days.getFirst() + " – " + days.getLast() + "." + format;
        return files.store(owner, name, new ByteArrayInputStream(content)).id();
    }

    /** The first and the last day of a period. */
    static List<LocalDate> days(String period, LocalDate today) {
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        var month = today.withDayOfMonth(1);
        var quarter = Periods.quarterStart(today);
        return switch (period) {
            case "lastWeek" -> List.of(monday.minusWeeks(1), monday.minusDays(1));
            case "lastMonth" -> List.of(month.minusMonths(1), month.minusDays(1));
            case "lastQuarter" -> List.of(quarter.minusMonths(3), quarter.minusDays(1));
            case "thisQuarter" -> List.of(quarter, Periods.quarterEnd(today));
            case "thisYear" -> List.of(today.withDayOfYear(1), today.withDayOfYear(today.lengthOfYear()));
            default -> List.of(month, month.plusMonths(1).minusDays(1));
        };
    }

    private void settle(Act act, Act.Item schedule, Map<Field<?>, @Nullable Object> done, Instant now) {
        var every = Objects.requireNonNullElse(schedule.get(ReportSchedule.EVERY), "week");
        int hour = Objects.requireNonNullElse(schedule.get(ReportSchedule.HOUR), 8L)
                .intValue();
        done.put(ReportSchedule.NEXT_AT, ReportScheduleRule.next(every, hour, now, zone));
        act.update(SCHEDULE, schedule, done);
        var address = server.isThere() ? users.email(act.actor().id()) : Optional.<String>empty();
        if (address.isEmpty() || done.get(ReportSchedule.LAST_FILE) == null) return;
        Map<Field<?>, @Nullable Object> mail = new HashMap<>();
        mail.put(Mail.NAME, schedule.get(ReportSchedule.NAME));
        mail.put(Mail.TO, address.get());
        mail.put(Mail.BODY, BODY.in(act.actor().locale()));
        mail.put(Mail.FILE, done.get(ReportSchedule.LAST_FILE));
        mail.put(SystemFields.OWNER, act.actor().id());
        act.create("mail", mail);
    }
}
