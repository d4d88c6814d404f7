package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every example in a public type's comment compiles and runs; every public type has one. */
public class ExamplesTest {
    private static final Pattern SNIPPET =
            Pattern.compile("\\{@snippet :\\n(.*?)\\n \\* }\\n \\*(?:/|\\n)", Pattern.DOTALL);

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> everyPublicTypeHasARunnableExample() throws Exception {
        return tests(Path.of("src/main/java"));
    }

    protected Stream<DynamicTest> tests(Path sources) throws Exception {
        Map<String, String> examples = new LinkedHashMap<>();
        var packages = new TreeSet<String>();
        packages.add("dev.rapport.mining");
        var without = new ArrayList<String>();
        for (Path file : javaFiles(Path.of("../mining/src/main/java"))) packages.add(packageOf(file));
        for (Path file : javaFiles(sources)) {
            String source = Files.readString(file);
            String name = file.getFileName().toString().replace(".java", "");
            packages.add(packageOf(file));
            if (!Pattern.compile("^public [a-z ]*(class|record|interface|enum) " + name, Pattern.MULTILINE)
                    .matcher(source)
                    .find()) {
                continue;
            }
            var found = SNIPPET.matcher(source);
            if (found.find()) examples.put(name, found.group(1).replaceAll("(?m)^ \\* ?", ""));
            else without.add(name);
        }
        assertThat(without).as("public types without an example").isEmpty();
        compile(examples, packages);
        var loader = new java.net.URLClassLoader(
                new java.net.URL[] {folder.toUri().toURL()},
                Thread.currentThread().getContextClassLoader());
        return examples.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(
                        name,
                        () -> loader.loadClass("Example" + name)
                                .getMethod("run")
                                .invoke(null)));
    }

    private void compile(Map<String, String> examples, TreeSet<String> packages) throws IOException {
        String imports =
                packages.stream().map(each -> "import " + each + ".*;\n").collect(Collectors.joining());
        var files = new ArrayList<Path>();
        for (var example : examples.entrySet()) {
            Path file = folder.resolve("Example" + example.getKey() + ".java");
            Files.writeString(
                    file,
                    imports + "import java.time.*;\nimport java.util.*;\n"
                            // names that java.util or java.time have too
                            + "public class Example" + example.getKey() + " {\n"
                            + "static void check(boolean holds) { if (!holds) throw new AssertionError(); }\n"
                            + "public static void run() throws Exception {\n" + example.getValue() + "\n}}\n");
            files.add(file);
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var manager = compiler.getStandardFileManager(null, null, null);
        var messages = new StringWriter();
        var options = List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        boolean good = compiler.getTask(
                        messages, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                .call();
        assertThat(good).as(messages.toString()).isTrue();
    }

    private static List<Path> javaFiles(Path sources) throws IOException {
        try (var files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static String packageOf(Path file) throws IOException {
        var found = Pattern.compile("^package ([a-z.]+);", Pattern.MULTILINE).matcher(Files.readString(file));
        return found.find() ? found.group(1) : "dev.rapport.mining";
    }
}
