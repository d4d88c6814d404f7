package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Mailbox;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sequences that go on by themselves, and what people are due. */
class FollowUpTest extends SalesTestCase {
    private String sequence() {
        var sequence = create("sequence", "{\"name\":\"S " + unique() + "\"}");
        for (var step : List.of("1,\"call\",0", "2,\"mail\",3"))
            create(
                    "sequenceStep",
                    "{\"sequence\":\"" + sequence + "\",\"subject\":\"Hello\",\"position\":" + step.split(",")[0]
                            + ",\"kind\":" + step.split(",")[1] + ",\"waitDays\":" + step.split(",")[2] + "}");
        return sequence;
    }

    private void carryOn() {
        SERVER.bean(Sequences.class).carryOn(client.actor());
    }

    private String enrol(String sequence, String lead) {
        return create("enrolment", "{\"sequence\":\"" + sequence + "\",\"lead\":\"" + lead + "\"}");
    }

    @Test
    void eachStepBecomesATaskWhenItsDayHasCome() {
        var lead = create("lead", "{\"company\":\"Seq " + unique() + "\"}");
        var enrolment = enrol(sequence(), lead);
        carryOn();
        carryOn();
        var tasks = where("task", "lead", lead);
        assertThat(tasks.size()).isEqualTo(1);
        assertThat(tasks.get(0).path("name").asString()).isEqualTo("Call: Hello");
        var read = read("enrolment", enrolment);
        assertThat(read.path("done").asInt()).isEqualTo(1);
        change("enrolment", enrolment, "{\"nextOn\":\"2020-01-01\"}");
        carryOn();
        assertThat(where("task", "lead", lead).size()).isEqualTo(2);
        assertThat(read("enrolment", enrolment).path("status").asString()).isEqualTo("finished");
    }

    @Test
    void aMailGoesByItselfWithTheWordsForWhomItIsAbout() throws Exception {
        var email = "seq" + unique().substring(0, 8) + "@example.com";
        var lead = create(
                "lead",
                "{\"company\":\"杭州 {{owner.name}}\",\"name\":{\"family\":\"王\",\"given\":\"芳\"},\"email\":\"" + email
                        + "\"}");
        var sequence = create("sequence", "{\"name\":\"M " + unique() + "\"}");
        var step = "{\"sequence\":\"" + sequence + "\",\"position\":1,\"kind\":\"mail\",\"waitDays\":0,\"subject\":";
        var wrong = client.post("/api/records/sequenceStep", step + "\"Hello {{/lead}}\",\"text\":\"{{#a}}\"}");
        assertThat(wrong.violations()).containsExactly("subject:template", "text:template");
        create("sequenceStep", step + "\"Hello {{lead.name}}\",\"text\":\"For {{lead.company}}{{lead.nothing}}.\"}");
        enrol(sequence, lead);
        carryOn();
        var mail = where("mail", "lead", lead).get(0);
        assertThat(mail.path("name").asString()).isEqualTo("Hello 王芳");
        // a value is never read as a template itself
        assertThat(mail.path("body").asString()).isEqualTo("For 杭州 {{owner.name}}.");
        assertThat(Mailbox.get().await(email).getSubject()).isEqualTo("Hello 王芳");
        assertThat(where("task", "lead", lead).size()).isZero();
    }

    @Test
    void stopsWhenSomebodyWasReachedOrTheLeadIsDecided() {
        var reached = create("lead", "{\"company\":\"Seq " + unique() + "\"}");
        create(
                "call",
                "{\"name\":\"c\",\"startedAt\":\"2026-01-01T10:00:00Z\",\"outcome\":\"connected\",\"lead\":\"" + reached
                        + "\"}");
        var decided = create("lead", "{\"company\":\"Seq " + unique() + "\",\"status\":\"qualified\"}");
        var one = enrol(sequence(), reached);
        var two = enrol(sequence(), decided);
        carryOn();
        assertThat(read("enrolment", one).path("reason").asString()).isEqualTo("contacted");
        assertThat(read("enrolment", two).path("reason").asString()).isEqualTo("decided");
        assertThat(where("task", "lead", decided).size()).isZero();
        assertThat(client.post("/api/records/enrolment", "{\"sequence\":\"" + sequence() + "\"}")
                        .violations())
                .containsExactly("lead:required");
    }

    @Test
    void isStoppedWithTheReasonWhenWhoeverStartedItIsGone() {
        var leaver = SERVER.as("member");
        var lead = create("lead", "{\"company\":\"Seq " + unique() + "\"}");
        var enrolment = leaver.create("enrolment", "{\"sequence\":\"" + sequence() + "\",\"lead\":\"" + lead + "\"}")
                .path("id")
                .asString();
        assertThat(client.patch("/api/users/" + leaver.actor().id(), "{\"active\":false}")
                        .status())
                .isEqualTo(204);
        carryOn();
        var read = read("enrolment", enrolment);
        assertThat(read.path("status").asString()).isEqualTo("stopped");
        assertThat(read.path("reason").asString()).isEqualTo("enroller");
        assertThat(where("task", "lead", lead).size()).isZero();
    }

    @Test
    void aCommissionIsTheSumOfItsTiers() {
        var tiers = List.of(
                new Commissions.Tier(BigDecimal.ZERO, new BigDecimal("1")),
                new Commissions.Tier(new BigDecimal("1000"), new BigDecimal("2.5")));
        assertThat(Commissions.commission(tiers, new BigDecimal("999.99"))).isEqualByComparingTo("10.00");
        assertThat(Commissions.commission(tiers, new BigDecimal("3000"))).isEqualByComparingTo("60.00");
        assertThat(Commissions.commission(tiers, new BigDecimal("-5"))).isEqualByComparingTo("0");
    }

    @Test
    void aStatementSaysWhatIsDueAndWhatIf() {
        var seller = SERVER.as("member");
        var person = seller.actor().id();
        var plan = create("commissionPlan", "{\"name\":\"P " + unique() + "\",\"people\":[\"" + person + "\"]}");
        create("commissionTier", "{\"plan\":\"" + plan + "\",\"from\":\"0\",\"rate\":\"5\"}");
        create("commissionTier", "{\"plan\":\"" + plan + "\",\"from\":\"1000\",\"rate\":\"10\"}");
        seller.create(
                "opportunity",
                "{\"name\":\"D\",\"stage\":\"" + stage(pipeline("AIDA"), "Action")
                        + "\",\"closeDate\":\"2034-02-01\",\"amount\":" + cny("1500.00") + "}");
        var statement = act(
                        "/api/commissions",
                        "{\"from\":\"2034-01-01\",\"to\":\"2034-03-31\",\"owner\":\"" + person
                                + "\",\"more\":\"1000\"}")
                .path("items");
        assertThat(statement.size()).isEqualTo(1);
        assertThat(statement.get(0).path("commission").asString()).isEqualTo("100.00");
        assertThat(statement.get(0).path("whatIf").asString()).isEqualTo("200.00");
        assertThat(client.post("/api/commissions", "{\"more\":\"lots\",\"to\":\"x\"}")
                        .violations())
                .containsExactly("more:number");
    }
}
