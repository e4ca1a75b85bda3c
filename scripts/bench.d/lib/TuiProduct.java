import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import javax.tools.ToolProvider;

/** Measures the screen of the built product from outside, in a pseudo-terminal. */
final class TuiProduct {
  private static final int COLUMNS = 100;
  private static final int ROWS = 30;
  private static final int BLOCKS = 10_000;

  /** Keys of one word; a word is taken back after it, so that the composer keeps its size. */
  private static final String WORD = "abcdefghijklmnopqrstuvwxyz0123456789";

  /** Answer of 1.1 KB, with what answers consist of. */
  static final String ANSWER =
      """
      # Why the loop never ends

      The loop in `Main.java` compares the index with the **length** of the array, and the last
      step goes one too far:

      ```java
      for (int i = 0; i <= xs.length; i++) {
        total += xs[i]; // throws at i == xs.length
      }
      ```

      Three things are worth a change:

      1. Use `<` instead of `<=`, so that the last index is `length - 1`.
      2. Make `total` a *long*: the sum of two large values does not fit into an int.
      3. Say in the Javadoc what an empty array gives.

      | case | before | after |
      |------|--------|-------|
      | `[]` | throws | 0 |
      | `[1, 2]` | throws | 3 |
      | `[2147483647, 1]` | throws | 2147483648 |

      > The tests did not find it because none of them called the method.

      I would also add a test for each of the three cases. The method is called from two places,
      `Report.sum` and `Cart.total`, and both pass arrays that may be empty; neither of them needs
      a change. Should I make the change and add the tests? I can run them with `mvn test`.
      """;

  private final Product product;
  private final int rounds;
  private String server = "";

  private TuiProduct(Product product, int rounds) {
    this.product = product;
    this.rounds = rounds;
  }

  static void run(Path built, Path jdk, int rounds, List<String> parts) throws Exception {
    try (Product product = new Product(built, jdk)) {
      TuiProduct bars = new TuiProduct(product, rounds);
      bars.server = product.serve(bars.script());
      for (String part : parts) {
        switch (part) {
          case "echo" -> bars.echo();
          case "answer" -> bars.answer();
          case "rest" -> bars.rest();
          case "memory" -> bars.memory();
          case "open" -> bars.open();
          case "paste" -> bars.paste();
          case "resize" -> bars.resize();
          default -> throw new IllegalArgumentException(part);
        }
      }
    }
  }

  private String script() {
    String all = "replies:\n";
    all += reply("answer me", ANSWER, "    delta_chars: 4\n    delta_ms: 5\n");
    all += reply("stream", ANSWER.repeat(40), "    delta_chars: 4\n    delta_ms: 5\n");
    all += reply("wait", "late", "    delay_ms: 60000\n");
    return all;
  }

  private static String reply(String when, String text, String more) {
    return "  - when: {text: \""
        + when
        + "\"}\n    repeat: true\n    blocks:\n      - text: |\n"
        + text.indent(10)
        + more;
  }

  /** A session that takes keys. */
  private PtyProgram start(String... arguments) throws IOException, InterruptedException {
    PtyProgram program = product.start(server, COLUMNS, ROWS, arguments);
    try {
      program.await("ctx ");
      program.settle(700);
      return program;
    } catch (IOException | InterruptedException e) {
      program.close();
      throw e;
    }
  }

  private PtyProgram resumed(int blocks) throws IOException, InterruptedException {
    String id = session(blocks);
    PtyProgram program = start("--resume", id);
    program.await("answer " + blocks / 4);
    program.settle(700);
    return program;
  }

  /** A session of so many blocks with 2 KB of text each. */
  private String session(int blocks) throws IOException {
    return product.session(blocks / 4, 8400);
  }

  // Keys

  /** What keys of a word took, in milliseconds, and what one of them wrote on the average. */
  private record Echo(double[] millis, double bytes, double writes) {
    double p50() {
      return Bars.quantile(millis, 0.5);
    }

    double p95() {
      return Bars.quantile(millis, 0.95);
    }
  }

