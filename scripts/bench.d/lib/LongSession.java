import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One session of many turns on the whole screen, typed by a program. */
final class LongSession {
  private static final int COLUMNS = 100;
  private static final int ROWS = 30;

  /** Some 10 KB: 20 MB in 2,000 turns. */
  private static final String COMMAND =
      "seq -f 'turn ${n}, line %g of what this command has to say' 1 200";

  /** How many looks are taken on the way. */
  private static final int LOOKS = 8;

  /** Keys of a look. */
  private static final int KEYS = 120;

  /** How full the context gets before the person has it summarised, in percent. */
  private static final int FULL = 60;

  private static final Pattern CONTEXT = Pattern.compile("ctx (\\d+)%");

  private LongSession() {}

  public static void main(String[] args) throws Exception {
    Path jdk = Path.of(args[0]);
    int turns = 2000;
    for (int i = 2; i < args.length; i++) {
      if (args[i].equals("-n") && i + 1 < args.length && args[i + 1].matches("[1-9]\\d{1,5}")) {
        turns = Integer.parseInt(args[++i]);
      } else {
        System.err.println(
            "scripts/bench session: unknown or incomplete argument \""
                + args[i]
                + "\"; see scripts/bench session --help.");
        System.exit(1);
      }
    }
    if (!System.getProperty("os.name").equals("Linux")) {
      System.err.println(
          "scripts/bench session: needs pseudo-terminals and /proc as Linux has them.");
      System.exit(1);
    }
    try (Product product = new Product(Path.of(args[1]), jdk)) {
      String server = product.serve(script());
      try (PtyProgram program =
          product.start(
              server, COLUMNS, ROWS, "--model", "claude-haiku-4-5", "--allowedTools", "Bash")) {
        run(program, jdk, turns);
      }
    }
  }

  private static String script() {
    return """
    replies:
      - when: {text: "count "}
        repeat: true
        blocks:
          - text: "Working on ${text}."
          - tool: Bash
            input: {command: "%s"}
        delta_chars: 16
      - when: {result: "line 1 of what"}
        repeat: true
        blocks:
          - text: |
              The command is **over**; it wrote what it should:

              - `line 1` is the first one
              - the last one is `line 200`

              ```sh
              seq 1 200 # the same without words
              ```
        delta_chars: 16
    default:
      repeat: true
      blocks:
        - text: "A summary of what was said: numbers were written, in turns that did not differ."
    """
        .formatted(COMMAND);
  }

  private static void run(PtyProgram program, Path jdk, int turns) throws Exception {
    program.await("ctx 0%");
    program.settle(700);
    System.out.printf(
        "%8s %9s %9s %9s %9s %9s%n", "turns", "heap MB", "p50 ms", "p95 ms", "RSS MB", "turns/s");
    double[] heaps = new double[LOOKS];
    double[] p95 = new double[LOOKS];
    double spent = 0;
    int done = 0;
    for (int look = 0; look < LOOKS; look++) {
      long from = System.nanoTime();
      int until = turns * (look + 1) / LOOKS;
      int first = done;
      while (done < until) {
        turn(program, ++done);
        if (context(program) >= FULL) {
          summarise(program);
        }
      }
      double seconds = (System.nanoTime() - from) / 1e9;
      spent += seconds;
      // What the model gets has the same size at each look.
      summarise(program);
      double[] keys = keys(program);
      heaps[look] = TuiProduct.heapMegabytes(jdk, program.pid());
      p95[look] = Bars.quantile(keys, 0.95);
      System.out.printf(
          Locale.ROOT,
          "%8d %9.1f %9.2f %9.2f %9.1f %9.1f%n",
          done,
          heaps[look],
          Bars.median(keys),
          p95[look],
          ProcFigures.residentMegabytes(program.pid()),
          (done - first) / seconds);
      if (System.getenv("BENCH_VERBOSE") != null) {
        TuiProduct.command(jdk, program.pid(), "GC.class_histogram")
            .lines()
            .limit(300)
            .forEach(System.out::println);
      }
    }
    System.out.println();
    Bars.head();
    Bars.told("turns/s", turns / spent);
    // Whatever is kept of each turn shows here; what comes before a quarter belongs to warming up.
    Bars.ratio(
        "heap at the end, MB, beside that after a quarter",
        heaps[LOOKS - 1],
        heaps[LOOKS / 4 - 1],
        1.1);
    Bars.ratio(
        "key to echo, p95, ms, last quarter beside the second",
        Bars.median(p95[LOOKS - 2], p95[LOOKS - 1]),
        Bars.median(p95[LOOKS / 4], p95[LOOKS / 4 + 1]),
        1.2);
    screen(program);
  }

  /** How much of the context is used, in percent, as the footer says it; 0 when it does not. */
  private static int context(PtyProgram program) {
    var matcher = CONTEXT.matcher(program.text());
    return matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
  }

  private static void summarise(PtyProgram program) throws Exception {
    program.type("/compact");
    program.await("the command", 60, () -> program.screen().contains(Product.PROMPT + "/compact"));
    program.settle(50);
    program.type("\r");
    program.await(
        "a summary",
        120,
        () ->
            (program.screen().contains("was summarised")
                    || program.screen().contains("too little to make shorter"))
                && !program.screen().contains(Product.PROMPT + "/compact"));
    program.settle(200);
  }

  private static void turn(PtyProgram program, int number) throws Exception {
    program.type("count " + number + ";");
    program.await(
        "the draft", 60, () -> program.screen().contains(Product.PROMPT + "count " + number + ";"));
    program.type("\r");
    program.await(
        "turn " + number, 120, () -> program.screen().contains("Working on count " + number + ";"));
    // A look at half a frame may miss the word: it must stay away.
    do {
      program.await("the end of turn " + number, 60, () -> !program.screen().contains("interrupt"));
      TimeUnit.MILLISECONDS.sleep(10);
    } while (program.text().contains("interrupt"));
  }

  /** From key to echo, in milliseconds. */
  private static double[] keys(PtyProgram program) throws Exception {
    double[] millis = new double[KEYS];
    program.settle(300);
    for (int i = 0; i < KEYS; i++) {
      String typed = Product.PROMPT + "k".repeat(i % 30 + 1);
      long begin = System.nanoTime();
      program.type("k");
      long end =
          program.await(
              "key", 20, () -> program.screen().row(program.screen().cursorRow()).equals(typed));
      millis[i] = (end - begin) / 1e6;
      TimeUnit.MILLISECONDS.sleep(25 + i % 16);
      if (i % 30 == 29) {
        program.type("\25"); // ctrl+u
        program.settle(100);
      }
    }
    return millis;
  }

  /** What is on the screen must be what a screen shows that was laid out and painted just now. */
  private static void screen(PtyProgram program) throws IOException, InterruptedException {
    program.settle(500);
    String shown = program.picture();
    program.resize(COLUMNS + 7, ROWS + 3);
    program.settle(500);
    program.resize(COLUMNS, ROWS);
    program.settle(500);
    program.type("\14"); // ctrl+l
    program.settle(500);
    Bars.atMost(
        "rows that differ from a fresh screen",
        TuiProduct.differences(shown, program.picture()),
        0);
  }
}
