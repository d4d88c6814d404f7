package dev.rapport.sales;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Leads: who gets them, what they are worth, what becomes of them. */
class LeadTest extends SalesTestCase {
    private String lead(String more) {
        return create("lead", "{\"company\":\"Lead " + unique() + "\"" + more + "}");
    }

    @Test
    void isSomebodyOrSomething() {
        assertThat(client.post("/api/records/lead", "{\"title\":\"Boss\"}").violations())
                .containsExactly("name:lead-unknown");
        assertThat(change("lead", lead(""), "{\"status\":\"disqualified\"}").violations())
                .containsExactly("reason:required");
        assertThat(change("lead", lead(""), "{\"status\":\"converted\"}").violations())
                .containsExactly("status:lead-convert-first");
    }

    @Test
    void hasThePointsOfAllRulesThatHold() {
        var city = "City" + unique().substring(0, 8);
        create(
                "scoreRule",
                "{\"name\":\"Big " + city + "\",\"condition\":\"address.city = '" + city
                        + "' and employees > 100\",\"points\":30}");
        create(
                "scoreRule",
                "{\"name\":\"No phone " + city + "\",\"condition\":\"address.city = '" + city
                        + "' and isblank(phone)\",\"points\":-5}");
        var lead = read("lead", lead(",\"employees\":200,\"address\":{\"city\":\"" + city + "\"}"));
        assertThat(lead.path("score").asInt()).isEqualTo(25);
        assertThat(lead.path("scoreReasons").toString()).contains("Big " + city + " +30", "No phone " + city + " −5");
        var wrong = client.post(
                "/api/records/scoreRule", "{\"name\":\"" + unique() + "\",\"condition\":\"nothing > 1\",\"points\":1}");
        assertThat(wrong.violations()).containsExactly("condition:formula-unknown-field");
    }

    @Test
    void goesInTurnAmongThoseWithRoom() {
        var city = "Turn" + unique().substring(0, 8);
        var one = SERVER.as("member").actor().id().toString();
        var two = SERVER.as("member").actor().id().toString();
        create(
                "assignmentRule",
                "{\"name\":\"Turns\",\"position\":1,\"condition\":\"address.city = '" + city + "'\",\"members\":[\""
                        + one + "\",\"" + two + "\"],\"capacity\":2}");
        var owners = new java.util.ArrayList<String>();
        for (int i = 0; i < 5; i++)
            owners.add(read("lead", lead(",\"assign\":true,\"address\":{\"city\":\"" + city + "\"}"))
                    .path("owner")
                    .path("id")
                    .asString());
        assertThat(owners.subList(0, 4)).containsExactly(one, two, one, two);
        assertThat(owners.get(4)).isEqualTo(client.actor().id().toString());
    }

    @Test
    void belongsToTheFirstTerritoryThatFits() {
        var province = "Province" + unique().substring(0, 8);
        var id = create(
                "territory",
                "{\"name\":\"North " + province + "\",\"places\":[\"" + province + "\"],\"minEmployees\":10}");
        var inside = read("lead", lead(",\"employees\":50,\"address\":{\"province\":\"" + province + "\"}"));
        assertThat(inside.path("territory").path("id").asString()).isEqualTo(id);
        var small = read("lead", lead(",\"employees\":5,\"address\":{\"province\":\"" + province + "\"}"));
        assertThat(small.path("territory").isNull()).isTrue();
    }

