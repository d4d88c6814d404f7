package dev.rapport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.database.Database;
import dev.rapport.record.SearchKeyRebuild;
import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a person types finds the record that is meant, in lists and over all objects. */
class GlobalSearchTest {
    private static final RapportServer server = RapportServer.get();
    private static final Client admin = server.as("admin");
    private static String hanId = "";

    @BeforeAll
    static void people() {
        hanId = person("嵇", "康琴", "xunji@bamboo.example", "+8613912345678");
        person("Featherstonehaugh", "Quentin", "quentin@oxbow.example", "+442079460958");
        person("单", "雄信", "", "");
        admin.create("account", "{\"name\":\"青岛嵇氏乐器有限公司\",\"phone\":\"+8653212345678\"}");
    }

    private static String person(String family, String given, String email, String mobile) {
        return admin.create(
                        "contact",
                        "{\"name\":{\"family\":\"" + family + "\",\"given\":\"" + given + "\"}"
                                + (email.isEmpty() ? "" : ",\"email\":\"" + email + "\"")
                                + (mobile.isEmpty() ? "" : ",\"mobile\":\"" + mobile + "\"") + "}")
                .path("id")
                .asString();
    }

    private static JsonNode search(Client client, String typed) {
        var answer = client.get("/api/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().path("items");
    }

    private static List<String> names(JsonNode items) {
        return items.values().stream()
                .map(item -> item.path("name").asString(""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "嵇康琴, 嵇康琴",
        "嵇康, 嵇康琴",
        "康琴, 嵇康琴",
        "琴, 嵇康琴",
        "jikangqin, 嵇康琴",
        "jkq, 嵇康琴",
        "kangqin, 嵇康琴",
        "bamboo, 嵇康琴",
        "xunji@bamboo.example, 嵇康琴",
        "139 1234 5678, 嵇康琴",
        "139-1234-5678, 嵇康琴",
        "12345678, 嵇康琴",
        "(020) 7946 0958, Quentin Featherstonehaugh",
        "feather, Quentin Featherstonehaugh",
        "stoneh, Quentin Featherstonehaugh",
        "quentin feather, Quentin Featherstonehaugh",
        "FEATHERSTONEHAUGH, Quentin Featherstonehaugh",
        "Featherstonehaug, Quentin Featherstonehaugh",
        "Fetherstonehaugh, Quentin Featherstonehaugh",
        "quentim, Quentin Featherstonehaugh",
        "shanxiongxin, 单雄信",
        "danxiongxin, 单雄信",
        "sxx, 单雄信"
    })
    void whatIsTypedFindsWhoIsMeant(String typed, String name) {
        assertThat(names(search(admin, typed))).as(typed).contains(name);
    }

    @ParameterizedTest
    @CsvSource({"嵇康", "嵇", "jikangqin", "jkq", "139 1234 5678", "xunji@bamboo"})
    void listsFindTheSame(String typed) {
        var found = admin.get("/api/records/contact?fields=name&q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8))
                .json()
                .path("items");
        assertThat(found.values().stream().map(item -> item.path("id").asString()))
                .contains(hanId);
    }

    @Test
    void theMatchingPartIsMarked() {
        var item = search(admin, "jikang").get(0);
        assertThat(item.path("name").asString()).isEqualTo("嵇康琴");
        assertThat(item.path("marks").toString()).isEqualTo("[[0,2]]");
        var byMail = search(admin, "bamboo").get(0);
        assertThat(byMail.path("match").path("field").asString()).isEqualTo("email");
        assertThat(byMail.path("match").path("text").asString()).isEqualTo("xunji@bamboo.example");
        assertThat(byMail.path("match").path("marks").toString()).isEqualTo("[[6,12]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'", "\\", "a'b", "a\\b", "(a", "a & | b", "!a", "a:*", "<->", "a:b c", "%", "_", "\"a\"", "\u0001",
                "🙂", "\ud800"
            })
    void noSignThatIsTypedIsMoreThanItself(String typed) {
        assertThat(admin.get("/api/search?q=" + URLEncoder.encode(typed, StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void charactersThatStandApartAreNoWord() {
        person("琴乐", "器乐琴琴", "", "");
        assertThat(names(search(admin, "琴乐琴"))).isEmpty();
        assertThat(names(search(admin, "器乐琴"))).hasSize(1);
    }

    @Test
    void aNameIsFoundAmongManyByACommonWord() {
        for (int i = 0; i < 120; i++) person("Commonfamily", "Given" + i, "", "");
        assertThat(admin.get("/api/search?limit=50&q=commonfam").json().path("items"))
                .hasSize(50);
        assertThat(names(search(admin, "commonfam given117"))).containsExactly("Given117 Commonfamily");
    }

    @Test
    void theNameItselfComesBeforeNamesThatHoldIt() {
        person("Quillfeather", "Bo", "", "");
        person("Quillfeathersworth", "Bo", "", "");
        assertThat(names(search(admin, "quillfeather"))).containsExactly("Bo Quillfeather", "Bo Quillfeathersworth");
    }

    @Test
    void objectsAndLimitNarrowIt() {
        var accounts =
                admin.get("/api/search?q=%E5%B5%87&objects=account").json().path("items");
        assertThat(names(accounts)).containsExactly("青岛嵇氏乐器有限公司");
        assertThat(admin.get("/api/search?q=%E5%B5%87&limit=1").json().path("items"))
                .hasSize(1);
        assertThat(admin.get("/api/search?q=x&objects=nonsense").violations())
                .containsExactly("objects:unknown-object");
        assertThat(admin.get("/api/search?q=x&limit=many").violations()).containsExactly("limit:type");
        assertThat(admin.get("/api/search").json().path("items")).isEmpty();
    }

    @Test
    void whatMayNotBeReadIsNotFound() {
        server.role(
                "noMailNoAccounts", "{\"objects\":{\"contact\":[\"read\"]},\"fields\":{\"contact.email\":\"none\"}}");
        var blind = server.as("noMailNoAccounts");
        assertThat(names(search(blind, "bamboo"))).isEmpty();
        assertThat(names(search(blind, "bambou"))).isEmpty();
        assertThat(names(search(blind, "嵇氏"))).isEmpty();
        assertThat(names(search(blind, "嵇康"))).containsExactly("嵇康琴");
        assertThat(search(blind, "嵇康").toString()).doesNotContain("bamboo");
    }

    @Test
    void aChangeIsFoundAtOnceAndADeletedRecordNoMore() {
        var id = person("Zyxwvutsr", "Old", "", "");
        assertThat(names(search(admin, "zyxwvutsr"))).hasSize(1);
        admin.patch("/api/records/contact/" + id, "{\"name\":{\"family\":\"Qrstuvwxyz\"}}", "If-Match", "\"1\"");
        assertThat(names(search(admin, "qrstuvwxyz"))).hasSize(1);
        admin.delete("/api/records/contact/" + id, "If-Match", "\"2\"");
        assertThat(names(search(admin, "qrstuvwxyz"))).isEmpty();
    }

    @Test
    void keysOfAnOlderFormatAreMadeAnew() throws InterruptedException {
        execute("UPDATE o_contact SET search_key = 'old' WHERE id = '" + hanId + "'");
        assertThat(names(search(admin, "jkq"))).doesNotContain("嵇康琴");
        execute(
                "UPDATE record_sweep SET format = '1', complete = true WHERE purpose = 'search' AND object = 'contact'");
        server.bean(SearchKeyRebuild.class).rebuild();
        for (int i = 0; i < 100 && !names(search(admin, "jkq")).contains("嵇康琴"); i++) Thread.sleep(100);
        assertThat(names(search(admin, "jkq"))).contains("嵇康琴");
    }

    private static void execute(String sql) {
        server.bean(Database.class).run(tx -> {
            try (var statement = tx.connection().createStatement()) {
                statement.execute(sql);
            } catch (java.sql.SQLException e) {
                throw new AssertionError(e);
            }
        });
    }
}
