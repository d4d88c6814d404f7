package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.OneByOne;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.mail.MailServer;
import dev.rapport.mail.OwnMail;
import dev.rapport.metadata.Field;
import dev.rapport.notify.Notice;
import dev.rapport.notify.Notifications;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
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
import org.springframework.mail.MailException;
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
    private static final Labels REFUSED = new Labels("Its owner may not make or export this report.", "负责人无权生成或导出此报表。");
    private static final Labels NOT_TAKEN =
            new Labels("The mail server did not take it; it is tried again.", "邮件服务器未接收，将自动重试。");
    private static final Labels NOBODY = new Labels(
            "Its owner may not sign in any more. Give it to somebody and switch it on again.", "负责人的账号已停用。请转交他人后重新启用。");
    private static final Labels BROKEN =
            new Labels("It could not be made; the server's log says why. It is switched off.", "报表无法生成，原因见服务器日志。已停用。");
    private static final Duration PAUSE = Duration.ofMinutes(10);

    private final ObjectProvider<Acts> acts;
    private final ObjectProvider<Figures> figures;
    private final ObjectProvider<Reports> reports;
    private final OwnMail mails;
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
            OwnMail mails,
            MailServer server,
            Notifications notifications,
            Users users,
            ActorSource actors,
            Clock clock,
            Settings settings) {
        this.acts = acts;
        this.figures = figures;
        this.reports = reports;
        this.mails = mails;
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
        var schedules = due.ask(eye, figures.getObject()).stream()
                .map(group -> new Due(
                        RecordId.parse(group.key(0)).orElseThrow(),
                        RecordId.parse(group.key(1)).orElse(null)))
                .toList();
        OneByOne.run(
                schedules,
                schedule -> Optional.ofNullable(schedule.owner())
                        .flatMap(actors::find)
                        .ifPresentOrElse(
                                owner -> make(owner, schedule.id(), now), () -> rest(eye, schedule.id(), NOBODY)),
                (schedule, cause) -> rest(eye, schedule.id(), BROKEN));
    }

    private record Due(RecordId id, @Nullable RecordId owner) {}

    /** Switches a schedule off that cannot be made, and says why. */
    private void rest(Actor eye, RecordId id, Labels why) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(ReportSchedule.ACTIVE, false);
        values.put(ReportSchedule.FAILURE, why.in(eye.locale()));
        acts.getObject().follow(eye, act -> {
            act.find(SCHEDULE, id).ifPresent(found -> act.update(SCHEDULE, found, values));
            return true;
        });
    }

    private void make(Actor owner, RecordId id, Instant now) {
        var schedule = acts.getObject().read(owner, act -> act.find(SCHEDULE, id));
        if (schedule.isEmpty()) return;

        var report = Objects.requireNonNull(schedule.get().get(ReportSchedule.REPORT));
        Map<Field<?>, @Nullable Object> done = new HashMap<>();
        done.put(ReportSchedule.LAST_AT, now.truncatedTo(ChronoUnit.MICROS));
        done.put(ReportSchedule.FAILURE, null);
        done.put(ReportSchedule.NEXT_AT, next(schedule.get(), now));
        try {
            send(owner, letter(owner, schedule.get(), report, now));
        } catch (Refusal refusal) {
            done.put(ReportSchedule.FAILURE, REFUSED.in(owner.locale()));
        } catch (MailException e) {
            log.info("The scheduled report {} was not taken by the mail server: {}", id, e.getMessage());
            done.put(ReportSchedule.FAILURE, NOT_TAKEN.in(owner.locale()));
            done.put(ReportSchedule.NEXT_AT, now.plus(PAUSE).truncatedTo(ChronoUnit.MICROS));
        }
        acts.getObject().follow(owner, act -> {
            act.find(SCHEDULE, id).ifPresent(found -> act.update(SCHEDULE, found, done));
            return true;
        });
        var kind = done.get(ReportSchedule.FAILURE) == null ? "report-ready" : "report-failed";
        var topic = kind + ":" + id + ":" + LocalDate.ofInstant(now, zone);
        notifications.tell(List.of(new Notice(owner.id(), kind, SCHEDULE, id, topic, Map.of("report", report))));
    }

    private Instant next(Act.Item schedule, Instant now) {
        var every = Objects.requireNonNullElse(schedule.get(ReportSchedule.EVERY), "week");
        var hour = Objects.requireNonNullElse(schedule.get(ReportSchedule.HOUR), 8L);
        return ReportScheduleRule.next(every, hour.intValue(), now, zone);
    }

    /** Made whether or not it can be sent, so that a report that is not the owner's to see is told at once. */
    private OwnMail.Letter letter(Actor owner, Act.Item schedule, String report, Instant now) {
        var format = Objects.requireNonNullElse(schedule.get(ReportSchedule.FORMAT), "xlsx");
        var days = days(String.valueOf(schedule.get(ReportSchedule.PERIOD)), LocalDate.ofInstant(now, owner.zone()));
        var scope = Json.object()
                .put("from", days.getFirst().toString())
                .put("to", days.getLast().toString());
        var content = reports.getObject().file(owner, report, format, scope);
        var name = String.valueOf(schedule.get(ReportSchedule.NAME));
        var file = name + " " + days.getFirst() + " – " + days.getLast() + "." + format;
        var type =
                format.equals("csv") ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        var to = users.email(owner.id()).orElse("");
        return new OwnMail.Letter(to, name, BODY.in(owner.locale()), file, type, content);
    }

    private void send(Actor owner, OwnMail.Letter letter) {
        if (server.isThere() && !letter.to().isEmpty()) mails.send(letter);
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
}
