import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Puts the product together: jars, launcher, licences, and a start-up cache trained on them.
 *
 * <p>The product's own jar carries a digest of its content in its name, and the cache one of all
 * jars. So a rebuilt product has other file names, and the cache of an earlier build, which the JVM
 * would use without a look at the jars, cannot be taken for the new one's.
 *
 * <p>On the way into the product, classes are brought into a form that the cache can hold ({@link
 * OldClasses}, {@link PlainCalls}); what they do stays the same.
 *
 * <p>Usage: {@code java Product.java BASE VERSION OWN_JAR JARS_DIR PRODUCT_DIR [ARCHIVE]}; the
 * first Java release that runs the product is this program's own.
 */
final class Product {
  private static final int MIN_JAVA = 25;

  /** The time stamp of every jar in the product. */
  private static final Instant JARS_MADE = Instant.parse("2026-01-01T00:00:00Z");

  private Product() {}

  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[0]);
    String version = args[1];
    Path ownJar = Path.of(args[2]);
    Path jars = Path.of(args[3]);
    Path product = Path.of(args[4]);

    // Beside the old one and renamed at the end: there is never half a product under the name.
    Path stage = product.resolveSibling(product.getFileName() + ".new");
    delete(stage);
    Path fresh = stage.resolve("agent-" + version);
    Path lib = Files.createDirectories(fresh.resolve("lib"));
    Path bin = Files.createDirectories(fresh.resolve("bin"));

    List<String> names = new ArrayList<>();
    String ownName = "agent-" + version + "-" + digest(List.of(ownJar)) + ".jar";
    ClassHierarchyResolver hierarchy = hierarchy(ownJar, jars);
    PlainCalls.copy(ownJar, lib.resolve(ownName), hierarchy);
    names.add(ownName);
    for (Path jar : list(jars)) {
      OldClasses.copy(jar, lib.resolve(jar.getFileName()), hierarchy);
      names.add(jar.getFileName().toString());
    }
    String digest = digest(names.stream().map(lib::resolve).toList());

    Path launcher = base.resolve("scripts/launcher");
    Files.copy(launcher.resolve("jdk.sh"), lib.resolve("jdk.sh"));
    Files.copy(launcher.resolve("train.sh"), lib.resolve("train.sh"));
    Files.copy(launcher.resolve("training.yaml"), lib.resolve("training.yaml"));
    Path command = bin.resolve("agent");
    Files.copy(launcher.resolve("agent"), command);
    Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.copy(base.resolve("LICENSE"), fresh.resolve("LICENSE"));
    copyTree(base.resolve("scripts/build/licences"), fresh.resolve("licences"));
    for (String name : names) {
      copyLicences(lib.resolve(name), fresh.resolve("licences"));
    }

    // The JVM may compare the times of the jars with those of the training, so they must survive
    // the archive; the launcher looks whether they did, between two files made for that.
    for (String name : names) {
      Files.setLastModifiedTime(lib.resolve(name), FileTime.from(JARS_MADE));
    }
    stamp(lib.resolve("jars-after"), JARS_MADE.minusSeconds(2));
    stamp(lib.resolve("jars-until"), JARS_MADE);

    Path facts = lib.resolve("product.sh");
    write(facts, facts(version, digest, names, buildOfThisJava(lib)));
    trainAll(command, lib, digest);
    if (args.length > 5) {
      archive(fresh, Path.of(args[5]));
    }
    delete(product);
    Files.move(fresh, product);
    delete(stage);
    // Once more, where it stands: a start is ten milliseconds faster with a cache whose class path
    // need not be translated. Nobody knows where the archive will be unpacked.
    trainAll(product.resolve("bin/agent"), product.resolve("lib"), digest);
    System.out.println("product: " + product + ", " + names.size() + " jars, digest " + digest);
  }

  /** Which class extends which: asked for when the verifier's tables are made. */
  private static ClassHierarchyResolver hierarchy(Path ownJar, Path jars) throws IOException {
    List<URL> urls = new ArrayList<>(List.of(ownJar.toUri().toURL()));
    for (Path jar : list(jars)) {
      urls.add(jar.toUri().toURL());
    }
    return ClassHierarchyResolver.ofClassLoading(new URLClassLoader(urls.toArray(new URL[0])));
  }

  /** The licence and notice files that come inside {@code jar}, where a reader finds them. */
  private static void copyLicences(Path jar, Path licences) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        String name = entry.getName();
        String file = name.substring(name.lastIndexOf('/') + 1);
        String plain = file.toUpperCase(Locale.ROOT);
        boolean onTop = name.equals(file) || name.equals("META-INF/" + file);
        if (!onTop || !(plain.startsWith("LICENSE") || plain.startsWith("NOTICE"))) {
          continue;
        }
        Path directory = Files.createDirectories(licences.resolve(jar.getFileName().toString()));
        try (InputStream text = zip.getInputStream(entry)) {
          Files.copy(text, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static String facts(String version, String digest, List<String> names, String build) {
    return """
    # Written by the build: what this product consists of. Read by bin/agent.
    agent_version='%s'
    agent_min_java=%d
    agent_digest=%s
    agent_aot_build='%s'
    agent_jars='%s'
    """
        .formatted(version, MIN_JAVA, digest, build, String.join("\n", names));
  }

  /**
   * The build of the running JVM, spelled by the launcher's own function: both must agree to the
   * letter.
   */
  private static String buildOfThisJava(Path lib) throws IOException, InterruptedException {
    String script = ". \"$1\" && jdk_read \"$2\" && printf %s \"$jdk_build\"";
    Process process =
        new ProcessBuilder("sh", "-c", script, "sh", lib.resolve("jdk.sh").toString(), javaHome())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String build = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || build.isEmpty()) {
      throw new IOException("no \"release\" file that can be read in " + javaHome());
    }
    return build;
  }

  /** One cache for one-shot runs, one for sessions in a terminal. */
  private static void trainAll(Path command, Path lib, String digest)
      throws IOException, InterruptedException {
    for (String kind : List.of("", "-screen")) {
      train(command, lib.resolve("agent-" + digest + kind + ".aot"));
    }
  }

  /**
   * A missing cache costs start-up time and nothing else, but a build that cannot train is broken:
   * fail.
   */
  private static void train(Path command, Path cache) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command.toString()).inheritIO();
    builder.environment().put("AGENT_TRAIN", cache.toString());
    builder.environment().put("AGENT_JAVA_HOME", javaHome());
    Process process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IOException("training the start-up cache took more than five minutes");
    }
    if (process.exitValue() != 0) {
      throw new IOException("training the start-up cache failed");
    }
  }

  private static String javaHome() {
    return System.getProperty("java.home");
  }

  /** The first 16 hex digits of SHA-256 over names and contents. */
  private static String digest(List<Path> files) throws IOException, NoSuchAlgorithmException {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      sha.update(
          (file.getFileName() + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
      sha.update(content);
    }
    return HexFormat.of().formatHex(sha.digest(), 0, 8);
  }

  private static void stamp(Path file, Instant time) throws IOException {
    write(file, "Times of the jars lie between those of jars-after and jars-until.\n");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  /** Packs {@code directory} with its times; all files belong to root, whoever builds. */
  private static void archive(Path directory, Path archive)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("tar"));
    line.addAll(
        isBsdTar()
            ? List.of("--uid", "0", "--gid", "0", "--uname", "root", "--gname", "root")
            : List.of("--owner=root:0", "--group=root:0", "--sort=name"));
    line.addAll(List.of("-czf", archive.toString(), "-C", directory.getParent().toString()));
    line.add(directory.getFileName().toString());
    int exit = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (exit != 0) {
      throw new IOException(line + " ended with " + exit);
    }
  }

  private static boolean isBsdTar() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("tar", "--version").redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return text.contains("bsdtar");
  }

  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.sorted().toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
