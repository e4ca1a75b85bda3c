package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.testing.Agent;
import dev.agent.testing.Agent.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the build packs, and its start-up cache. The JVM does not compare a cache with the jars: a
 * stale one would run old classes, so these tests exchange code and look which one answers.
 */
class PackagingIT {
  private static final String OLD_TEXT = "for the options.";
  private static final String NEW_TEXT = "FOR THE OPTIONS.";
  private static final String FROM_CACHE = "dev.agent.cli.AgentCommand source: shared objects file";

  @TempDir Path temp;

  @Test
  void jarsAreSeparateFilesAndTheirLicencesAreShipped() throws IOException {
    Path product = Agent.product();
    List<String> names = names(product.resolve("lib"));

    assertThat(names).filteredOn(name -> name.matches("agent-.*\\.jar")).hasSize(1);
    assertThat(names).filteredOn(name -> name.matches("agent-[0-9a-f]{16}\\.aot")).hasSize(1);
    assertThat(names).anyMatch(name -> name.startsWith("picocli-"));
    assertThat(names).noneMatch(name -> name.matches("(junit|assertj|archunit|jspecify).*"));
    String own = names.stream().filter(name -> name.matches("agent-.*\\.jar")).findFirst().get();
    try (ZipFile jar = new ZipFile(product.resolve("lib").resolve(own).toFile())) {
      assertThat(Collections.list(jar.entries()))
          .extracting(ZipEntry::getName)
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(name -> name.startsWith("dev/agent/"));
    }
  }

  @Test
  void everyJarHasALicenceInThePackage() {
    Path product = Agent.product();
    List<String> licences = names(product.resolve("licences"));
    List<String> without =
        names(product.resolve("lib")).stream()
            .filter(name -> name.endsWith(".jar") && !licences.contains(name))
            .map(name -> name.replaceFirst("-\\d.*", ""))
            .toList();

    // Ours and those under the same Apache-2.0 are covered by LICENSE; the others have a text in
    // the sources.
    assertThat(product.resolve("LICENSE")).exists();
    assertThat(licences).contains("autolink", "jline", "jsoup", "lanterna", "logback");
    assertThat(without)
        .isSubsetOf(
            "agent",
            "annotations",
            "autolink",
            "error_prone_annotations",
            "java-diff-utils",
            "jline-native",
            "jline-reader",
            "jline-terminal",
            "jline-terminal-ffm",
            "json-schema-validator",
            "jsoup",
            "kotlin-stdlib",
            "lanterna",
            "logback-classic",
            "logback-core",
            "okhttp-jvm",
            "okio-jvm",
            "picocli",
            "snakeyaml-engine");
  }

  @Test
  void theRunUsesTheCache() throws IOException {
    assertThat(classesLoadedBy(Agent.packaged())).contains(FROM_CACHE);
  }

  @Test
  void theArchiveUnpacksToAProductThatRunsWithItsCache() throws Exception {
    Path archive = Path.of(System.getProperty("agent.archive", "target/agent-0.1.0.tar.gz"));
    Path target = Files.createDirectories(temp.resolve("un packed"));

    assertThat(command("tar", "-xzf", archive.toAbsolutePath().toString(), "-C", target.toString()))
        .isZero();

    Path product;
    try (Stream<Path> tops = Files.list(target)) {
      product = tops.reduce((a, b) -> failOnSecond(b)).orElseThrow();
    }
    assertThat(product.getFileName().toString()).matches("agent-\\d+\\.\\d+\\.\\d+");
    assertThat(names(product.resolve("lib"))).isEqualTo(names(Agent.product().resolve("lib")));
    assertThat(Files.isExecutable(product.resolve("bin/agent"))).isTrue();
    assertThat(Files.isExecutable(product.resolve("LICENSE"))).isFalse();
    assertThat(classesLoadedBy(Agent.at(product.resolve("bin/agent").toString())))
        .contains(FROM_CACHE);
  }

