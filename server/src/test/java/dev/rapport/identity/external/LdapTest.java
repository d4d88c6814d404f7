package dev.rapport.identity.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rapport.http.Json;
import dev.rapport.support.Browser;
import dev.rapport.support.Client;
import dev.rapport.support.DirectoryServer;
import dev.rapport.support.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Signing in with the password of the company's directory, against OpenLDAP's slapd. */
class LdapTest {
    private static final String PEOPLE = """
            dn: uid=lihua,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: lihua
            cn:: 5p2O5Y2O
            sn: Li
            mail: lihua@example.com
            userPassword: directory password

            dn: uid=admin,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: admin
            cn: Another admin
            sn: Admin
            userPassword: not the one of Rapport

            dn: ou=branch,dc=example,dc=com
            objectClass: organizationalUnit
            ou: branch

            dn: uid=twin,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: twin
            cn: Twin
            sn: Twin
            userPassword: first twin

            dn: uid=twin,ou=branch,dc=example,dc=com
            objectClass: inetOrgPerson
            uid: twin
            cn: Twin
            sn: Twin
            userPassword: second twin
            """;

    @TempDir
    Path home;

    private static Client.Answer signIn(Client anybody, String username, String password) {
        return anybody.post(
                "/api/session",
                Json.object()
                        .put("username", username)
                        .put("password", password)
                        .toString());
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void theDirectoryKnowsThePassword() throws Exception {
        var folder = Files.createDirectory(home.resolve("ldap"));
        try (var directory = DirectoryServer.start(folder, PEOPLE);
                var server = ServerProcess.start(
                        home,
                        Map.of(
                                "RAPPORT_LDAP_URL", directory.url(),
                                "RAPPORT_LDAP_BASE", DirectoryServer.BASE,
                                "RAPPORT_LDAP_BIND_DN", DirectoryServer.SEARCHER,
                                "RAPPORT_LDAP_BIND_PASSWORD", DirectoryServer.SEARCHER_PASSWORD,
                                "RAPPORT_EXTERNAL_ROLE", "salesRep"))) {
            var admin = server.client();
            var anybody = new Client(server.address(), "");
            var first = signIn(anybody, "lihua", "directory password");
            assertThat(first.status()).as(first::text).isEqualTo(200);
            assertThat(first.json().path("user").path("name").asString()).isEqualTo("李华");
            assertThat(first.json().path("user").path("roles").toString()).isEqualTo("[\"salesRep\"]");
            assertThat(first.json().path("user").path("email").asString()).isEqualTo("lihua@example.com");
            var id = first.json().path("user").path("id").asString();
            assertThat(signIn(anybody, "LiHua ", "directory password")
                            .json()
                            .path("user")
                            .path("id")
                            .asString())
                    .as("the same person again")
                    .isEqualTo(id);

            var strict = Json.object().put("name", "strict").put("secondFactor", true);
            strict.putObject("grants").putObject("objects").putArray("*").add("read");
            assertThat(admin.post("/api/roles", strict.toString()).status()).isEqualTo(201);
            assertThat(admin.patch("/api/users/" + id, "{\"roles\":[\"salesRep\",\"strict\"]}")
                            .status())
                    .isEqualTo(204);
            var bound = Browser.of(
                    server.address(),
                    signIn(anybody, "lihua", "directory password").response());
            assertThat(bound.send("GET", "/api/records/account", "").statusCode())
                    .isEqualTo(403);
            assertThat(bound.send("POST", "/api/session/second-factor", "{\"password\":\"not it\"}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(bound.send("POST", "/api/session/second-factor", "{\"password\":\"directory password\"}")
                            .statusCode())
                    .as("the password of the directory is theirs here too")
                    .isEqualTo(201);
            assertThat(admin.patch("/api/users/" + id, "{\"roles\":[\"salesRep\"]}")
                            .status())
                    .isEqualTo(204);

            for (var wrong : new String[][] {
                {"lihua", "another password"},
                {"lihua", ""},
                {"*", "directory password"},
                {"lihua)(uid=*", "directory password"},
                {"lih*", "directory password"},
                {"nobody", "directory password"},
                {"twin", "first twin"},
                {"uid=lihua,dc=example,dc=com", "directory password"}
            })
                assertThat(signIn(anybody, wrong[0], wrong[1]).status())
                        .as(wrong[0])
                        .isIn(401, 422);

            var namesake = signIn(anybody, "admin", "not the one of Rapport");
            assertThat(namesake.status()).isEqualTo(200);
            assertThat(namesake.json().path("user").path("roles").toString())
                    .as("a name is no proof of being Rapport’s administrator")
                    .isEqualTo("[\"salesRep\"]");

            var user = admin.get("/api/records/user/" + id).json();
            var left = admin.patch(
                    "/api/users/" + id,
                    "{\"active\":false}",
                    "If-Match",
                    "\"" + user.path("version").asInt() + "\"");
            assertThat(left.status()).as(left::text).isLessThan(300);
            assertThat(signIn(anybody, "lihua", "directory password").status())
                    .as("whoever is deactivated here stays out")
                    .isEqualTo(401);
        }
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aDirectoryThatIsAwayKeepsNobodyOutWhoHasAPasswordHere() {
        try (var server = ServerProcess.start(
                home, Map.of("RAPPORT_LDAP_URL", "ldap://127.0.0.1:1", "RAPPORT_LDAP_BASE", "dc=example,dc=com"))) {
            assertThat(server.client().get("/api/session").status()).isEqualTo(200);
            var anybody = new Client(server.address(), "");
            assertThat(signIn(anybody, "lihua", "directory password").status()).isEqualTo(401);
        }
    }
}
