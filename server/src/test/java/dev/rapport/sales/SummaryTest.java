package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.metadata.Catalogue;
import dev.rapport.record.SummaryUpkeep;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Kept sums answer as the records do, whatever was written by whatever means. */
class SummaryTest extends SalesTestCase {
    private static final LocalDate FIRST = LocalDate.of(2031, 1, 1);
    private static final List<String> KEYS = List.of("status", "pipeline", "stage", "owner", "forecast", "type");
    private static final List<String> BUCKETS = List.of("month", "quarter", "year");

    private final SummaryUpkeep upkeep = SERVER.bean(SummaryUpkeep.class);

    private final List<String> stages = new ArrayList<>();

    @RepeatedTest(3)
    void answersFromSumsAreThoseOfTheRecords(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        where("stage", "pipeline", pipeline("AIDA"))
                .values()
                .forEach(stage -> stages.add(stage.path("id").asString()));
        var deals = new ArrayList<String>();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 12; i++) write(deals, random);
            if (round == 2) upkeep.run();
            for (int i = 0; i < 25; i++) agree("opportunity", question(random));
            for (int i = 0; i < 10; i++) agree("opportunity", medianQuestion(random));
            for (int i = 0; i < 10; i++) agree("stageChange", stageQuestion(random));
        }
        assertThat(upkeep.mend()).isZero();
    }

    /** One of the ways in which deals are written. */
    private void write(List<String> deals, Random random) {
        int way = deals.size() < 5 ? 0 : random.nextInt(9);
        var one = deals.isEmpty() ? "" : deals.get(random.nextInt(deals.size()));
        switch (way) {
            case 0, 1, 2 ->
                deals.add(
                        create("opportunity", deal(random).put("name", "Summed").toString()));
            case 3, 4 -> {
                client.post("/api/records/opportunity/" + one + "/restore", "{}");
                change("opportunity", one, deal(random).toString());
            }
            case 5 -> {
                var answer = client.get("/api/records/opportunity/" + one);
                if (answer.status() == 200)
                    assertThat(client.delete(
                                            "/api/records/opportunity/" + one,
                                            "If-Match",
                                            "\"" + answer.json().path("version").asInt() + "\"")
                                    .status())
                            .isEqualTo(204);
            }
            case 6, 7 -> bulk(deals.subList(0, 4), random);
            default -> imported(random);
        }
    }

    private ObjectNode deal(Random random) {
        var deal = Json.object();
        deal.put("stage", stages.get(random.nextInt(stages.size())));
        if (random.nextInt(4) > 0)
            deal.putObject("amount")
                    .put("amount", random.nextInt(1_000_000) + ".37")
                    .put("currency", "CNY");
        if (random.nextInt(5) > 0) deal.put("closeDate", day(random));
        if (random.nextInt(3) > 0) deal.put("type", random.nextBoolean() ? "new" : "renewal");
        return deal;
    }

    private static String day(Random random) {
        return FIRST.plusDays(random.nextInt(200)).toString();
    }

    private void bulk(List<String> some, Random random) {
        var body = Json.object();
        var filter =
                body.putObject("where").putObject("filter").put("field", "id").put("op", "in");
        some.forEach(filter.putArray("value")::add);
        if (random.nextBoolean()) body.put("delete", true);
        else body.putObject("set").put("closeDate", day(random)).put("type", "existing");
        var answer = client.post("/api/records/opportunity/bulk", body.toString());
        assertThat(answer.status()).as(answer::text).isLessThan(300);
        var job = answer.json().path("job").path("id").asString("");
        if (!job.isEmpty()) client.await(job);
        if (random.nextBoolean()) undo(answer.json().path("batch").asString());
    }

    private void imported(Random random) {
        var csv = "name,amount,closeDate,externalId\n";
        for (int i = 0; i < 5; i++)
            csv += "In file," + random.nextInt(9_999) + " CNY," + day(random) + "," + unique() + "\n";
        var id = client.upload("opportunity", "deals.csv", csv.getBytes(StandardCharsets.UTF_8))
                .json()
                .path("id")
                .asString();
        client.post("/api/imports/" + id + "/start", "{}");
        assertThat(client.awaitImport(id).path("state").asString()).isEqualTo("done");
    }

    /** A question that kept sums can answer. */
    private ObjectNode question(Random random) {
        var question = Json.object().put("limit", 5_000);
        int from = random.nextInt(KEYS.size());
        for (int i = random.nextInt(3); i > 0; i--)
            question.withArray("groupBy").addObject().put("field", KEYS.get((from + i) % KEYS.size()));
        if (random.nextInt(3) == 0)
            question.withArray("groupBy")
                    .addObject()
                    .put("field", "closeDate")
                    .put("bucket", BUCKETS.get(random.nextInt(BUCKETS.size())));
        if (random.nextInt(5) == 0) question.withArray("groupBy").addObject().put("field", "owner.team.manager");
        var measures = question.putArray("measures");
        measures.addObject().put("fn", "count");
        measures.addObject().put("fn", "sum").put("field", "value");
        if (random.nextBoolean()) measures.addObject().put("fn", "avg").put("field", "cycleDays");
        if (random.nextBoolean()) measures.addObject().put("fn", "count").put("field", "value");
        if (random.nextBoolean()) measures.addObject().put("fn", "count").put("field", "type");
        if (random.nextBoolean()) measures.addObject().put("fn", "sum").put("field", "weighted");
        var and = question.putObject("filter").putArray("and");
        if (random.nextInt(3) > 0)
            condition(and, "closeDate", random.nextBoolean() ? "gte" : "gt").put("value", day(random));
        if (random.nextInt(3) > 0)
            condition(and, "closeDate", random.nextBoolean() ? "lt" : "lte").put("value", day(random));
        if (random.nextInt(3) == 0)
            condition(and, "status", "in").putArray("value").add("won").add("open");
        if (random.nextInt(4) == 0) condition(and, "type", "isEmpty");
        if (random.nextInt(4) == 0)
            condition((ArrayNode) and.addObject().putArray("or"), "stage", "eq").put("value", stages.getFirst());
        if (random.nextInt(6) == 0) condition(and, "owner.name", "contains").put("value", "a");
        return question;
    }

    private static ObjectNode medianQuestion(Random random) {
        var question = Json.object().put("limit", 5_000);
        for (var key : List.of("status", "pipeline"))
            if (random.nextBoolean()) question.withArray("groupBy").addObject().put("field", key);
        if (random.nextInt(3) == 0)
            question.withArray("groupBy").addObject().put("field", "closeDate").put("bucket", "quarter");
        var measures = question.putArray("measures");
        measures.addObject().put("fn", "median").put("field", "cycleDays");
        measures.addObject().put("fn", "avg").put("field", "cycleDays");
        measures.addObject().put("fn", "count");
        var and = question.putObject("filter").putArray("and");
        if (random.nextBoolean()) condition(and, "closeDate", "gte").put("value", day(random));
        if (random.nextBoolean()) condition(and, "status", "ne").put("value", "open");
        return question;
    }

    private static ObjectNode stageQuestion(Random random) {
        var question = Json.object().put("limit", 5_000);
        for (var key : List.of("kind", "pipeline", "fromStage"))
            if (random.nextBoolean()) question.withArray("groupBy").addObject().put("field", key);
        var measures = question.putArray("measures");
        measures.addObject().put("fn", "median").put("field", "wholeDays");
        measures.addObject().put("fn", "count").put("field", "days");
        measures.addObject().put("fn", "sum").put("field", "value");
        var and = question.putObject("filter").putArray("and");
        if (random.nextBoolean())
            condition(and, "at", "after")
                    .put("value", LocalDate.now().minusDays(random.nextInt(90)).toString());
        if (random.nextBoolean()) condition(and, "at", "lt").put("value", "2040-01-15T07:30:00Z");
        return question;
    }

    private static ObjectNode condition(ArrayNode and, String field, String operator) {
        return and.addObject().put("field", field).put("op", operator);
    }

    /** The same question with a condition that is always true, but of which sums know nothing, is answered from the records. */
    private void agree(String object, ObjectNode question) {
        var summed = ask(object, question);
        var anew = question.deepCopy();
        condition((ArrayNode) anew.path("filter").path("and"), "id", "ne").put("value", unique());
        assertThat(summed).as(question::toString).isEqualTo(ask(object, anew));
    }

    private JsonNode ask(String object, ObjectNode question) {
        var answer = client.post("/api/records/" + object + "/aggregate", question.toString());
        assertThat(answer.status()).as(() -> question + " " + answer.text()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void writersAtTheSameTimeLoseNothingWhileSumsAreAddedUp() throws Exception {
        var aida = where("stage", "pipeline", pipeline("AIDA"));
        var deals = new ArrayList<String>();
        for (int i = 0; i < 8; i++)
            deals.add(create("opportunity", "{\"name\":\"Together\",\"closeDate\":\"2031-05-05\"}"));
        var opportunity = SERVER.bean(Catalogue.class).require("opportunity");
        var fold = opportunity.summaries().get(1).folding(opportunity);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = new ArrayList<Future<?>>();
            for (var deal : deals)
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 15; i++)
                        change(
                                "opportunity",
                                deal,
                                "{\"stage\":\"" + aida.get(i % 3).path("id").asString() + "\",\"amount\":"
                                        + cny(i + ".25") + "}");
                    return null;
                }));
            for (int i = 0; i < 40; i++)
                SERVER.bean(Database.class)
                        .run(tx -> tx.dsl()
                                .select(function(name(fold), Long.class))
                                .fetch());
            for (var one : work) one.get();
        }
        assertThat(upkeep.mend()).isZero();
    }

    @Test
    void whatDiffersFromTheRecordsIsFoundAndPutRight() {
        create("opportunity", "{\"name\":\"Counted\",\"amount\":" + cny("5.00") + "}");
        var opportunity = SERVER.bean(Catalogue.class).require("opportunity");
        var summary = table(name(opportunity.summaries().getFirst().table(opportunity)));
        SERVER.bean(Database.class)
                .run(tx -> tx.dsl()
                        .update(summary)
                        .set(field(name("n"), Long.class), 7_777L)
                        .where(field(name("status"), String.class).eq("open"))
                        .execute());
        var open = Json.object();
        open.putObject("filter")
                .putArray("and")
                .addObject()
                .put("field", "status")
                .put("op", "eq")
                .put("value", "open");
        assertThat(ask("opportunity", open).at("/groups/0/count").asLong()).isGreaterThanOrEqualTo(7_777);
        assertThat(upkeep.mend()).isPositive();
        assertThat(upkeep.mend()).isZero();
        agree("opportunity", open);
    }
}