  private void echo() throws Exception {
    Path classes = Files.createDirectories(product.work.resolve("classes"));
    Path source = Path.of(System.getenv("BENCH_BASE"), "scripts/bench.d/lib/EchoLoop.java");
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-cp", product.classPath(), "-d", "" + classes, "" + source);
    if (failed != 0) {
      throw new IOException("EchoLoop.java does not compile");
    }
    try (PtyProgram bare = product.startJava(classes, "EchoLoop");
        PtyProgram empty = start();
        PtyProgram full = resumed(BLOCKS)) {
      bare.await("ready");
      PtyProgram[] all = {bare, empty, full};
      warm(all);
      List<List<Echo>> echoes = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (int round = -1; round < rounds; round++) {
        for (int i = 0; i < all.length; i++) {
          Echo echo = keys(all[i], i > 0, WORD);
          verbose("round %d of %d: %.2f, p95 %.2f", round, i, echo.p50(), echo.p95());
          if (round >= 0) {
            echoes.get(i).add(echo);
          }
        }
      }
      double bareP50 = p50(echoes.get(0));
      double emptyP50 = p50(echoes.get(1));
      Bars.ratio("key to echo, ms, beside a bare JLine loop", emptyP50, bareP50, 4);
      Bars.told("key to echo of the bare loop, p95, ms", p95(echoes.get(0)));
      Bars.atMost("key to echo, p95, ms", p95(echoes.get(1)), 16);
      Bars.ratio("key to echo with 10,000 blocks, ms", p50(echoes.get(2)), emptyP50, 1.2);
      Bars.ratio("the same, p95, ms", p95(echoes.get(2)), p95(echoes.get(1)), 1.2);
      Bars.atMost(
          "bytes of an echoed key",
          Bars.median(echoes.get(1).stream().mapToDouble(Echo::bytes).toArray()),
          48);
      Bars.atMost(
          "writes of an echoed key",
          Bars.median(echoes.get(1).stream().mapToDouble(Echo::writes).toArray()),
          1);

      empty.type("stream\r");
      empty.await("never ends");
      List<Echo> streaming = new ArrayList<>();
      // What draws streamed text has not run before: it gets the same keys to warm up as the rest.
      warm(empty);
      for (int round = -1; round < rounds; round++) {
        Echo echo = keys(empty, true, WORD);
        verbose("round %d while streaming: %.2f, p95 %.2f", round, echo.p50(), echo.p95());
        if (round >= 0) {
          streaming.add(echo);
        }
      }
      if (!empty.text().contains("interrupt")) {
        throw new IOException("the answer was over too soon");
      }
      Bars.ratio("key to echo while 200 tokens/s stream, ms", p50(streaming), emptyP50, 1.2);
      Bars.ratio("the same, p95, ms", p95(streaming), p95(echoes.get(1)), 1.2);
    }
  }

  private static void verbose(String format, Object... values) {
    if (System.getenv("BENCH_VERBOSE") != null) {
      System.out.printf(Locale.ROOT, "  " + format + "%n", values);
    }
  }

  private static double p50(List<Echo> echoes) {
    return Bars.median(echoes.stream().mapToDouble(Echo::p50).toArray());
  }

  /** Of the keys of all rounds: one word is too few to tell its slowest keys from bad luck. */
  private static double p95(List<Echo> echoes) {
    return Bars.quantile(
        echoes.stream().flatMapToDouble(it -> DoubleStream.of(it.millis())).toArray(), 0.95);
  }

  /** Some 700 keys, a page of text: until then the JVM interprets most of what they run. */
  private static void warm(PtyProgram... programs) throws Exception {
    for (int word = 0; word < 20; word++) {
      for (int i = 0; i < WORD.length(); i++) {
        for (PtyProgram program : programs) {
          program.type(WORD.substring(i, i + 1));
        }
        TimeUnit.MILLISECONDS.sleep(17);
      }
      for (PtyProgram program : programs) {
        program.type("\25"); // ctrl+u
      }
      TimeUnit.MILLISECONDS.sleep(17);
    }
    TimeUnit.MILLISECONDS.sleep(500);
  }

  /** Types a word, a key at a time, and takes it back. */
  private static Echo keys(PtyProgram program, boolean isOurs, String word) throws Exception {
    double[] millis = new double[word.length()];
    long bytes = 0;
    ProcFigures before = ProcFigures.of(program.pid());
    for (int i = 0; i < word.length(); i++) {
      String typed = word.substring(0, i + 1);
      long had = program.bytes();
      long begin = System.nanoTime();
      program.type(word.substring(i, i + 1));
      long end =
          isOurs
              ? program.await("key", 20, () -> composer(program).equals(typed))
              : program.await("key", 20, () -> lastRow(program).endsWith(typed));
      millis[i] = (end - begin) / 1e6;
      bytes += program.bytes() - had;
      // Keys come at the pace of a fast typist, each at another moment of a frame's time.
      TimeUnit.MICROSECONDS.sleep(30_000 + i * 1_700L % 16_000);
    }
    ProcFigures used = ProcFigures.of(program.pid()).since(before);
    verbose("%s", used.threads());
    program.type("\25"); // ctrl+u
    if (isOurs) {
      program.await(
          "an empty composer", 20, () -> !composer(program).startsWith(word.substring(0, 1)));
    }
    TimeUnit.MILLISECONDS.sleep(50);
    return new Echo(
        millis, (double) bytes / word.length(), (double) used.frameWrites() / word.length());
  }

