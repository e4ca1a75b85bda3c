package dev.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Agent;
import dev.agent.testing.Agent.Result;
import dev.agent.testing.FakeJava;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mvnw} and {@code scripts/agent} in a small checkout on a machine of their own. */
class BuildScriptsTest {
  private static final String MAVEN_VERSION = "3.9.11";

  @TempDir Path temp;
  private Path machine;
  private Path checkout;
  private Path programs;

  @BeforeEach
  void makeACheckout() throws IOException {
    machine = Files.createDirectories(temp.resolve("machine"));
    programs = Files.createDirectories(machine.resolve("programs"));
    checkout = Files.createDirectories(temp.resolve("check out"));
    Files.createDirectories(checkout.resolve("scripts/launcher"));
    Files.createDirectories(checkout.resolve("scripts/build"));
    Files.createDirectories(checkout.resolve("src/main"));
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("LICENSE"), "");
    Files.writeString(checkout.resolve("src/main/A.java"), "class A {}");
    Files.copy(Path.of("mvnw"), checkout.resolve("mvnw"));
    Files.copy(Path.of("scripts/agent"), checkout.resolve("scripts/agent"));
    FakeJava.confine(
        Path.of("scripts/launcher/jdk.sh"), machine, checkout.resolve("scripts/launcher/jdk.sh"));
    for (String program :
        List.of(
            "sed",
            "cat",
            "curl",
            "wget",
            "tar",
            "gzip",
            "mkdir",
            "rm",
            "mv",
            "sha512sum",
            "shasum",
            "find",
            "head",
            "dirname",
            "sleep",
            "touch",
            "readlink")) {
      for (String directory : System.getenv("PATH").split(":", -1)) {
        if (Files.isExecutable(Path.of(directory, program))) {
          script(programs.resolve(program), "exec " + directory + "/" + program + " \"$@\"");
          break;
        }
      }
    }
  }

  @Test
  void withoutAJdkTheBuildSaysWhatIsNeededWhereItLookedAndHowToPointToOne() throws IOException {
    FakeJava.create(machine.resolve("usr/lib/jvm/old"), "17.0.1", "");
    maven("3.9.0");

    Result result = mvnw().run("verify");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr())
        .contains("A JDK of version 25 or newer is needed")
        .contains("/usr/lib/jvm")
        .contains("usr/lib/jvm/old (Java 17.0.1)")
        .contains("export AGENT_JAVA_HOME=");
  }

  @Test
  void aRuntimeWithoutACompilerIsNoJdk() throws IOException {
    Path runtime = FakeJava.create(machine.resolve("usr/lib/jvm/jre"), "25", "");
    Files.delete(runtime.resolve("bin/javac"));
    maven("3.9.0");

    assertThat(mvnw().run("verify").stderr()).contains("A JDK of version 25 or newer is needed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.8.7", "3.9.11", "4.0.0"})
  void anInstalledMavenGetsAllArgumentsAndLearnsWhereTheJdkIs(String version) throws IOException {
    Path jdk = FakeJava.create(machine.resolve("opt/java/mine"), "26.0.1", "");
    maven(version);

    Result result = mvnw().run("-q", "a b", "verify");

    assertThat(result).isEqualTo(new Result(0, "maven [-q] [a b] [verify] " + jdk + "\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.6.3", "2.2.1", "none"})
  void withoutAMavenItSaysHowToGetOne(String version) throws IOException {
    FakeJava.create(machine.resolve("opt/java/mine"), "25", "");
    if (!version.equals("none")) {
      maven(version);
    }

    Result result = mvnw().run("verify");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stderr()).contains("Maven 3.8 or newer is needed").contains("MVNW_REPOURL");
  }

  @Test
  void withARepositoryMavenIsDownloadedOnceAndItsChecksumCompared() throws Exception {
    FakeJava.create(machine.resolve("opt/java/mine"), "25", "");
    Path archive = mavenRepository();
    Path sum = archive.resolveSibling(archive.getFileName() + ".sha512");
    String right = Files.readString(sum);
    Agent mvnw = mvnw().with("MVNW_REPOURL", temp.resolve("repository").toUri().toString());

    Files.writeString(sum, "0".repeat(128));
    Result damaged = mvnw.run("verify");
    Files.writeString(sum, right);
    Result first = mvnw.run("verify");
    Files.delete(archive);
    Result second = mvnw.run("verify");

    assertThat(damaged.exitCode()).isEqualTo(1);
    assertThat(damaged.stderr()).contains("checksum").contains("nothing was installed");
    assertThat(first.stdout()).startsWith("downloaded maven [verify]");
    assertThat(second).isEqualTo(first);
    try (Stream<Path> left = Files.list(temp.resolve("home/.m2/wrapper/dists/agent"))) {
      assertThat(left.map(p -> p.getFileName().toString()))
          .containsExactly("apache-maven-" + MAVEN_VERSION);
    }
  }

  @Test
  void theProductIsBuiltWhenMissingAndNotAgain() throws IOException {
    Agent agent = scriptsAgent("");

    Result first = agent.run("a b", "c");
    Result second = agent.run("a b", "c");

    assertThat(first.stdout()).isEqualTo("build 1: a b|c|\n");
    assertThat(first.stderr()).startsWith("agent: building").hasLineCount(1);
    assertThat(second).isEqualTo(new Result(0, first.stdout(), ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"changed", "added", "deleted", "pom", "launcher"})
  void theProductIsBuiltAgainAfterAChange(String change) throws IOException {
    Agent agent = scriptsAgent("");
    agent.run();
    Path source = checkout.resolve("src/main/A.java");
    switch (change) {
      case "changed" -> later(source);
      case "added" -> {
        Files.writeString(checkout.resolve("src/main/B.java"), "");
        later(checkout.resolve("src/main/B.java"));
      }
      case "deleted" -> {
        Files.delete(source);
        later(checkout.resolve("src/main"));
      }
      case "pom" -> later(checkout.resolve("pom.xml"));
      default -> later(checkout.resolve("scripts/launcher/jdk.sh"));
    }

    assertThat(agent.run().stdout()).startsWith("build 2:");
    assertThat(agent.with("AGENT_REBUILD", "no").run().stdout()).startsWith("build 2:");
  }

  @Test
  void aFailedBuildShowsItsLogOnStderr() throws IOException {
    Result result = scriptsAgent("echo it went wrong; exit 3").run();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.stdout()).isEmpty();
    assertThat(result.stderr()).contains("it went wrong").contains("the build failed");
    assertThat(checkout.resolve("target/build.lock")).doesNotExist();
  }

  @Test
  void twoCallsAtOnceBuildOnce() throws Exception {
    Agent agent = scriptsAgent("until [ -e ../gate ]; do sleep 0.05; done");
    Process first = agent.start();
    while (!Files.exists(checkout.resolve("target/build.lock/pid"))) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    Process second = agent.start();
    Files.createFile(temp.resolve("gate"));

    assertThat(first.inputReader().readLine()).isEqualTo("build 1: ");
    assertThat(second.inputReader().readLine()).isEqualTo("build 1: ");
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
  }

  @Test
  void theLockOfABuildThatWasKilledIsTakenOver() throws IOException {
    Agent agent = scriptsAgent("");
    Files.createDirectories(checkout.resolve("target/build.lock"));
    Files.writeString(checkout.resolve("target/build.lock/pid"), "99999999");

    assertThat(agent.run().stdout()).startsWith("build 1:");
  }

  private Agent mvnw() {
    return onTheMachine(Agent.at(checkout.resolve("mvnw").toString()));
  }

  /** The script with a {@code mvnw} that first runs {@code before} and then counts its calls. */
  private Agent scriptsAgent(String before) throws IOException {
    script(
        checkout.resolve("mvnw"),
        before
            + """

            mkdir -p target/agent/bin target/agent/lib
            echo . >>target/count
            count=0
            while read -r _; do count=$((count + 1)); done <target/count
            {
              echo '#!/bin/sh'
              echo "printf 'build $count: '; printf '%s' \\"\\${1+\\$1|}\\${2+\\$2|}\\"; echo"
            } >target/agent/bin/agent
            chmod +x target/agent/bin/agent
            : >target/agent/lib/product.sh
            """
                .replace("chmod", "/bin/chmod"));
    return onTheMachine(Agent.at(checkout.resolve("scripts/agent").toString()));
  }

  private Agent onTheMachine(Agent agent) {
    return agent
        .without("AGENT_JAVA_HOME")
        .with("PATH", programs.toString())
        .with("HOME", temp.resolve("home").toString());
  }

  private void maven(String version) throws IOException {
    script(programs.resolve("mvn"), fakeMaven("maven", version));
  }

  private static String fakeMaven(String name, String version) {
    return """
    if [ "$1" = -v ]; then echo "Apache Maven %s (abc)"; echo "Maven home: x"; exit; fi
    printf '%s'
    for a; do printf ' [%%s]' "$a"; done
    echo " ${JAVA25_HOME-}${JAVA26_HOME-}"
    """
        .formatted(version, name);
  }

  /** A repository with a Maven that says that it was downloaded; the path of the archive. */
  private Path mavenRepository() throws Exception {
    String name = "apache-maven-" + MAVEN_VERSION;
    Path work = Files.createDirectories(temp.resolve("work/" + name + "/bin"));
    script(work.resolve("mvn"), fakeMaven("downloaded maven", MAVEN_VERSION));
    Path directory =
        Files.createDirectories(
            temp.resolve("repository/org/apache/maven/apache-maven/" + MAVEN_VERSION));
    Path archive = directory.resolve(name + "-bin.tar.gz");
    Process tar =
        new ProcessBuilder(
                "tar", "-czf", archive.toString(), "-C", temp.resolve("work").toString(), name)
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
    Files.writeString(directory.resolve(name + "-bin.tar.gz.sha512"), sha512(archive) + "  x\n");
    return archive;
  }

  private static String sha512(Path file) throws IOException, NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(file)));
  }

  private static void script(Path file, String text) throws IOException {
    Files.deleteIfExists(file);
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Newer than the stamp of the build, whatever the resolution of the file system's clock. */
  private void later(Path file) throws IOException {
    FileTime stamp = Files.getLastModifiedTime(checkout.resolve("target/agent/lib/product.sh"));
    Files.setLastModifiedTime(file, FileTime.from(stamp.toInstant().plus(Duration.ofSeconds(2))));
  }
}
