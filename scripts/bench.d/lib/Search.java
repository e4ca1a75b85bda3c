import dev.agent.tools.search.SearchDebug;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/** Measures searches in a generated tree: our own engine, each time in a new JVM, and ripgrep. */
final class Search {
  private record Row(String name, List<String> ours, List<String> ripgrep) {}

  private record Sample(double wallMillis, double innerMillis, double peakMegabytes) {}

  private static final String[] WORDS =
      ("public static final void return class import if else for while new this null true false int"
              + " String List value name size index result error handler request response buffer"
              + " stream parse format write read open close start stop run call test assert")
          .split(" ");
  private static final String[] ENDINGS = {"java", "ts", "py", "go", "md", "json", "c", "h"};

  private Search() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 1 && args[0].equals("--child")) {
      StringBuilder out = new StringBuilder();
      List<String> search = Arrays.asList(args).subList(2, args.length);
      Path cwd = Path.of(args[1]);
      int code = SearchDebug.run(search, cwd, cwd, out);
      System.out.print(out);
      System.exit(code);
    }
    int runs = 5;
    int files = 100_000;
    Path keep = null;
    for (int i = 2; i < args.length; i++) {
      boolean isLast = i + 1 == args.length;
      if (args[i].equals("-n") && !isLast && args[i + 1].matches("[1-9]\\d{0,2}")) {
        runs = Integer.parseInt(args[++i]);
      } else if (args[i].equals("--files") && !isLast && args[i + 1].matches("[1-9]\\d{0,6}")) {
        files = Integer.parseInt(args[++i]);
      } else if (args[i].equals("--keep") && !isLast) {
        keep = Path.of(args[++i]).toAbsolutePath();
      } else {
        System.err.println(
            "scripts/bench search: unknown or incomplete argument \""
                + args[i]
                + "\"; see scripts/bench search --help.");
        System.exit(1);
      }
    }
    Path work = Files.createTempDirectory("agent-bench");
    try {
      Path tree = keep == null ? work.resolve("tree") : keep;
      Path done = tree.resolve(".made-" + files);
      if (!Files.exists(done)) {
        if (Files.exists(tree) && isFilled(tree)) {
          System.err.println("scripts/bench search: " + tree + " holds something else.");
          System.exit(1);
        }
        make(tree, files);
        Files.writeString(done, "");
      }
      measure(Path.of(args[0]), Path.of(args[1]), tree, work, runs, files);
    } finally {
      delete(work);
    }
  }

  private static boolean isFilled(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.findAny().isPresent();
    }
  }

  private static void make(Path tree, int files) throws IOException {
    System.err.println("making " + files + " files in " + tree);
    Random random = new Random(20_240_607);
    Files.createDirectories(tree.resolve(".git"));
    Files.writeString(tree.resolve(".gitignore"), "*.log\n/out/\nnode_modules/\n!keep.log\n");
    List<Path> directories = new ArrayList<>(List.of(tree));
    for (int i = 0; i < files / 15; i++) {
      Path parent = directories.get(random.nextInt(directories.size()));
      Path directory = parent.resolve(WORDS[random.nextInt(WORDS.length)] + i);
      Files.createDirectories(directory);
      directories.add(directory);
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < files; i++) {
      boolean isLog = random.nextInt(20) == 0;
      boolean isBinary = random.nextInt(40) == 0;
      String ending = isLog ? "log" : isBinary ? "png" : ENDINGS[random.nextInt(ENDINGS.length)];
      Path file =
          directories.get(random.nextInt(directories.size())).resolve("file" + i + "." + ending);
      text.setLength(0);
      int lines = (int) Math.exp(random.nextGaussian() * 1.1 + 3.3);
      for (int line = 0; line < lines; line++) {
        text.append(" ".repeat(2 * random.nextInt(4)));
        for (int word = 0; word < 1 + random.nextInt(9); word++) {
          text.append(WORDS[random.nextInt(WORDS.length)]).append(word % 3 == 2 ? "(" : " ");
        }
        if (random.nextInt(200) == 0) {
          text.append("naïve ").append(random.nextInt(100_000));
        }
        if (random.nextInt(300_000) == 0) {
          text.append("needleInTheHay");
        }
        text.append('\n');
      }
      if (isBinary) {
        text.insert(0, "\0\1\2");
      }
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static List<Row> rows() {
    return List.of(
        new Row("rare literal", List.of("grep", "needleInTheHay"), List.of("-n", "needleInTheHay")),
        new Row(
            "rare, any case",
            List.of("grep", "-i", "needleinthehay"),
            List.of("-n", "-i", "needleinthehay")),
        new Row(
            "rare expression", List.of("grep", "needle\\w+Hay"), List.of("-n", "needle\\w+Hay")),
        new Row(
            "no certain literal",
            List.of("grep", "[a-z]+[0-9]{5}$"),
            List.of("-n", "[a-z]+[0-9]{5}$")),
        new Row(
            "alternatives",
            List.of("grep", "-l", "needleInTheHay|naïve 99\\d"),
            List.of("-l", "needleInTheHay|naïve 99\\d")),
        new Row("common, names", List.of("grep", "-l", "handler"), List.of("-l", "handler")),
        new Row("common, counts", List.of("grep", "-c", "handler"), List.of("-c", "handler")),
        new Row(
            "in *.java",
            List.of("grep", "--type", "java", "needleInTheHay"),
            List.of("-n", "--type", "java", "needleInTheHay")),
        new Row("glob **/*.java", List.of("glob", "**/*.java"), List.of("--files", "-g", "*.java")),
        new Row("glob, all", List.of("glob", "**"), List.of("--files")));
  }

  private static void measure(Path jdk, Path product, Path tree, Path work, int runs, int files)
      throws Exception {
    System.out.printf(
        "%d files, medians of %d runs, %d processors%n",
        files, runs, Runtime.getRuntime().availableProcessors());
    System.out.printf(
        "%-20s %9s %7s | %9s %9s %7s | %8s %8s%n",
        "", "rg ms", "MB", "ours ms", "+ JVM ms", "MB", "x rg", "x + JVM");
    Path classes = Files.createDirectories(work.resolve("classes"));
    int compiled =
        new ProcessBuilder(
                jdk.resolve("bin/javac").toString(),
                "-cp",
                product.resolve("lib") + "/*",
                "-d",
                classes.toString(),
                System.getProperty(
                    "bench.source",
                    product.resolve("../../scripts/bench.d/lib/Search.java").toString()))
            .inheritIO()
            .start()
            .waitFor();
    if (compiled != 0) {
      throw new IOException("javac ended with " + compiled);
    }
    for (Row row : rows()) {
      List<String> ours =
          new ArrayList<>(
              List.of(
                  jdk.resolve("bin/java").toString(),
                  "-XX:+UseSerialGC",
                  "-Xmx512m",
                  "-cp",
                  classes + ":" + product.resolve("lib") + "/*",
                  "Search",
                  "--child",
                  tree.toString()));
      ours.addAll(row.ours());
      ours.add("--stats");
      List<String> ripgrep = new ArrayList<>(List.of("rg", "--no-config"));
      ripgrep.addAll(row.ripgrep());
      ripgrep.add(tree.toString());
      List<Sample> a = new ArrayList<>();
      List<Sample> b = new ArrayList<>();
      for (int run = -1; run < runs; run++) {
        Sample one = sample(ripgrep, work);
        Sample two = sample(ours, work);
        if (run >= 0) { // the first round warms the file cache
          a.add(one);
          b.add(two);
        }
      }
      double rg = median(a, Sample::wallMillis);
      double inner = median(b, Sample::innerMillis);
      double wall = median(b, Sample::wallMillis);
      System.out.printf(
          Locale.ROOT,
          "%-20s %9.0f %7.0f | %9.0f %9.0f %7.0f | %8.2f %8.2f%n",
          row.name(),
          rg,
          median(a, Sample::peakMegabytes),
          inner,
          wall,
          median(b, Sample::peakMegabytes),
          inner / rg,
          wall / rg);
    }
  }

  private static Sample sample(List<String> command, Path work) throws Exception {
    Path output = work.resolve("output");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Path status = Path.of("/proc/" + process.pid() + "/status");
    double peak = 0;
    while (process.isAlive()) {
      try {
        String text = Files.readString(status);
        int at = text.indexOf("VmHWM:");
        if (at >= 0) {
          String line = text.substring(at + 6, text.indexOf('\n', at));
          peak = Long.parseLong(line.replace("kB", "").strip()) / 1e3;
        }
      } catch (IOException e) {
        peak = Math.max(peak, 0); // it ended, or this system has no /proc
      }
      process.waitFor(10, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
    double wall = (System.nanoTime() - begin) / 1e6;
    double inner = wall;
    List<String> lines = Files.readAllLines(output, StandardCharsets.ISO_8859_1);
    String last = lines.isEmpty() ? "" : lines.getLast();
    if (last.startsWith("stats: ")) {
      inner = Double.parseDouble(last.substring(7, last.indexOf(" ms")));
      peak = Double.parseDouble(last.replaceAll(".* peak (\\d+) kB", "$1")) / 1e3;
    } else if (process.exitValue() > 1) {
      throw new IOException(command + ": " + String.join("\n", lines));
    }
    return new Sample(wall, inner, peak);
  }

  private static double median(
      List<Sample> samples, java.util.function.ToDoubleFunction<Sample> value) {
    double[] sorted = samples.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
