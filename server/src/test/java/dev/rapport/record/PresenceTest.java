package dev.rapport.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who is at a record is told to those who are there as well, and to nobody else. */
class PresenceTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");
    private final Client rep = SERVER.as("salesRep");
    private final Client other = SERVER.as("salesRep");

    private static List<String> others(Client client, String account, String state) {
        return client
                .post("/api/records/account/" + account + "/presence", "{\"state\":\"" + state + "\"}")
                .json()
                .path("others")
                .values()
                .stream()
                .map(one ->
                        one.path("name").asString() + " " + one.path("state").asString())
                .toList();
    }

    @Test
    void peopleAtARecordLearnOfEachOther() {
        var account =
                rep.create("account", "{\"name\":\"Present Ltd\"}").path("id").asString();
        assertThat(others(rep, account, "here")).isEmpty();
        assertThat(others(admin, account, "editing"))
                .containsExactly(rep.actor().name() + " here");
        assertThat(others(rep, account, "here")).containsExactly(admin.actor().name() + " editing");
        assertThat(others(admin, account, "gone")).containsExactly(rep.actor().name() + " here");
        assertThat(others(rep, account, "here")).isEmpty();
    }

    @Test
    void whoeverMayNotSeeARecordIsNotToldWhoIsThere() {
        var account =
                rep.create("account", "{\"name\":\"Hidden Ltd\"}").path("id").asString();
        others(rep, account, "here");
        var hidden = other.post("/api/records/account/" + account + "/presence", "{\"state\":\"here\"}");
        var unknown = other.post("/api/records/account/" + UUID.randomUUID() + "/presence", "{\"state\":\"here\"}");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.json().path("detail")).isEqualTo(unknown.json().path("detail"));
        assertThat(others(rep, account, "here")).isEmpty();
    }

    @Test
    void anUnknownStateIsRefused() {
        var account =
                rep.create("account", "{\"name\":\"States Ltd\"}").path("id").asString();
        assertThat(rep.post("/api/records/account/" + account + "/presence", "{\"state\":\"asleep\"}")
                        .violations())
                .containsExactly("state:type");
    }
}
