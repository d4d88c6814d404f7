package dev.rapport.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.support.Client;
import dev.rapport.support.RapportServer;
import org.junit.jupiter.api.Test;

/** Sample data comes in as one batch and goes out as one, with nothing of the company's own touched. */
class SampleDataTest {
    private static final RapportServer SERVER = RapportServer.get();

    private final Client admin = SERVER.as("admin");

    private int owned(String object) {
        var filter = "{\"field\":\"owner\",\"op\":\"eq\",\"value\":\""
                + admin.actor().id() + "\"}";
        return admin.post("/api/records/" + object + "/query", "{\"filter\":" + filter + ",\"count\":\"exact\"}")
                .json()
                .path("count")
                .path("value")
                .asInt();
    }

    private String job(Client.Answer answer) {
        assertThat(answer.status()).isEqualTo(202);
        return admin.await(answer.json().path("job").path("id").asString())
                .path("state")
                .asString();
    }

    @Test
    void sampleDataIsFilledInAndTakenOutAgain() {
        var own = admin.create("account", "{\"name\":\"Our real customer\"}")
                .path("id")
                .asString();
        fillAndTakeOut();
        // what was taken out lies in the recycle bin, and its keys are not in the way
        fillAndTakeOut();
        assertThat(admin.get("/api/records/account/" + own)
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(1);
        assertThat(admin.delete("/api/sample-data").status()).isEqualTo(404);
    }

    private void fillAndTakeOut() {
        assertThat(job(admin.post("/api/sample-data", "{}"))).isEqualTo("done");
        assertThat(admin.get("/api/sample-data").json().path("present").asBoolean())
                .isTrue();
        assertThat(owned("contact")).isEqualTo(200);
        assertThat(owned("opportunity")).isEqualTo(40);
        assertThat(admin.post("/api/sample-data", "{}").status()).isEqualTo(409);
        assertThat(job(admin.delete("/api/sample-data"))).isEqualTo("done");
        assertThat(owned("contact")).isZero();
        assertThat(owned("opportunity")).isZero();
    }

    @Test
    void onlyThoseWhoFitTheProductToTheCompanyMay() {
        var rep = SERVER.as("salesRep");
        assertThat(rep.get("/api/sample-data").status()).isEqualTo(403);
        assertThat(rep.post("/api/sample-data", "{}").status()).isEqualTo(403);
        assertThat(rep.delete("/api/sample-data").status()).isEqualTo(403);
    }
}