  @Test
  void aRebuiltProductNeverRunsOldCode() throws Exception {
    Path product = copy("product");
    String before = answer(product);
    Path changedJar = changedJar(ownJar(product));
    assertThat(Files.size(changedJar)).isEqualTo(Files.size(storedJar(ownJar(product), "same")));

    // The very step of the build, over the old product.
    int exit =
        command(
            javaHome().resolve("bin/java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "scripts/build/Product.java",
            Path.of("").toAbsolutePath().toString(),
            System.getProperty("agent.version", "0.1.0"),
            changedJar.toString(),
            libraries(product).toString(),
            product.toString());

    assertThat(exit).isZero();
    assertThat(before).contains(OLD_TEXT).doesNotContain(NEW_TEXT);
    assertThat(answer(product)).contains(NEW_TEXT).doesNotContain(OLD_TEXT);
    assertThat(classesLoadedBy(launcher(product))).contains(FROM_CACHE);
  }

  @Test
  void theCacheOfAnEarlierBuildThatStayedBehindIsIgnored() throws Exception {
    Path product = copy("product");
    Path own = ownJar(product);
    Path other = product.resolve("lib/agent-0.1.0-ffffffffffffffff.jar");
    Files.move(changedJar(own), other);
    Files.delete(own);
    Path facts = product.resolve("lib/product.sh");
    Files.writeString(
        facts,
        Files.readString(facts)
            .replace(own.getFileName().toString(), other.getFileName().toString())
            .replaceFirst("agent_digest=\\w+", "agent_digest=ffffffffffffffff"));

    assertThat(answer(product)).contains(NEW_TEXT);
  }

  @Test
  void aJarExchangedByHandIsRunAsItIs() throws Exception {
    Path product = copy("product");
    Path own = ownJar(product);
    Path changed = changedJar(own);
    Files.delete(own);
    Files.copy(changed, own);

    assertThat(answer(product)).contains(NEW_TEXT);
    assertThat(classesLoadedBy(launcher(product)))
        .doesNotContain("source: shared objects file (top)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "not a cache at all", "half"})
  void aDamagedCacheCostsTimeAndNothingElse(String damage) throws IOException {
    Path product = copy("product");
    Path cache = cache(product);
    byte[] whole = Files.readAllBytes(cache);
    Files.delete(cache);
    Files.write(
        cache,
        damage.equals("half")
            ? java.util.Arrays.copyOf(whole, whole.length / 2)
            : damage.getBytes(StandardCharsets.UTF_8));

    Result result = launcher(product).run("--no-such");

    assertThat(result).isEqualTo(Agent.packaged().run("--no-such"));
  }

  @Test
  void aMissingCacheCostsTimeAndNothingElse() throws IOException {
    Path product = copy("product");
    Files.delete(cache(product));

    assertThat(launcher(product).with("AGENT_AOT", "off").run("--no-such"))
        .isEqualTo(Agent.packaged().run("--no-such"));
  }

  @Test
  void onAnotherJvmTheCacheIsTrainedOnceBesideTheRun() throws Exception {
    Path product = copyForAnotherJvm("product");
    Path caches = temp.resolve("cache home");
    Agent agent = launcher(product).with("XDG_CACHE_HOME", caches.toString());

    Result first = agent.run("--no-such");
    List<Result> meanwhile =
        Stream.of(1, 2, 3).parallel().map(i -> agent.run("--no-such")).toList();

    Path trained = caches.resolve("agent/aot");
    await(() -> names(trained).stream().anyMatch(name -> name.endsWith(".aot")));
    assertThat(first).isEqualTo(Agent.packaged().run("--no-such"));
    assertThat(meanwhile).allMatch(first::equals);
    assertThat(names(trained)).hasSize(2);
    assertThat(names(trained))
        .allMatch(name -> name.matches("agent-[0-9a-f]{16}-.*\\.(aot|tried)"));
    assertThat(classesLoadedBy(agent)).contains(FROM_CACHE);
    assertThat(Files.getPosixFilePermissions(trained))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void theRunDoesNotWaitForTheTraining() throws Exception {
    Path product = copyForAnotherJvm("product");
    Path programs = Files.createDirectories(temp.resolve("programs"));
    Path started = temp.resolve("started");
    Path gate = temp.resolve("gate");
    Path nice = programs.resolve("nice");
    Files.writeString(
        nice,
        // It ends with the test's directory, so that a test cut off leaves nothing running.
        "#!/bin/sh\n: >'%1$s'\nwhile [ ! -e '%2$s' ] && [ -e '%1$s' ]; do sleep 0.05; done\n"
            .formatted(started, gate));
    Files.setPosixFilePermissions(nice, PosixFilePermissions.fromString("rwxr-xr-x"));
    Agent agent =
        launcher(product)
            .with("XDG_CACHE_HOME", temp.resolve("caches").toString())
            .with("PATH", programs + ":" + System.getenv("PATH"));
    try {
      // Through pipes: a training that held one open would keep the reader waiting.
      Process run = agent.start("--no-such");
      String err = new String(run.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(1);
      assertThat(err).contains("--no-such");
      await(() -> Files.exists(started));
    } finally {
      Files.createFile(gate);
    }
  }

  @Test
  void aTrainingThatFailedIsNotTriedAgain() throws Exception {
    Path product = copyForAnotherJvm("product");
    Files.writeString(
        product.resolve("lib/train.sh"), "echo again >>\"$XDG_CACHE_HOME/tries\"; exit 1\n");
    Path caches = Files.createDirectories(temp.resolve("caches"));
    Agent agent = launcher(product).with("XDG_CACHE_HOME", caches.toString());

    agent.run("--no-such");
    await(() -> Files.exists(caches.resolve("tries")));
    agent.run("--no-such");
    agent.run("--no-such");

    assertThat(Files.readAllLines(caches.resolve("tries"))).containsExactly("again");
    assertThat(names(caches.resolve("agent/aot"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"relative/place", "/proc/no/such/place", "/dev/null"})
  void aCacheHomeThatCannotBeUsedIsNoProblem(String place) throws IOException {
    Path product = copyForAnotherJvm("product");
    Agent agent = launcher(product).with("XDG_CACHE_HOME", place).in(temp);

    assertThat(agent.run("--no-such")).isEqualTo(Agent.packaged().run("--no-such"));
    assertThat(temp.resolve("relative")).doesNotExist();
  }

  @Test
  void withoutAHomeNothingIsTrained() throws IOException {
    Path product = copyForAnotherJvm("product");
    Agent agent = launcher(product).without("HOME").without("XDG_CACHE_HOME").in(temp);

    assertThat(agent.run("--no-such")).isEqualTo(Agent.packaged().run("--no-such"));
    assertThat(names(temp)).containsExactly("product");
  }

  @Test
  void aCopyThatLostTheTimesOfItsFilesTrainsItsOwnCache() throws Exception {
    Path product = copy("product");
    try (Stream<Path> files = Files.list(product.resolve("lib"))) {
      FileTime now = FileTime.from(Files.getLastModifiedTime(cache(product)).toInstant());
      for (Path file : files.toList()) {
        Files.setLastModifiedTime(file, now);
      }
    }
    Path caches = temp.resolve("caches");
    Agent agent = launcher(product).with("XDG_CACHE_HOME", caches.toString());

    Result first = agent.run("--no-such");

    assertThat(first).isEqualTo(Agent.packaged().run("--no-such"));
    await(
        () -> names(caches.resolve("agent/aot")).stream().anyMatch(name -> name.endsWith(".aot")));
    assertThat(classesLoadedBy(agent)).contains(FROM_CACHE);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1_000_000, -3, 1, 1_000_000})
  void aLibraryWithAnotherTimeLeavesTheCacheUnused(long seconds) throws IOException {
    Path product = copy("product");
    Path library = only(product.resolve("lib"), "picocli-.*");
    FileTime made = Files.getLastModifiedTime(library);
    Files.setLastModifiedTime(library, FileTime.from(made.toInstant().plusSeconds(seconds)));

    assertThat(classesLoadedBy(launcher(product).without("HOME"))).doesNotContain(FROM_CACHE);
  }

  private Agent launcher(Path product) {
    return Agent.at(product.resolve("bin/agent").toString());
  }

  /** The message whose text the tests exchange; it comes out of a class that the cache holds. */
  private String answer(Path product) {
    return launcher(product).run("--no-such").stderr();
  }

  private String classesLoadedBy(Agent agent) throws IOException {
    Path log = Files.createTempFile(temp, "classes", ".txt");
    agent.with("AGENT_JAVA_OPTS", "-Xlog:class+load:file=" + log).run("--no-such");
    return Files.readString(log);
  }

  private Path copy(String name) throws IOException {
    Path target = temp.resolve(name);
    for (String directory : List.of("bin", "lib")) {
      Path to = Files.createDirectories(target.resolve(directory));
      try (Stream<Path> files = Files.list(Agent.product().resolve(directory))) {
        for (Path file : files.toList()) {
          Files.copy(
              file,
              to.resolve(file.getFileName()),
              java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    }
    return target;
  }

  /** A product whose packaged cache belongs to a JVM that this machine does not have. */
  private Path copyForAnotherJvm(String name) throws IOException {
    Path product = copy(name);
    Path facts = product.resolve("lib/product.sh");
    Files.writeString(
        facts,
        Files.readString(facts).replaceFirst("agent_aot_build='[^']*'", "agent_aot_build='other'"));
    return product;
  }

  private static Path ownJar(Path product) throws IOException {
    return only(product.resolve("lib"), "agent-.*\\.jar");
  }

  private static Path cache(Path product) throws IOException {
    return only(product.resolve("lib"), "agent-.*\\.aot");
  }

  private static Path only(Path directory, String pattern) throws IOException {
    return directory.resolve(
        names(directory).stream().filter(name -> name.matches(pattern)).findFirst().orElseThrow());
  }

  /** All jars but our own, as the build hands them to the packaging step. */
  private Path libraries(Path product) throws IOException {
    Path target = Files.createDirectories(temp.resolve("libraries"));
    for (String name : names(product.resolve("lib"))) {
      if (name.endsWith(".jar") && !name.startsWith("agent-")) {
        Files.copy(product.resolve("lib").resolve(name), target.resolve(name));
      }
    }
    return target;
  }

  /** {@code jar} with one string of one class exchanged by another of the same length. */
  private Path changedJar(Path jar) throws IOException {
    return rewrite(jar, temp.resolve("changed.jar"), OLD_TEXT, NEW_TEXT);
  }

  private Path storedJar(Path jar, String name) throws IOException {
    return rewrite(jar, temp.resolve(name + ".jar"), OLD_TEXT, OLD_TEXT);
  }

  /** Uncompressed, so that equal lengths stay equal. */
  private static Path rewrite(Path jar, Path target, String from, String to) throws IOException {
    int hits = 0;
    try (ZipFile source = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(file)) {
      out.setLevel(0);
      for (ZipEntry entry : Collections.list(source.entries())) {
        String content;
        try (InputStream in = source.getInputStream(entry)) {
          content = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        if (content.contains(from)) {
          hits++;
        }
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(copy);
        out.write(content.replace(from, to).getBytes(StandardCharsets.ISO_8859_1));
        out.closeEntry();
      }
    }
    assertThat(hits).as("classes with \"" + from + "\"").isEqualTo(1);
    return target;
  }

  private int command(String... line) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(temp.resolve("command.log").toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    return process.exitValue();
  }

  private static List<String> names(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path failOnSecond(Path second) {
    throw new AssertionError("a second top directory: " + second);
  }

  private static Path javaHome() {
    return Path.of(System.getProperty("java.home"));
  }

  /**
   * Another process cannot notify us: look until it is so, for five minutes at most: what it waits
   * for runs with low priority.
   */
  private static void await(java.util.function.BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not so after five minutes");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }
}
