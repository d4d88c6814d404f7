package dev.rapport;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.rapport.http.Route;
import dev.rapport.metadata.ObjectSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The module borders and the five gates, so that a new endpoint cannot go around them. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.rapport");

    /** From the bottom up: a module imports only those before it; http and job may be used by all above the database. */
    private static final List<String> ORDER = List.of(
            "kernel",
            "outbound",
            "text",
            "match",
            "database",
            "http",
            "file",
            "metadata",
            "schema",
            "query",
            "formula",
            "encryption",
            "audit",
            "identity",
            "access",
            "job",
            "record",
            "search",
            "customization",
            "quality",
            "customer",
            "activity",
            "mail",
            "notify",
            "sales",
            "pool",
            "privacy",
            "administration",
            "exchange",
            "backup",
            "demo");

    @Test
    void modulesImportOnlyWhatLiesBelowThem() {
        for (int i = 0; i < ORDER.size(); i++)
            for (var above : ORDER.subList(i + 1, ORDER.size())) {
                noClasses()
                        .that()
                        .resideInAPackage("dev.rapport." + ORDER.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("dev.rapport." + above + "..")
                        .check(CLASSES);
            }
    }

    @Test
    void everyModuleIsInTheOrder() {
        classes()
                .that()
                .resideInAPackage("dev.rapport.*..")
                .should()
                .resideInAnyPackage(ORDER.stream()
                        .map(module -> "dev.rapport." + module + "..")
                        .toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void sqlIsBuiltInFewPlaces() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.rapport.kernel..",
                        "dev.rapport.metadata..",
                        "dev.rapport.customer..",
                        "dev.rapport.activity..",
                        "dev.rapport.mail..",
                        "dev.rapport.sales..",
                        "dev.rapport.demo..",
                        "..web..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jooq..")
                .check(CLASSES);
    }

    @Test
    void plainSqlIsBannedButForTheSampledTable() {
        noClasses()
                .that()
                .doNotHaveSimpleName("SampledTable")
                .should()
                .callMethodWhere(com.tngtech.archunit.core.domain.JavaCall.Predicates.target(
                        com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith(
                                org.jooq.PlainSQL.class)))
                .check(CLASSES);
    }

    @Test
    void mvcStaysInWebPackages() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.rapport.record",
                        "dev.rapport.exchange",
                        "dev.rapport.identity",
                        "dev.rapport.query..",
                        "dev.rapport.access..",
                        "dev.rapport.job",
                        "dev.rapport.sales",
                        "dev.rapport.metadata..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.web.bind..")
                .check(CLASSES);
    }

    @Test
    void nobodyOpensConnectionsToElsewhere() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.rapport.database..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.Socket")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.URLConnection")
                .check(CLASSES);
        noClasses()
                .that()
                // the database's programs lie in a JAR
                .resideOutsideOfPackages("dev.rapport.outbound..", "dev.rapport.database..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .orShould()
                .callMethod(java.net.URL.class, "openConnection")
                .orShould()
                .callMethod(java.net.URL.class, "openStream")
                .orShould()
                .callMethod(com.nimbusds.oauth2.sdk.http.HTTPRequest.class, "send")
                .check(CLASSES);
    }

    @Test
    void pathsAreKnownToFilesKeysTheDatabaseAndBackupsAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.rapport.file..",
                        "dev.rapport.database..",
                        "dev.rapport.kernel..",
                        "dev.rapport.encryption..",
                        "dev.rapport.backup..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.Files")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileInputStream")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.FileOutputStream")
                .check(CLASSES);
    }

    @Test
    void nothingIsDeserializedByJava() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(CLASSES);
    }

    @Test
    void everyHandlerSaysWhatItIsFor() {
        methods()
                .that()
                .areAnnotatedWith(org.springframework.web.bind.annotation.GetMapping.class)
                .or()
                .areAnnotatedWith(org.springframework.web.bind.annotation.PostMapping.class)
                .or()
                .areAnnotatedWith(org.springframework.web.bind.annotation.PatchMapping.class)
                .or()
                .areAnnotatedWith(org.springframework.web.bind.annotation.DeleteMapping.class)
                .and()
                .areDeclaredInClassesThat()
                .resideInAPackage("..web..")
                .should()
                .beAnnotatedWith(Route.class)
                .check(CLASSES);
    }

    @Test
    void objectsAreDefinedOneToAFile() {
        classes()
                .that()
                .implement(ObjectSource.class)
                .should()
                .beTopLevelClasses()
                .check(CLASSES);
    }
}
