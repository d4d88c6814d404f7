package dev.rapport.mining.spark;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;
import org.apache.spark.sql.SparkSession;

/** A Spark cluster of real processes on this machine: a master and two workers, ended with the test. */
final class LocalCluster implements AutoCloseable {
    private final Path home;
    private final List<Process> processes = new ArrayList<>();
    private final String master;

    LocalCluster() throws IOException, InterruptedException {
        home = Files.createTempDirectory("spark");
        Path jars = Files.createDirectory(home.resolve("jars"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")) Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
        }
        int port = freePort();
        master = "spark://127.0.0.1:" + port;
        start(
                "master",
                "org.apache.spark.deploy.master.Master",
                "--host",
                "127.0.0.1",
                "--port",
                "" + port,
                "--webui-port",
                "" + freePort());
        await("master", "Starting Spark master", 1);
        for (int i = 1; i <= 2; i++) {
            start(
                    "worker" + i,
                    "org.apache.spark.deploy.worker.Worker",
                    "--cores",
                    "1",
                    "--memory",
                    "1200m",
                    "--host",
                    "127.0.0.1",
                    "--webui-port",
                    "" + freePort(),
                    "--work-dir",
                    home.resolve("work" + i).toString(),
                    master);
        }
        await("master", "Registering worker", 2);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void start(String name, String type, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptionArray()));
        command.addAll(List.of("-Xmx300m", "-cp", home.resolve("jars") + "/*", type));
        command.addAll(Arrays.asList(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().put("SPARK_HOME", home.toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13");
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        Process process = builder.start();
        processes.add(process);
        // also when the test itself is ended
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    private void await(String name, String line, int times) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            String log = Files.readString(home.resolve(name + ".log"));
            if (log.split(line, -1).length - 1 >= times) return;
            Thread.sleep(100);
        }
        throw new IllegalStateException(
                name + " did not say '" + line + "':\n" + Files.readString(home.resolve(name + ".log")));
    }

    SparkSession session() {
        String own = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith(".jar"))
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElse("");
        return SparkSession.builder()
                .master(master)
                .appName("test")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.ui.enabled", "false")
                .config("spark.executor.memory", "900m")
                .config("spark.executor.cores", "1")
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.executor.extraClassPath", own)
                .getOrCreate();
    }

    Path home() {
        return home;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process process : processes) process.destroy();
        for (Process process : processes) {
            if (!process.waitFor(10, TimeUnit.SECONDS)) process.destroyForcibly();
        }
    }
}
