package dev.rapport.customization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records of a company's own objects belong to whom, or to what, the company says. */
class CustomSharingTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");
    private final Client rep = SERVER.as("salesRep");
    private final Client other = SERVER.as("salesRep");
    private final String machine = "m" + UUID.randomUUID().toString().replaceAll("[^a-z]", "") + "_c";
    private String account = "";

    private static String labels(String text) {
        return "{\"en\":\"" + text + "\",\"zh-CN\":\"" + text + "\"}";
    }

    @BeforeEach
    void machinesOfAccounts() {
        var body = "{\"name\":\"" + machine + "\",\"labels\":" + labels("Machine") + ",\"plural\":"
                + labels("Machines")
                + ",\"fields\":[{\"name\":\"account_c\",\"type\":\"lookup\",\"target\":\"account\",\"filterable\":true,\"labels\":"
                + labels("Account") + "}]}";
        var made = admin.post("/api/objects", body);
        assertThat(made.status()).as(made::text).isEqualTo(201);
        account = rep.create("account", "{\"name\":\"Works " + machine + "\"}")
                .path("id")
                .asString();
    }

    private Client.Answer share(String sharing) {
        return admin.patch("/api/objects/" + machine, "{\"sharing\":" + sharing + "}");
    }

    private String onAccount() {
        return admin.create(machine, "{\"name\":\"Lathe\",\"account_c\":\"" + account + "\"}")
                .path("id")
                .asString();
    }

    private static int count(Client client, String object) {
        return client.get("/api/records/" + object).json().path("items").size();
    }

    @Test
    void belongsToItsOwnerUntilItIsSaidToBelongToAnotherRecord() {
        var path = "/api/records/" + machine + "/" + onAccount();
        assertThat(rep.get(path).status()).isEqualTo(404);
        assertThat(share("{\"mode\":\"controlled\",\"parents\":[\"account_c\"]}")
                        .status())
                .isEqualTo(204);
        assertThat(rep.get(path).status())
                .as("whoever sees the account, at the next request")
                .isEqualTo(200);
        assertThat(other.get(path).status()).isEqualTo(404);
        assertThat(count(rep, machine)).isEqualTo(1);
        assertThat(count(other, machine)).isZero();
        assertThat(other.get("/api/search?q=Lathe").text()).doesNotContain(machine);
        assertThat(rep.patch(path, "{\"name\":\"Mill\"}", "If-Match", "\"1\"").status())
                .as("whoever may change the account")
                .isEqualTo(200);
        var added = other.post("/api/records/" + machine, "{\"name\":\"X\",\"account_c\":\"" + account + "\"}");
        assertThat(added.status()).as(added::text).isEqualTo(422);
        assertThat(share("{\"mode\":\"owned\"}").status()).isEqualTo(204);
        assertThat(rep.get(path).status()).isEqualTo(404);
        assertThat(share("{\"mode\":\"common\"}").status()).isEqualTo(204);
        assertThat(other.get(path).status()).isEqualTo(200);
    }

    @Test
    void rolesMayLetPeopleSeeWhatBelongsToRecordsTheySee() {
        var path = "/api/records/" + machine + "/" + onAccount();
        var role = "byParent" + machine;
        SERVER.role(
                role,
                "{\"objects\":{\"*\":[\"read\"]},\"scopes\":{\"*\":{\"read\":[\"own\",\"parent\"]},\"account\":{\"read\":[\"all\"]}}}");
        var onlooker = SERVER.as(role);
        assertThat(onlooker.get(path).status()).isEqualTo(404);
        assertThat(share("{\"mode\":\"owned\",\"parents\":[\"account_c\"]}").status())
                .isEqualTo(204);
        assertThat(onlooker.get(path).status()).isEqualTo(200);
    }

    @Test
    void nothingComesToBelongToNothingOrToEachOtherInCircles() {
        assertThat(share("{\"mode\":\"controlled\"}").violations())
                .containsExactly("sharing.parents:sharing-parents-missing");
        for (var wrong : new String[] {"nosuch_c", "name", "owner", "createdBy"})
            assertThat(share("{\"mode\":\"controlled\",\"parents\":[\"" + wrong + "\"]}")
                            .violations())
                    .as(wrong)
                    .containsExactly("sharing.parents:sharing-parent");
        admin.post(
                "/api/objects/" + machine + "/fields",
                "{\"name\":\"part_c\",\"type\":\"lookup\",\"target\":\"" + machine + "\",\"labels\":" + labels("Part")
                        + "}");
        assertThat(share("{\"mode\":\"controlled\",\"parents\":[\"part_c\"]}").violations())
                .containsExactly("sharing.parents:sharing-parent");
        assertThat(share("{\"mode\":\"wide open\"}").status()).isEqualTo(422);
        assertThat(share("7").status()).isEqualTo(422);
        share("{\"mode\":\"controlled\",\"parents\":[\"account_c\"]}");
        var taken = admin.delete("/api/objects/" + machine + "/fields/account_c");
        assertThat(taken.violations())
                .as("what others are seen by stays")
                .containsExactly("sharing.parents:sharing-parent");
        assertThat(rep.patch("/api/objects/" + machine, "{\"sharing\":{\"mode\":\"common\"}}")
                        .status())
                .isEqualTo(403);
        assertThat(admin.patch("/api/objects/account", "{\"sharing\":{\"mode\":\"common\"}}")
                        .violations())
                .containsExactly("sharing:built-in");
    }

    @Test
    void theChangeIsInTheAuditLog() {
        share("{\"mode\":\"controlled\",\"parents\":[\"account_c\"]}");
        var log = admin.get("/api/audit?action=organisation.sharing").text();
        assertThat(log).contains(machine).contains("controlled by account_c");
    }
}
