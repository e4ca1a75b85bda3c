package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.agent.testing.Agent;
import dev.agent.testing.Agent.Result;
import dev.agent.testing.FakeJava;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The launcher of the packaged product: how it finds itself and a runtime, and what it passes on.
 */
class LauncherIT {
  private static final String VERSION = System.getProperty("agent.version", "0.1.0") + " (agent)\n";

  /** Prints the arguments after the main class, each in brackets. */
  private static final String SHOW_ARGUMENTS =
      "while [ \"$1\" != dev.agent.cli.Main ]; do shift; done; shift; for a; do printf '[%s]\\n"
          + "' \"$a\"; done";

  private static final String SHOW_OPTIONS =
      "for a; do [ \"$a\" = dev.agent.cli.Main ] && exit; printf '%s\\n' \"$a\"; done";

  @TempDir Path temp;
  private Path machine;

  @BeforeEach
  void makeAnEmptyMachine() throws IOException {
    machine = Files.createDirectories(temp.resolve("machine"));
  }

  @ParameterizedTest
  @CsvSource({"-v", "--version"})
  void launcherAndMainPrintTheSameVersion(String option) {
    Result launcher = Agent.packaged().run(option);
    Result main =
        Agent.at(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                jars(),
                "dev.agent.cli.Main")
            .run(option);

    assertThat(launcher).isEqualTo(new Result(0, VERSION, ""));
    assertThat(main).isEqualTo(launcher);
  }

  @ParameterizedTest
  @CsvSource({"-h", "--help"})
  void helpIsPrintedWithoutLoadingALibrary(String option) throws IOException {
    Path loaded = temp.resolve("loaded.txt");

    Result result =
        Agent.packaged().with("AGENT_JAVA_OPTS", "-Xlog:class+load:file=" + loaded).run(option);

    assertThat(result)
        .isEqualTo(new Result(0, new String(Main.helpText(), StandardCharsets.UTF_8), ""));
    List<String> libraries =
        Files.readAllLines(loaded).stream()
            .filter(line -> line.contains("source: file:") || line.contains("source: jar:"))
            .filter(line -> !line.contains("/agent-"))
            .toList();
    assertThat(libraries).isEmpty();
    assertThat(Files.readString(loaded))
        .contains("dev.agent.cli.Main ")
        .doesNotContain("picocli.CommandLine ", "dev.agent.cli.AgentCommand ");
  }

