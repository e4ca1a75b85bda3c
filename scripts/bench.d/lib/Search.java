import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Measures searches in generated trees: the product without ripgrep, each time anew, and ripgrep.
 */
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
    int runs = 5;
    int files = 100_000;
    Path keep = null;
    for (int i = 1; i < args.length; i++) {
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
      Path trees = keep == null ? work.resolve("trees") : keep;
      Path small = made(trees, Math.max(1, files / 10));
      Path large = made(trees, files);
      Path agent = Path.of(args[0]).resolve("bin/agent");
      compare(agent, large, work, runs, files);
      memory(agent, small, large, work, files);
    } finally {
      delete(work);
    }
  }

  /** The tree with so many files, made unless it is there. */
  private static Path made(Path trees, int files) throws IOException {
    Path tree = trees.resolve(String.valueOf(files));
    Path done = trees.resolve(files + ".made");
    if (!Files.exists(done)) {
      if (Files.exists(tree) && isFilled(tree)) {
        System.err.println("scripts/bench search: " + tree + " holds something else.");
        System.exit(1);
      }
      make(tree, files);
      Files.writeString(done, "");
    }
    return tree;
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

  private static void compare(Path agent, Path tree, Path work, int runs, int files)
      throws Exception {
    System.out.printf(
        "%d files, the best of %d runs, %d processors%n",
        files, runs, Runtime.getRuntime().availableProcessors());
    System.out.printf(
        "%-20s %9s %7s | %9s %9s %7s | %8s %8s%n",
        "", "rg ms", "MB", "ours ms", "+ JVM ms", "MB", "x rg", "x + JVM");
    for (Row row : rows()) {
      List<String> ripgrep = new ArrayList<>(List.of("rg", "--no-config"));
      ripgrep.addAll(row.ripgrep());
      ripgrep.add(tree.toString());
      List<Sample> a = new ArrayList<>();
      List<Sample> b = new ArrayList<>();
      for (int run = -1; run < runs; run++) {
        Sample one = sample(ripgrep, tree, work);
        Sample two = sample(ours(agent, row), tree, work);
        if (run >= 0) { // the first round warms the file cache
          a.add(one);
          b.add(two);
        }
      }
      double rg = best(a, Sample::wallMillis);
      double inner = best(b, Sample::innerMillis);
      double wall = best(b, Sample::wallMillis);
      System.out.printf(
          Locale.ROOT,
          "%-20s %9.0f %7.0f | %9.0f %9.0f %7.0f | %8.2f %8.2f%n",
          row.name(),
          rg,
          worst(a, Sample::peakMegabytes),
          inner,
          wall,
          worst(b, Sample::peakMegabytes),
          inner / rg,
          wall / rg);
    }
  }

  private static void memory(Path agent, Path small, Path large, Path work, int files)
      throws Exception {
    System.out.printf("%npeak memory, MB%n%-20s %9d %9d files%n", "", files / 10, files);
    for (Row row : rows()) {
      System.out.printf(
          Locale.ROOT,
          "%-20s %9.0f %9.0f%n",
          row.name(),
          sample(ours(agent, row), small, work).peakMegabytes(),
          sample(ours(agent, row), large, work).peakMegabytes());
    }
  }

  private static List<String> ours(Path agent, Row row) {
    List<String> command = new ArrayList<>(List.of(agent.toString(), "debug"));
    command.addAll(row.ours());
    command.add("--stats");
    return command;
  }

  private static Sample sample(List<String> command, Path directory, Path work) throws Exception {
    Path output = work.resolve("output");
    long begin = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
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

  private static double best(List<Sample> samples, ToDoubleFunction<Sample> value) {
    return samples.stream().mapToDouble(value).min().orElse(Double.NaN);
  }

  private static double worst(List<Sample> samples, ToDoubleFunction<Sample> value) {
    return samples.stream().mapToDouble(value).max().orElse(Double.NaN);
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