  private static String lastRow(PtyProgram program) {
    return program.screen().row(program.screen().cursorRow());
  }

  private static String composer(PtyProgram program) {
    String row = lastRow(program);
    return row.startsWith(Product.PROMPT) ? row.substring(Product.PROMPT.length()) : "";
  }

  // Answers

  private void answer() throws Exception {
    try (PtyProgram program = start()) {
      double[] bytes = new double[rounds];
      double[] writes = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        program.type("answer me");
        program.settle(300);
        long had = program.bytes();
        long frames = program.screen().frames();
        ProcFigures before = ProcFigures.of(program.pid());
        program.type("\r");
        program.await("an answer", 60, () -> program.screen().contains("esc to interrupt"));
        program.await("its end", 60, () -> !program.screen().contains("interrupt"));
        program.settle(700);
        bytes[round] = program.bytes() - had;
        long drawn = program.screen().frames() - frames;
        writes[round] = (double) ProcFigures.of(program.pid()).since(before).frameWrites() / drawn;
      }
      Bars.atMost("bytes to stream an answer of 1.1 KB", Bars.median(bytes), 13 * 1024);
      Bars.atMost("writes a frame while it streams", Bars.median(writes), 1);
    }
  }

  // Rest

  private void rest() throws Exception {
    try (PtyProgram empty = start()) {
      atRest(empty, "at rest");
    }
    try (PtyProgram full = resumed(BLOCKS)) {
      atRest(full, "at rest with 10,000 blocks");
    }
    try (PtyProgram program = start()) {
      program.type("wait\r");
      program.await("esc to interrupt");
      TimeUnit.SECONDS.sleep(4);
      long frames = program.screen().frames();
      ProcFigures before = ProcFigures.of(program.pid());
      long begin = System.nanoTime();
      TimeUnit.SECONDS.sleep(8);
      double seconds = (System.nanoTime() - begin) / 1e9;
      ProcFigures used = ProcFigures.of(program.pid()).since(before);
      Bars.atMost("working, frames/s", (program.screen().frames() - frames) / seconds, 9);
      Bars.atMost("working, writes/s", used.frameWrites() / seconds, 9);
      verbose("%s", used.threads());
      Bars.atMost("working, CPU %", used.cpuMillis() / seconds / 10, 2);
    }
  }

  private static void atRest(PtyProgram program, String name) throws Exception {
    TimeUnit.SECONDS.sleep(4);
    long had = program.bytes();
    ProcFigures before = ProcFigures.of(program.pid());
    long begin = System.nanoTime();
    TimeUnit.SECONDS.sleep(8);
    double seconds = (System.nanoTime() - begin) / 1e9;
    ProcFigures used = ProcFigures.of(program.pid()).since(before);
    Bars.atMost(name + ", bytes/s", (program.bytes() - had) / seconds, 0);
    Bars.atMost(name + ", wake-ups/s", used.ownSleeps() / seconds, 0);
    Bars.told(name + ", wake-ups/s of the JVM itself", used.jvmSleeps() / seconds);
    Bars.atMost(name + ", CPU %", used.cpuMillis() / seconds / 10, 0.3);
    verbose("%s", used.threads());
  }

  // Memory

  private void memory() throws Exception {
    double empty;
    try (PtyProgram program = start()) {
      empty = heapMegabytes(program.pid());
    }
    try (PtyProgram program = resumed(BLOCKS)) {
      double full = heapMegabytes(program.pid());
      Bars.told("heap of an empty session, MB", empty);
      Bars.atMost("heap of 10,000 blocks (20 MB) over it, MB", full - empty, 48);
    }
  }

  private double heapMegabytes(long pid) throws IOException, InterruptedException {
    return heapMegabytes(product.jdk, pid);
  }

  /** What lives in the heap of a process. */
  static double heapMegabytes(Path jdk, long pid) throws IOException, InterruptedException {
    command(jdk, pid, "GC.run");
    double kilobytes = 0;
    for (String line : command(jdk, pid, "GC.heap_info").lines().toList()) {
      String words = line.strip();
      // DefNew and Tenured tell "total 14K, used 9K"; what follows them is inside of them.
      int at = words.indexOf(" used ");
      if (at >= 0 && words.contains("total") && !words.startsWith("Metaspace")) {
        String number = words.substring(at + 6);
        kilobytes += Double.parseDouble(number.substring(0, number.indexOf('K')));
      }
    }
    return kilobytes / 1024;
  }

  static String command(Path jdk, long pid, String command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(jdk.resolve("bin/jcmd").toString(), "" + pid, command)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException("jcmd " + command + ": " + text);
    }
    return text;
  }

  // Opening

  private void open() throws Exception {
    String small = session(4);
    String large = session(BLOCKS);
    double[] first = new double[rounds];
    double[] firstLarge = new double[rounds];
    double[] whole = new double[rounds];
    double[] wholeLarge = new double[rounds];
    for (int round = -1; round < rounds; round++) {
      double[] a = opened(small, "answer 1");
      double[] b = opened(large, "answer " + BLOCKS / 4);
      if (round >= 0) {
        first[round] = a[0];
        whole[round] = a[1];
        firstLarge[round] = b[0];
        wholeLarge[round] = b[1];
      }
    }
    Bars.ratio(
        "open 10,000 blocks to the first frame, ms, beside 4 blocks",
        Bars.median(firstLarge),
        Bars.median(first),
        2);
    Bars.ratio(
        "the same to the frame with its end, ms", Bars.median(wholeLarge), Bars.median(whole), 2);
  }

  private double[] opened(String id, String text) throws Exception {
    long begin = System.nanoTime();
    try (PtyProgram program = product.start(server, COLUMNS, ROWS, "--resume", id)) {
      long first = program.await("a frame", 60, () -> program.screen().contains("shortcuts"));
      long last = program.await("the end", 60, () -> program.screen().contains(text));
      return new double[] {(first - begin) / 1e6, (last - begin) / 1e6};
    }
  }

  // Pastes

  private void paste() throws Exception {
    StringBuilder text = new StringBuilder();
    while (text.length() < 1 << 20) {
      text.append("line ")
          .append(text.length())
          .append(" of what was pasted, as long as lines are\n");
    }
    String pasted = "\33[200~" + text + "\33[201~";
    try (PtyProgram program = start()) {
      double[] millis = new double[rounds];
      double[] writes = new double[rounds];
      for (int round = -1; round < rounds; round++) {
        ProcFigures before = ProcFigures.of(program.pid());
        long begin = System.nanoTime();
        program.type(pasted);
        long end =
            program.await("the paste", 60, () -> composer(program).startsWith("[Pasted text"));
        program.settle(200);
        if (round >= 0) {
          millis[round] = (end - begin) / 1e6;
          writes[round] = ProcFigures.of(program.pid()).since(before).frameWrites();
        }
        program.type("\25");
        program.await("an empty composer", 20, () -> !composer(program).startsWith("[Pasted"));
        program.settle(200);
      }
      Bars.atMost("paste of 1 MB, ms", Bars.median(millis), 150);
      Bars.atMost("frames of it", Bars.median(writes), 1);
    }
  }

  // Sizes

  private void resize() throws Exception {
    String id = session(400);
    String fresh;
    try (PtyProgram program = product.start(server, 97, 33, "--resume", id)) {
      program.await("answer 100");
      program.settle(1000);
      fresh = program.picture();
    }
    try (PtyProgram program = product.start(server, COLUMNS, ROWS, "--resume", id)) {
      program.await("answer 100");
      program.settle(1000);
      ProcFigures before = ProcFigures.of(program.pid());
      long begin = System.nanoTime();
      for (int i = 1; i <= 100; i++) {
        program.resize(i == 100 ? 97 : 60 + i * 37 % 80, i == 100 ? 33 : 16 + i * 13 % 40);
        long left = begin + i * 10_000_000L - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
      program.settle(1000);
      ProcFigures used = ProcFigures.of(program.pid()).since(before);
      Bars.atMost("100 sizes in 1 s, frames", used.frameWrites(), 60);
      String shown = program.picture();
      int differing = differences(fresh, shown);
      Bars.atMost("rows that differ from a fresh screen", differing, 0);
      program.type("\14"); // ctrl+l
      program.settle(500);
      Bars.atMost("rows that differ after drawing anew", differences(shown, program.picture()), 0);
    }
  }

  /** Lines that are not the same. */
  static int differences(String one, String other) {
    List<String> a = one.lines().toList();
    List<String> b = other.lines().toList();
    int count = Math.abs(a.size() - b.size());
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        count++;
        verbose("< %s%n  > %s", a.get(i), b.get(i));
      }
    }
    return count;
  }
}