  @Test
  void unknownOptionsEndWithAMessageAndOne() {
    Result result = Agent.packaged().run("--no-such-option");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).contains("--no-such-option").doesNotContain("\tat ");
  }

  @Test
  void helpIntoAFullDiskSaysSo() {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    Result result = Agent.at("sh", "-c", "\"$0\" --help > /dev/full", launcher().toString()).run();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).startsWith("agent: cannot write to stdout:");
  }

  @Test
  void helpIntoAClosedPipeEndsQuietly() {
    Result result =
        Agent.at("bash", "-c", "\"$0\" --help | true; echo ${PIPESTATUS[0]}", launcher().toString())
            .run();

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout()).isIn("141\n", "0\n");
  }

  static Stream<Arguments> waysToCall() {
    return Stream.of(
        arguments("absolute", "$1/bin/agent"),
        arguments("relative from above", "cd \"$1\" && bin/agent"),
        arguments("relative from bin", "cd \"$1/bin\" && ./agent"),
        arguments("relative with dots", "cd \"$1/lib\" && ../bin/agent"),
        arguments("through PATH", "PATH=\"$1/bin:$PATH\" && agent"),
        arguments("through sh", "sh \"$1/bin/agent\""),
        arguments("through sh in bin", "cd \"$1/bin\" && sh agent"),
        arguments("absolute link", "ln -s \"$1/bin/agent\" \"$2/linked\" && \"$2/linked\""),
        arguments(
            "link to a link",
            "ln -s \"$1/bin/agent\" \"$2/one\" && ln -s one \"$2/two\" && \"$2/two\""),
        arguments(
            "relative link through PATH",
            "ln -s \"../product with blanks/bin/agent\" \"$2/a gent\" && PATH=\"$2:$PATH\" && 'a"
                + " gent'"),
        arguments("linked directory", "ln -s \"$1\" \"$2/dir\" && \"$2/dir/bin/agent\""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("waysToCall")
  void findsItselfHoweverItIsCalled(String name, String script) throws IOException {
    Path product = link(temp.resolve("product with blanks"));
    Path links = Files.createDirectories(temp.resolve("links"));
    String command = script.startsWith("$1") ? "\"" + script + "\"" : script;

    Result result =
        Agent.at("sh", "-c", command + " --no-such", "sh", product.toString(), links.toString())
            .run();

    assertThat(result.stderr()).contains("--no-such");
    assertThat(result.exitCode()).isEqualTo(1);
  }

  @Test
  void runsFromADirectoryThatNobodyMayWrite() throws IOException {
    Path product = link(temp.resolve("installed"));
    for (Path directory : List.of(product.resolve("lib"), product.resolve("bin"), product)) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
    try {
      Result result = Agent.at(product.resolve("bin/agent").toString()).run("--help");
      assertThat(result.exitCode()).isZero();
    } finally {
      Files.setPosixFilePermissions(product, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(
          product.resolve("lib"), PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(
          product.resolve("bin"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  @Test
  void runsWithoutAnyEnvironment() {
    Result result =
        Agent.at(
                "env",
                "-i",
                "AGENT_JAVA_HOME=" + System.getProperty("java.home"),
                launcher().toString())
            .run("--no-such");

    assertThat(result.stderr()).contains("--no-such");
  }

  @Test
  void aDirectoryWithAColonIsRefusedWithAReason() throws IOException {
    Path product = link(temp.resolve("a:b"));

    Result result = Agent.at(product.resolve("bin/agent").toString()).run("-p", "x");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("a:b").contains("colon");
  }

  @Test
  void anIncompleteInstallationIsNamed() throws IOException {
    Path bin = Files.createDirectories(temp.resolve("half/bin"));
    Files.copy(launcher(), bin.resolve("agent"));

    Result result = Agent.at(bin.resolve("agent").toString()).run("--version");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr())
        .contains("incomplete")
        .contains("half/bin/../lib/product.sh".replace("bin/../", ""));
  }

  static Stream<Arguments> argumentLists() {
    return Stream.of(
        arguments(List.of("")),
        arguments(List.of("a b", "  ", "*", "$HOME", "`id`", "\"", "'", "\\")),
        arguments(List.of("line\nbreak\n", "tab\t", "@file", "--", "-p", "--help")),
        arguments(List.of("-p", "ünï ✓ 漢", "\u001b[31m")),
        arguments(List.of("x".repeat(100_000))));
  }

  @ParameterizedTest
  @MethodSource("argumentLists")
  void argumentsArriveUnchanged(List<String> given) throws IOException {
    Agent agent = onFakeJava(SHOW_ARGUMENTS);

    Result result = agent.run(given.toArray(String[]::new));

    StringBuilder expected = new StringBuilder();
    given.forEach(argument -> expected.append('[').append(argument).append("]\n"));
    assertThat(result).isEqualTo(new Result(0, expected.toString(), ""));
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "130", "143", "255"})
  void exitCodesPassThrough(int code) throws IOException {
    assertThat(onFakeJava("exit " + code).run("-p", "x").exitCode()).isEqualTo(code);
  }

  @Test
  void theLauncherBecomesTheJvmSoThatSignalsReachIt() throws Exception {
    Process process = onFakeJava("echo $$; exec sleep 60").start("-p", "x");
    try {
      String pid = process.inputReader().readLine();
      process.destroy();

      assertThat(pid).isEqualTo(Long.toString(process.pid()));
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void stdinReachesTheJvm() throws IOException {
    assertThat(onFakeJava("cat").stdin("a\nb").run("-p").stdout()).isEqualTo("a\nb");
  }

  @Test
  void variablesThatMakeTheJvmTalkAreKeptAside() throws IOException {
    String show =
        "echo ${JAVA_TOOL_OPTIONS-unset} ${AGENT_KEEP_JAVA_TOOL_OPTIONS-unset}"
            + " ${JDK_JAVA_OPTIONS-unset} ${AGENT_KEEP__JAVA_OPTIONS-unset}";

    Result result =
        onFakeJava(show)
            .with("JAVA_TOOL_OPTIONS", "-Da='b c'")
            .with("AGENT_KEEP__JAVA_OPTIONS", "left over from an outer run")
            .run("-p", "x");

    assertThat(result.stdout()).isEqualTo("unset -Da='b c' unset unset\n");
  }

  @Test
  void theRealJvmStaysSilentAboutThem() {
    Result result =
        Agent.packaged()
            .with("JAVA_TOOL_OPTIONS", "-Dx=y")
            .with("JDK_JAVA_OPTIONS", "-Dx=y")
            .with("_JAVA_OPTIONS", "-Dx=y")
            .run("--help");

    assertThat(result.stderr()).isEmpty();
    assertThat(result.stdout()).startsWith("Usage: agent");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "unset",
      value = {
        "unset, unset, unset, C.UTF-8, ''",
        "C,     unset, unset, C.UTF-8, ''",
        "POSIX, unset, unset, C.UTF-8, ''",
        "de_DE.ISO-8859-1, unset, unset, C.UTF-8, ''",
        "de_DE.UTF-8, unset, unset, none, unkept",
        "en_US.utf8,  unset, unset, none, unkept",
        "C.UTF-8, C,  unset, C.UTF-8, ''",
        "C,  de_DE.UTF-8, unset, none, unkept",
        "C.UTF-8, C.UTF-8, C, C.UTF-8, C",
        "C, C, en_GB.UTF-8, en_GB.UTF-8, unkept",
      })
  void aLocaleThatCannotNameEveryFileIsReplaced(
      String lang, String ctype, String all, String expected, String kept) throws IOException {
    Agent agent = onFakeJava("echo \"${LC_ALL-none},${AGENT_KEEP_LC_ALL-unkept}\"").without("LANG");
    agent = lang == null ? agent : agent.with("LANG", lang);
    agent = ctype == null ? agent : agent.with("LC_CTYPE", ctype);
    agent = all == null ? agent : agent.with("LC_ALL", all);

    assertThat(agent.run("-p", "x").stdout()).isEqualTo(expected + "," + kept + "\n");
  }

  @ParameterizedTest
  @CsvSource({
    "-p x,                   true",
    "--print x,              true",
    "--output-format=json x, true",
    "--debug -p x,           false",
    "--debug=startup,        false",
    "x,                      true",
    "-- -p --debug,          true",
  })
  void optionsOfTheJvmFollowTheKindOfRun(String line, boolean silentLogging) throws IOException {
    List<String> options =
        onFakeJava(SHOW_OPTIONS).run(line.split(" +", -1)).stdout().lines().toList();

    assertThat(options)
        .contains("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:disable")
        .contains("--enable-native-access=ALL-UNNAMED");
    assertThat(options.contains("-Dslf4j.internal.verbosity=WARN")).isEqualTo(silentLogging);
  }

  @Test
  void furtherJvmOptionsAreTakenFromTheEnvironment() throws IOException {
    List<String> options =
        onFakeJava(SHOW_OPTIONS)
            .with("AGENT_JAVA_OPTS", "-Xmx2g -Dsome=thing")
            .run("-p", "x")
            .stdout()
            .lines()
            .toList();

    assertThat(options).containsSubsequence("-Xmx512m", "-Xmx2g", "-Dsome=thing");
  }

  /** Where a runtime of which version is, and which one is taken; null: none fits. */
  static Stream<Arguments> machines() {
    return Stream.of(
        arguments("nothing anywhere", "", "", null),
        arguments("a well-known place", "usr/lib/jvm/a=25.0.1", "", "usr/lib/jvm/a"),
        arguments("too old only", "usr/lib/jvm/a=17.0.2 usr/lib/jvm/b=24", "", null),
        arguments("old name of versions", "usr/lib/jvm/a=1.8.0_402", "", null),
        arguments("early access", "usr/lib/jvm/a=26-ea", "", "usr/lib/jvm/a"),
        arguments(
            "newest of several", "usr/lib/jvm/a=25 opt/jdk-27=27 opt/java/c=26", "", "opt/jdk-27"),
        arguments(
            "tools of users",
            "home/.sdkman/candidates/java/x=25",
            "",
            "home/.sdkman/candidates/java/x"),
        arguments("editors' place", "home/.jdks/x=25", "", "home/.jdks/x"),
        arguments(
            "macOS",
            "Library/Java/JavaVirtualMachines/x.jdk/Contents/Home=25",
            "",
            "Library/Java/JavaVirtualMachines/x.jdk/Contents/Home"),
        arguments(
            "macOS with Homebrew",
            "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home=25",
            "",
            "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home"),
        arguments(
            "JAVA_HOME before well-known",
            "usr/lib/jvm/a=27 own/jdk=25",
            "JAVA_HOME=own/jdk",
            "own/jdk"),
        arguments(
            "old JAVA_HOME is passed over",
            "usr/lib/jvm/a=25 own/jdk=17",
            "JAVA_HOME=own/jdk",
            "usr/lib/jvm/a"),
        arguments(
            "JAVA_HOME that is not there", "usr/lib/jvm/a=25", "JAVA_HOME=gone", "usr/lib/jvm/a"),
        arguments(
            "AGENT_JAVA_HOME before JAVA_HOME",
            "own/a=25 own/b=27",
            "JAVA_HOME=own/b AGENT_JAVA_HOME=own/a",
            "own/a"),
        arguments(
            "AGENT_JAVA_HOME is this or none",
            "own/a=17 usr/lib/jvm/b=25",
            "AGENT_JAVA_HOME=own/a",
            null),
        arguments("java on PATH", "usr/lib/jvm/a=27 away/jdk=25", "PATH=away/jdk", "away/jdk"),
        arguments(
            "java on PATH is a well-known one",
            "usr/lib/jvm/a=25 usr/lib/jvm/b=27",
            "PATH=usr/lib/jvm/a",
            "usr/lib/jvm/a"),
        arguments(
            "old java on PATH is passed over",
            "usr/lib/jvm/a=17 usr/lib/jvm/b=25",
            "PATH=usr/lib/jvm/a",
            "usr/lib/jvm/b"),
        arguments(
            "bundled runtime before PATH and well-known",
            "product/jre=25 usr/lib/jvm/a=27 away/jdk=26",
            "PATH=away/jdk",
            "product/jre"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("machines")
  void findsARuntime(String name, String runtimes, String variables, String expected)
      throws IOException {
    for (String runtime : runtimes.split(" ", -1)) {
      if (!runtime.isEmpty()) {
        String[] parts = runtime.split("=", -1);
        FakeJava.create(machine.resolve(parts[0]), parts[1], "echo \"$0\"");
      }
    }
    Path launcher = FakeJava.launcherOn(machine, machine.resolve("product"));
    Agent agent =
        Agent.at(launcher.toString())
            .without("AGENT_JAVA_HOME")
            .with("HOME", machine.resolve("home").toString())
            .with("PATH", pathWithoutJava());
    for (String variable : variables.split(" ", -1)) {
      if (!variable.isEmpty()) {
        String[] parts = variable.split("=", -1);
        String value = machine.resolve(parts[1]).toString();
        agent =
            parts[0].equals("PATH")
                ? agent.with("PATH", value + "/bin:" + pathWithoutJava())
                : agent.with(parts[0], value);
      }
    }

    Result result = agent.run("-p", "x");

    if (expected == null) {
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.stdout()).isEmpty();
      assertThat(result.stderr()).contains("version 25 or newer").contains("AGENT_JAVA_HOME");
    } else {
      assertThat(result).isEqualTo(new Result(0, machine.resolve(expected) + "/bin/java\n", ""));
    }
  }

  @Test
  void withoutARuntimeItSaysWhereItLookedAndWhatItFound() throws IOException {
    FakeJava.create(machine.resolve("usr/lib/jvm/seventeen"), "17.0.9", "");
    Path launcher = FakeJava.launcherOn(machine, machine.resolve("product"));

    Result result =
        Agent.at(launcher.toString())
            .without("AGENT_JAVA_HOME")
            .with("PATH", pathWithoutJava())
            .run("-p", "x");

    assertThat(result.stderr())
        .contains("JDK of version 25 or newer is needed")
        .contains("JAVA_HOME (not set)")
        .contains("/usr/lib/jvm")
        .contains(machine.resolve("usr/lib/jvm/seventeen") + " (Java 17.0.9)")
        .contains("export AGENT_JAVA_HOME=");
  }

  @Test
  void aLinkOnPathIsFollowedToItsRuntime() throws IOException {
    FakeJava.create(machine.resolve("far/away"), "25", "echo \"$0\"");
    Path bin = Files.createDirectories(machine.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("java.alternative"), machine.resolve("far/away/bin/java"));
    Files.createSymbolicLink(bin.resolve("java"), bin.resolve("java.alternative"));
    Path launcher = FakeJava.launcherOn(machine, machine.resolve("product"));

    Result result =
        Agent.at(launcher.toString())
            .without("AGENT_JAVA_HOME")
            .with("PATH", bin + ":" + pathWithoutJava())
            .run("-p", "x");

    assertThat(result.stdout()).isEqualTo(machine.resolve("far/away").toRealPath() + "/bin/java\n");
  }

  /** The real launcher on a runtime that only runs {@code script}. */
  private Agent onFakeJava(String script) throws IOException {
    Path home = FakeJava.create(temp.resolve("fake"), "25.0.9", script);
    Path launcher = FakeJava.launcherOn(machine, temp.resolve("product"));
    return Agent.at(launcher.toString())
        .with("AGENT_JAVA_HOME", home.toString())
        .with("AGENT_AOT", "off");
  }

  /** A PATH with every program of the machine but java. */
  private String pathWithoutJava() throws IOException {
    Path bin = Files.createDirectories(temp.resolve("programs"));
    for (String program : List.of("readlink", "sed", "mkdir", "nice", "cat")) {
      Path wrapper = bin.resolve(program);
      Files.writeString(wrapper, "#!/bin/sh\nexec " + find(program) + " \"$@\"\n");
      Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return bin.toString();
  }

  private static Path find(String program) {
    for (String directory : System.getenv("PATH").split(":", -1)) {
      Path file = Path.of(directory, program);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new IllegalStateException(program + " is not on PATH");
  }

  private static Path launcher() {
    return Agent.product().resolve("bin/agent");
  }

  private static String jars() {
    try (Stream<Path> files = Files.list(Agent.product().resolve("lib"))) {
      return String.join(
          ":", files.map(Path::toString).filter(name -> name.endsWith(".jar")).sorted().toList());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The product once more at {@code target}, its files being hard links. */
  private static Path link(Path target) throws IOException {
    for (String directory : List.of("bin", "lib")) {
      Path to = Files.createDirectories(target.resolve(directory));
      try (Stream<Path> files = Files.list(Agent.product().resolve(directory))) {
        for (Path file : files.toList()) {
          try {
            Files.createLink(to.resolve(file.getFileName()), file);
          } catch (IOException | UnsupportedOperationException e) {
            Files.copy(file, to.resolve(file.getFileName()));
          }
        }
      }
    }
    return target;
  }
}
