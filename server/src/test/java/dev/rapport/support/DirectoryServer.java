package dev.rapport.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** OpenLDAP's slapd as Debian packages it, with some people in it, on a port of its own. */
public final class DirectoryServer implements AutoCloseable {
    public static final String BASE = "dc=example,dc=com";
    public static final String SEARCHER = "cn=searcher," + BASE;
    public static final String SEARCHER_PASSWORD = "may only search";

    private final Process process;
    private final int port;

    private DirectoryServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    public String url() {
        return "ldap://127.0.0.1:" + port;
    }

    /** @param people entries in LDIF below {@link #BASE} */
    public static DirectoryServer start(Path folder, String people) throws IOException, InterruptedException {
        assumeTrue(Files.exists(Path.of("/usr/sbin/slapd")), "Debian's package slapd is not installed");
        var database = Files.createDirectory(folder.resolve("db"));
        var configuration = folder.resolve("slapd.conf");
        Files.writeString(
                configuration,
                String.join(
                        "\n",
                        "include /etc/ldap/schema/core.schema",
                        "include /etc/ldap/schema/cosine.schema",
                        "include /etc/ldap/schema/inetorgperson.schema",
                        "modulepath /usr/lib/ldap",
                        "moduleload back_mdb",
                        "pidfile " + folder.resolve("slapd.pid"),
                        "database mdb",
                        "suffix \"" + BASE + "\"",
                        "directory " + database,
                        "access to attrs=userPassword by anonymous auth by * none",
                        "access to * by dn.exact=\"" + SEARCHER + "\" read by anonymous auth by * none",
                        ""));
        var entries = folder.resolve("people.ldif");
        Files.writeString(entries, """
                dn: dc=example,dc=com
                objectClass: dcObject
                objectClass: organization
                o: Example
                dc: example

                dn: cn=searcher,dc=example,dc=com
                objectClass: organizationalRole
                objectClass: simpleSecurityObject
                cn: searcher
                userPassword: %s

                %s
                """.formatted(SEARCHER_PASSWORD, people));
        run("/usr/sbin/slapadd", "-f", configuration.toString(), "-l", entries.toString());
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var process = new ProcessBuilder(
                        "/usr/sbin/slapd", "-f", configuration.toString(), "-h", "ldap://127.0.0.1:" + port, "-d", "0")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("slapd.log").toFile())
                .start();
        for (int i = 0; i < 100; i++) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return new DirectoryServer(process, socket.getPort());
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        process.destroyForcibly();
        throw new AssertionError(Files.readString(folder.resolve("slapd.log")));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
