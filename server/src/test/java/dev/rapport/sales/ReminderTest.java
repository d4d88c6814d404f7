package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.Mailbox;
import dev.rapport.support.RapportServer;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people are told, and reports that come by themselves. */
class ReminderTest extends SalesTestCase {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final LocalDate today = LocalDate.now(ZONE);

    private Instant at(int hour) {
        return today.atTime(hour, 0).atZone(ZONE).toInstant();
    }

    private void remind(Instant now) {
        SERVER.bean(Reminders.class).remind(client.actor(), now);
    }

    private static JsonNode inbox(Client of) {
        return of.get("/api/notifications").json();
    }

    private static List<String> kinds(Client of) {
        var kinds = new ArrayList<String>();
        inbox(of).path("items").forEach(item -> kinds.add(item.path("kind").asString()));
        return kinds;
    }

    @Test
    void whatTheDayBringsIsToldInTheMorningOnceToWhoeverOwnsIt() {
        create("task", "{\"name\":\"Call back\",\"dueOn\":\"" + today + "\"}");
        create("task", "{\"name\":\"Done already\",\"status\":\"done\",\"dueOn\":\"" + today + "\"}");
        create("opportunity", "{\"name\":\"Step\",\"nextStep\":\"Write\",\"nextStepOn\":\"" + today + "\"}");
        remind(at(7));
        assertThat(kinds(client)).isEmpty();
        remind(at(9));
        remind(at(10));
        assertThat(kinds(client)).containsExactlyInAnyOrder("task-due", "next-step");
        assertThat(inbox(client).path("unread").asInt()).isEqualTo(2);
        var first = inbox(client).path("items").get(0);
        assertThat(first.at("/details").size()).isEqualTo(1);
        client.post("/api/notifications/read", "{\"ids\":[\"" + first.path("id").asString() + "\"]}");
        assertThat(inbox(client).path("unread").asInt()).isEqualTo(1);
        client.post("/api/notifications/read", "{}");
        assertThat(inbox(client).path("unread").asInt()).isZero();
    }

    @Test
    void visitsAreToldBeforeTheyBeginAndContractsByTheirNotice() {
        create("visit", "{\"name\":\"Soon\",\"plannedAt\":\"" + at(9).plusSeconds(1_200) + "\"}");
        create("visit", "{\"name\":\"Later\",\"plannedAt\":\"" + at(12) + "\"}");
        var account = create("account", "{\"name\":\"Ends " + unique() + "\"}");
        for (var notice : List.of(5, 40))
            create(
                    "contract",
                    "{\"name\":\"C" + notice + "\",\"account\":\"" + account + "\",\"status\":\"active\",\"amount\":"
                            + cny("10.00") + ",\"startsOn\":\"2020-01-01\",\"endsOn\":\"" + today.plusDays(20)
                            + "\",\"noticeDays\":" + notice + "}");
        remind(at(9));
        var told = new TreeSet<String>();
        inbox(client)
                .path("items")
                .forEach(item -> told.add(item.at("/record/name").asString()));
        assertThat(told).containsExactly("C40", "Soon");
    }

    @Test
    void nobodyIsToldOfWhatTheyMayNotSeeOrReadsWhatOthersWereTold() {
        create("task", "{\"name\":\"Mine\",\"dueOn\":\"" + today + "\"}");
        remind(at(9));
        var stranger = SERVER.as("member");
        assertThat(inbox(stranger).path("items").size()).isZero();
        var id = inbox(client).at("/items/0/id").asString();
        stranger.post("/api/notifications/read", "{\"ids\":[\"" + id + "\"]}");
        assertThat(inbox(client).path("unread").asInt()).isEqualTo(1);
        assertThat(client.post("/api/notifications/read", "{\"ids\":[\"x\",7]}").status())
                .isEqualTo(422);
        var task = inbox(client).at("/items/0/record/id").asString();
        var deleted = client.delete("/api/records/task/" + task, "If-Match", "\"1\"");
        assertThat(deleted.status()).as(deleted::text).isEqualTo(204);
        assertThat(kinds(client)).isEmpty();
        assertThat(inbox(client).path("unread").asInt()).isZero();
    }

    @Test
    void whatADetailTellsIsToldOnlyToThoseWhoMayReadTheField() {
        var role = "dateless" + unique().substring(0, 6);
        SERVER.role(role, "{\"objects\":{\"*\":[\"read\",\"create\"]},\"fields\":{\"task.dueOn\":\"none\"}}");
        var dateless = SERVER.as(role);
        create(
                "task",
                "{\"name\":\"Theirs\",\"dueOn\":\"" + today + "\",\"owner\":\""
                        + dateless.actor().id() + "\"}");
        remind(at(9));
        assertThat(inbox(dateless).path("items").size()).isZero();
        assertThat(inbox(dateless).path("unread").asInt()).isZero();
    }

    @Test
    void aScheduledReportIsMadeOnceSentAndTold() throws Exception {
        var email = "reports" + unique().substring(0, 8) + "@example.com";
        client.patch("/api/session", "{\"email\":\"" + email + "\",\"password\":\"" + RapportServer.PASSWORD + "\"}");
        var id = create(
                "reportSchedule",
                "{\"name\":\"每周赢单率\",\"report\":\"winRate\",\"period\":\"thisYear\",\"every\":\"week\",\"hour\":8}");
        var next = Instant.parse(read("reportSchedule", id).path("nextAt").asString());
        assertThat(next.atZone(ZONE).getHour()).isEqualTo(8);
        assertThat(next.atZone(ZONE).getDayOfWeek()).isEqualTo(java.time.DayOfWeek.MONDAY);
        SERVER.bean(ScheduledReports.class).makeDue(client.actor(), next.plusSeconds(86_400 * 15));
        SERVER.bean(ScheduledReports.class).makeDue(client.actor(), next.plusSeconds(86_400 * 15 + 60));
        var parts = (MimeMultipart) Mailbox.get().await(email).getContent();
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(
                        parts.getBodyPart(1).getFileName()))
                .startsWith("每周赢单率")
                .endsWith(".xlsx");
        var after = read("reportSchedule", id);
        assertThat(after.path("failure").isNull()).isTrue();
        assertThat(Instant.parse(after.path("nextAt").asString())).isAfter(next.plusSeconds(86_400 * 15));
        assertThat(kinds(client)).containsExactly("report-ready");
        var wrong = client.post("/api/records/reportSchedule", "{\"name\":\"a\",\"report\":\"none\",\"hour\":24}");
        assertThat(wrong.violations()).isNotEmpty();
    }

    @Test
    void everyReadyReportCanBeScheduledUnderItsOwnName() {
        var choices = new TreeSet<String>();
        ((dev.rapport.metadata.TextTypes.Choices) ReportSchedule.REPORT.type())
                .choices()
                .forEach(choice ->
                        choices.add(choice.code() + " " + choice.labels().en()));
        var reports = new TreeSet<String>();
        client.get("/api/reports")
                .json()
                .path("items")
                .forEach(report -> reports.add(report.path("name").asString() + " "
                        + report.path("title").asString()));
        assertThat(choices).isEqualTo(reports);
    }
}