    @Test
    void becomesAnAccountAContactAndADealAndItsTasksGoAlong() {
        var company = "Converted " + unique();
        var id = create(
                "lead",
                "{\"company\":\"" + company + "\",\"name\":{\"family\":\"张\",\"given\":\"三\"},\"email\":\"z" + unique()
                        + "@example.com\",\"source\":\"social\",\"employees\":20}");
        var task = create("task", "{\"name\":\"Call\",\"lead\":\"" + id + "\"}");
        var done = act("/api/leads/" + id + "/convert", "{\"opportunity\":{\"amount\":" + cny("99.00") + "}}");
        var account = read("account", done.path("account").asString());
        assertThat(account.path("name").asString()).isEqualTo(company);
        assertThat(account.path("employees").asInt()).isEqualTo(20);
        var deal = read("opportunity", done.path("opportunity").asString());
        assertThat(deal.path("source").asString()).isEqualTo("social");
        assertThat(deal.path("lead").path("id").asString()).isEqualTo(id);
        assertThat(amount(deal, "amount")).isEqualTo("99.00");
        assertThat(read("lead", id).path("status").asString()).isEqualTo("converted");
        assertThat(read("task", task).path("opportunity").path("id").asString())
                .isEqualTo(done.path("opportunity").asString());
        assertThat(client.post("/api/leads/" + id + "/convert", "{}").status()).isEqualTo(409);

        undo(done.path("batch").asString());
        var open = read("lead", id);
        assertThat(open.path("status").asString()).isEqualTo("new");
        assertThat(open.path("convertedAt").isNull()).isTrue();
        for (var object : List.of("account", "contact", "opportunity"))
            assertThat(client.get("/api/records/" + object + "/"
                                    + done.path(object).asString())
                            .status())
                    .isEqualTo(404);
        assertThat(read("task", task).path("opportunity").isNull()).isTrue();
        act("/api/leads/" + id + "/convert", "{\"opportunity\":null}");
    }

    @Test
    void asksForADecisionWhereSomethingLooksLikeItAndFillsOnlyGaps() {
        var company = "Twin " + unique();
        var present = create("account", "{\"name\":\"" + company + "\",\"industry\":\"Old\"}");
        var id = create("lead", "{\"company\":\"" + company + "\",\"industry\":\"New\",\"employees\":7}");
        var undecided = client.post("/api/leads/" + id + "/convert", "{}");
        assertThat(undecided.status()).isEqualTo(409);
        assertThat(undecided.json().path("code").asString()).isEqualTo("decision-needed");
        assertThat(client.get("/api/leads/" + id + "/conversion").text()).contains(present);
        act("/api/leads/" + id + "/convert", "{\"account\":\"" + present + "\",\"contact\":null,\"opportunity\":null}");
        var account = read("account", present);
        assertThat(account.path("industry").asString()).isEqualTo("Old");
        assertThat(account.path("employees").asInt()).isEqualTo(7);
    }

    @Test
    void isConvertedOnceHoweverManyTry() throws Exception {
        var id = lead(",\"name\":{\"family\":\"Once\"}");
        try (var threads = Executors.newFixedThreadPool(8)) {
            Callable<Integer> convert =
                    () -> client.post("/api/leads/" + id + "/convert", "{\"account\":\"new\",\"contact\":\"new\"}")
                            .status();
            var answers = threads.invokeAll(java.util.Collections.nCopies(8, convert)).stream()
                    .map(answer -> answer.resultNow())
                    .sorted()
                    .toList();
            assertThat(answers).containsExactly(200, 409, 409, 409, 409, 409, 409, 409);
        }
        assertThat(where("opportunity", "lead", id).size()).isEqualTo(1);
    }

    @Test
    void comesFromAFormOnAWebSiteWithConsent() {
        var form = create(
                "leadForm",
                "{\"name\":\"Contact us\",\"consent\":\"You may call me.\",\"asked\":[\"name\",\"email\"]}");
        var path = "/api/public/forms/" + client.actor().id() + "." + form;
        var shown = client.get(path, "Accept-Language", "zh-CN").json();
        assertThat(shown.path("fields").toString()).contains("姓名", "邮箱").doesNotContain("phone");
        var email = "web" + unique() + "@example.com";
        var fields = "\"name\":{\"family\":\"Web\"},\"email\":\"" + email + "\"";
        assertThat(client.post(path, "{" + fields + "}").violations()).containsExactly("consent:consent-needed");
        assertThat(client.post(path, "{\"consent\":true,\"status\":\"converted\"}")
                        .violations())
                .containsExactly("status:unknown-member");
        assertThat(client.post(path, "{\"consent\":true,\"homepage2\":\"x\"," + fields + "}")
                        .status())
                .isEqualTo(200);
        assertThat(where("lead", "email", email).size()).isZero();
        assertThat(client.post(path, "{\"consent\":true," + fields + "}").status())
                .isEqualTo(200);
        JsonNode lead = where("lead", "email", email).get(0);
        assertThat(lead.path("consentText").asString()).isEqualTo("You may call me.");
        assertThat(client.get("/api/public/forms/" + SERVER.as("member").actor().id() + "." + form)
                        .status())
                .isEqualTo(404);
    }
}
