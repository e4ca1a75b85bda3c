import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the parts of {@code scripts/bench tui}. */
final class TuiBars {
  private static final List<String> PARTS =
      List.of("frames", "echo", "answer", "rest", "memory", "open", "paste", "resize");

  private TuiBars() {}

  public static void main(String[] args) throws Exception {
    Path jdk = Path.of(args[0]);
    Path product = Path.of(args[1]);
    int rounds = 5;
    List<String> parts = new ArrayList<>();
    for (int i = 2; i < args.length; i++) {
      if (args[i].equals("-n") && i + 1 < args.length && args[i + 1].matches("[1-9]\\d?")) {
        rounds = Integer.parseInt(args[++i]);
      } else if (PARTS.contains(args[i])) {
        parts.add(args[i]);
      } else {
        System.err.println(
            "scripts/bench tui: unknown or incomplete argument \""
                + args[i]
                + "\"; see scripts/bench tui --help.");
        System.exit(1);
      }
    }
    if (parts.isEmpty()) {
      parts.addAll(PARTS);
    }
    Bars.head();
    if (parts.remove("frames")) {
      Tui.run(rounds);
      StreamFrames.run(rounds, TuiProduct.ANSWER);
    }
    if (parts.isEmpty()) {
      return;
    }
    if (!System.getProperty("os.name").equals("Linux")) {
      System.out.println("the rest needs pseudo-terminals and /proc as Linux has them: left out");
      return;
    }
    TuiProduct.run(product, jdk, rounds, parts);
  }
}
