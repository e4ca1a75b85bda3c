package dev.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.agent.cli.Main;
import dev.agent.testing.architecture.PackageTable;
import dev.agent.testing.architecture.Rules;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The rules of {@link Rules} hold for the product, and each of them fails on a fixture that breaks
 * it: a rule that cannot fail guards nothing.
 */
class ArchitectureTest {
  private static final String FIXTURE = "dev.agent.testing.architecture.fixture";

  private static final Map<String, BiFunction<Rules, JavaClasses, List<String>>> RULES =
      Map.of(
          "every package is in the table", Rules::everyPackageIsInTheTable,
          "packages use only lower rows", Rules::packagesUseOnlyLowerRows,
          "packages have no cycles", Rules::packagesHaveNoCycles,
          "libraries stay at home", Rules::librariesStayAtHome,
          "files are written only at home", Rules::filesAreWrittenOnlyAtHome,
          "processes are started only at home", Rules::processesAreStartedOnlyAtHome,
          "the world is passed in", Rules::theWorldIsPassedIn,
          "static fields never change", Rules::staticFieldsNeverChange,
          "names say what a thing is", Rules::namesSayWhatAThingIs,
          "Main uses only the JDK", Rules::mainUsesOnlyTheJdk);

  /** What each rule must say about the fixture, in part; every line is one violation built in. */
  private static final Map<String, List<String>> VIOLATIONS =
      Map.of(
          "every package is in the table", List.of("fixture.stray\" has no row"),
          "packages use only lower rows",
              List.of(
                  "json uses loop",
                  "model uses model.anthropic",
                  "process uses net",
                  "tools.file uses tools.search"),
          "packages have no cycles", List.of("Cycle detected"),
          "libraries stay at home",
              List.of("LibraryUser uses ch.qos.logback", "uses okhttp3", "uses picocli"),
          "files are written only at home",
              List.of(
                  "FileOutputStream.<init>", "Files.delete", "Files.writeString", "FileWriter."),
          "processes are started only at home",
              List.of("ProcessBuilder.<init>", "Runtime.exec", "ProcessBuilder.start"),
          "the world is passed in",
              List.of(
                  "Clock.systemUTC",
                  "Instant.now",
                  "LocalDate.now",
                  "System.currentTimeMillis",
                  "System.err",
                  "System.exit",
                  "System.getenv",
                  "System.out",
                  "UUID.randomUUID"),
          "static fields never change",
              List.of(
                  "changing is static and not final",
                  "COUNTER is static and holds a value that changes",
                  "MUTABLE is a static collection that is not immutable"),
          "names say what a thing is",
              List.of("\"Helper\"", "\"Impl\"", "\"Manager\"", "\"Util\"", "\"Utils\""),
          "Main uses only the JDK",
              List.of("Main uses picocli.CommandLine", "Version uses org.slf4j"));

  @TestFactory
  Stream<DynamicTest> holdsForTheProduct() throws URISyntaxException {
    // The directory (or jar) of the product's own classes, without those of the tests.
    Path location = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    JavaClasses product = new ClassFileImporter().importPath(location);
    assertThat(product).as("classes in " + location).isNotEmpty();
    Rules rules = new Rules("dev.agent", PackageTable.PRODUCT);
    return new TreeMap<>(RULES)
        .entrySet().stream()
            .map(
                rule ->
                    dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().apply(rules, product)).isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> failsOnWhatBreaksIt() {
    JavaClasses broken = new ClassFileImporter().importPackages(FIXTURE);
    Rules rules = new Rules(FIXTURE, PackageTable.PRODUCT);
    return new TreeMap<>(RULES)
        .entrySet().stream()
            .map(
                rule ->
                    dynamicTest(
                        rule.getKey(),
                        () -> {
                          List<String> found = rule.getValue().apply(rules, broken);
                          for (String violation : VIOLATIONS.get(rule.getKey())) {
                            assertThat(found).anyMatch(line -> line.contains(violation));
                          }
                          assertThat(found).noneMatch(line -> line.contains("Innocent"));
                        }));
  }

  @Test
  void theTableHasAllRows() {
    assertThat(PackageTable.PRODUCT.names()).hasSize(50);
    assertThat(PackageTable.PRODUCT.allows("tui", "tui.cell")).isTrue();
    assertThat(PackageTable.PRODUCT.allows("tui.input", "tui.layout")).isFalse();
    assertThat(PackageTable.PRODUCT.allows("tools", "permission")).isFalse();
    assertThat(PackageTable.PRODUCT.allows("mode.print", "mode")).isTrue();
    assertThat(PackageTable.PRODUCT.allows("mode.print", "mode.stream")).isFalse();
    assertThat(PackageTable.PRODUCT.allows("cli", "text")).isTrue();
    assertThat(PackageTable.PRODUCT.allows("text", "cli")).isFalse();
  }
}
