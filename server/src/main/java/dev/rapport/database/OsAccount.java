package dev.rapport.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * Under which account PostgreSQL runs. It refuses to run as root, so root's server runs as {@code postgres}
 * or {@code nobody} (by {@code setpriv}); an ordinary user's server runs as that user.
 */
final class OsAccount {
    private final boolean root;
    private final String uid;
    private final String gid;

    private OsAccount(boolean root, String uid, String gid) {
        this.root = root;
        this.uid = uid;
        this.gid = gid;
    }

    static OsAccount forServer(Path home, Path data, Path binaries) throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) return new OsAccount(false, "", "");
        letPass(home);
        letPass(binaries);
        if (Files.exists(data)) {
            var owner = Files.readAttributes(data, "unix:uid,gid");
            var uid = String.valueOf(owner.get("uid"));
            if (!uid.equals("0")) return new OsAccount(true, uid, String.valueOf(owner.get("gid")));
        }
        var account = exists("postgres") ? "postgres" : "nobody";
        return new OsAccount(true, output("id", "-u", account), output("id", "-g", account));
    }

    List<String> command(List<String> program) {
        if (!root) return program;
        var command = new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups"));
        command.addAll(program);
        return command;
    }

    void own(Path folder) throws IOException, InterruptedException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        if (root) output("chown", "-R", uid + ":" + gid, folder.toString());
    }

    /** Lets the server's account reach a folder that lies elsewhere. */
    void reach(Path folder) throws IOException {
        if (root) letPass(folder);
    }

    private static void letPass(Path folder) throws IOException {
        for (var path = folder; path != null && path.getNameCount() > 0; path = path.getParent()) {
            var permissions = Files.getPosixFilePermissions(path);
            if (permissions.add(java.nio.file.attribute.PosixFilePermission.OTHERS_EXECUTE))
                Files.setPosixFilePermissions(path, permissions);
        }
    }

    private static boolean exists(String account) throws IOException, InterruptedException {
        return new ProcessBuilder("id", "-u", account)
                        .redirectErrorStream(true)
                        .start()
                        .waitFor()
                == 0;
    }

    private static String output(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) throw new IOException(String.join(" ", command) + ": " + text.strip());
        return text.strip();
    }
}
