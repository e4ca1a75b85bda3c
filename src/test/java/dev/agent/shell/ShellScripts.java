package dev.agent.shell;

import java.util.List;
import java.util.Random;

/**
 * Makes scripts by chance, always the same ones for a seed. Programs whose names begin with {@code
 * t} succeed, those with {@code f} fail; all others say so too, for none of them exists.
 */
final class ShellScripts {
  private static final List<String> PROGRAMS =
      List.of("ta", "tb", "tc", "fa", "fb", "rm", "git", "touch");

  private final Random random;
  private final boolean runnable;

  /**
   * @param runnable only scripts that end, and that touch nothing but what lies below the directory
   *     they run in
   */
  ShellScripts(Random random, boolean runnable) {
    this.random = random;
    this.runnable = runnable;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean perhaps(int percent) {
    return random.nextInt(100) < percent;
  }

  String script() {
    StringBuilder script = new StringBuilder();
    int lines = 1 + random.nextInt(3);
    for (int i = 0; i < lines; i++) {
      script.append(list(3)).append(i == lines - 1 ? "" : "\n");
    }
    return script.toString();
  }

  private String list(int depth) {
    StringBuilder list = new StringBuilder(andOr(depth));
    while (perhaps(35)) {
      boolean background = !runnable && perhaps(20);
      list.append(background ? " & " : one("; ", " ;", "\n")).append(andOr(depth));
    }
    return list.toString();
  }

  private String andOr(int depth) {
    StringBuilder list = new StringBuilder(pipeline(depth));
    while (perhaps(25)) {
      list.append(one(" && ", " || ", "&&", " ||\n")).append(pipeline(depth));
    }
    return list.toString();
  }

  private String pipeline(int depth) {
    StringBuilder list = new StringBuilder();
    if (perhaps(8)) {
      list.append(one("! ", runnable ? "! " : "time "));
    }
    list.append(command(depth));
    while (perhaps(12)) {
      list.append(one(" | ", "|", runnable ? " | " : " |& ")).append(command(depth));
    }
    return list.toString();
  }

  private String command(int depth) {
    if (depth <= 0 || perhaps(60)) {
      return simple(depth);
    }
    String redirect = perhaps(20) ? redirect(depth) : "";
    return switch (random.nextInt(runnable ? 9 : 14)) {
      case 0 -> "( " + list(depth - 1) + " )" + redirect;
      case 1 -> "{ " + list(depth - 1) + "; }" + redirect;
      case 2 ->
          "if "
              + list(depth - 1)
              + "; then "
              + list(depth - 1)
              + (perhaps(40) ? "; elif " + list(depth - 1) + "; then " + list(depth - 1) : "")
              + (perhaps(50) ? "; else " + list(depth - 1) : "")
              + "; fi"
              + redirect;
      case 3 ->
          "for "
              + one("v", "w")
              + " in "
              + words(depth)
              + "; do "
              + list(depth - 1)
              + (perhaps(10) ? one("; break", "; continue", " && break") : "")
              + "\ndone"
              + redirect;
      case 4 ->
          "case "
              + word(depth)
              + " in "
              + one("", "(")
              + "a|b) "
              + list(depth - 1)
              + one(" ;; ", ";& ", ";;& ")
              + "*) "
              + list(depth - 1)
              + one(" ;;", "")
              + " esac"
              + redirect;
      case 5 ->
          (runnable ? "while fa; do " : "while " + list(depth - 1) + "; do ")
              + list(depth - 1)
              + "; done"
              + redirect;
      case 6 -> "until ta" + "; do " + list(depth - 1) + "; done" + redirect;
      case 7 -> one("g", "h") + one("()", " ( ) ") + "{ " + list(0) + "; }";
      case 8 -> one("g", "h");
      case 9 -> "[[ " + test(2) + " ]]" + redirect;
      case 10 -> "(( " + one("1 + 2", "x", "x = (1 << 2)", "$# > 3") + " ))" + redirect;
      case 11 -> "function g " + one("", "() ") + one("{ ta; }", "( ta )");
      case 12 -> "for ((i = 0; i < 3; i++)); do " + list(depth - 1) + "; done";
      default -> "select v in " + words(depth) + "; do " + list(depth - 1) + "; done";
    };
  }

  private String test(int depth) {
    if (depth > 0 && perhaps(30)) {
      return one(
          test(depth - 1) + " && " + test(depth - 1),
          test(depth - 1) + " || " + test(depth - 1),
          "! " + test(depth - 1),
          "( " + test(depth - 1) + " )");
    }
    return one(
        "-f " + word(0),
        word(0) + " == " + word(0),
        "a =~ (x|y)z",
        word(0) + " -eq 3",
        "-n \"a\"",
        "a < b");
  }

  private String simple(int depth) {
    StringBuilder command = new StringBuilder();
    int kind = random.nextInt(100);
    if (kind < 8) {
      return "cd " + one("d1", "d2", "d1/d2", "..", "'d1'", "nowhere", "./d2", "-- d1", "$x");
    }
    if (kind < 18) {
      return one("x", "y") + "=" + one("rm", "'a b'", "", "d1", "\"c\"", "$y", "$(ta)", "ta");
    }
    if (kind < 22) {
      return one("export", "readonly", "declare", "local", "unset") + " " + one("x=1", "z=2", "y");
    }
    if (kind < 26) {
      return one("eval", "command", "builtin eval", "command eval", "nice", "timeout 3")
          + " "
          + one("ta b", "tb '*'", "rm $x");
    }
    if (perhaps(8)) {
      command.append(one("LANG=C ", "A=1 B=2 ", "x=5 "));
    }
    if (perhaps(6)) {
      command.append(redirect(depth)).append(' ');
    }
    String program = PROGRAMS.get(random.nextInt(PROGRAMS.size()));
    command.append(
        perhaps(8) ? one("$x", "\"$y\"", "t''a", "t\\a", "$'\\x74a'", "\"tb\"") : program);
    if (perhaps(80)) {
      command.append(one(" ", " ", "  ", "\t", " \\\n ")).append(words(depth));
    }
    if (perhaps(15)) {
      command.append(redirect(depth));
    }
    return command.toString();
  }

  private String redirect(int depth) {
    return one(
        " >out",
        " 2>&1",
        " >>out",
        " <in",
        " </dev/null",
        " &>out",
        " 2>/dev/null",
        " >|out",
        " <<< " + word(depth),
        " {fd}>out",
        " <>out",
        " 3<&0",
        " 2>&-");
  }

  private String words(int depth) {
    StringBuilder words = new StringBuilder(word(depth));
    while (perhaps(45)) {
      words.append(' ').append(word(depth));
    }
    return words.toString();
  }

  /** A word of one to four parts. */
  String word(int depth) {
    StringBuilder word = new StringBuilder();
    do {
      word.append(part(depth));
    } while (perhaps(30));
    return word.toString();
  }

  private String part(int depth) {
    return switch (random.nextInt(26)) {
      case 0, 1, 2, 3, 4, 5 ->
          one("a", "b", "foo", "-x", "--yes", "1", "src/a.ts", "x=1", "%", "a.b");
      case 6 -> "'" + one("", "a b", "$x", "*", "\\", "a\"b", "`x`", "{a,b}") + "'";
      case 7 ->
          "\"" + one("", "a b", "$x", "a*", "\\$x", "\\\\", "'", "\\a", "$y c", "{a,b}") + "\"";
      case 8 -> "\\" + one("a", " ", "*", "\\", "$", "\"", "'", "{", "~", "\n", "#");
      case 9 ->
          "$'"
              + one("a\\tb", "\\x41", "\\101", "\\u00e9", "\\'", "a b", "\\\\", "\\e[0m", "\\q")
              + "'";
      case 10 -> one("$x", "$y", "${x}", "\"${y}\"", "$v", "\"$w\"");
      case 11 ->
          one("${x:-a}", "${x-b c}", "\"${y:-d e}\"", "${z+q}", "${#x}", "${x%a}", "${x//a/b}");
      case 12 ->
          "{"
              + one(
                  "a,b",
                  "1..3",
                  "a..c",
                  "a",
                  "",
                  "a,{b,c}",
                  "a,",
                  "03..1",
                  "1..9..4",
                  "a,b}c{d,e",
                  "$x,y",
                  "'a',b",
                  "..",
                  "x,y\\,z")
              + "}";
      case 13 -> one("*", "?", "[ab]", "[!a]", "a*b", "[", "]", "*.ts");
      case 14 -> one("~", "~/x", "a~", "x=~", "x=~/y:~", "~+", "~root");
      case 15 -> depth > 0 ? "$(" + list(depth - 1) + ")" : "$(ta)";
      case 16 -> depth > 0 ? "\"$(" + list(depth - 1) + ")\"" : "\"$(tb x)\"";
      case 17 -> one("`ta`", "`tb \\`tc\\``", "\"`ta \\\"b\\\"`\"");
      case 18 -> one("$((1+2))", "$(( 3 * (4 - 1) ))", "$((1))");
      case 19 -> runnable ? "z" : one("<(ta)", ">(tb)", "$\"a b\"", "$[1+1]", "${x@Q}", "${!x}");
      case 20 -> one("#", "a#b", "!", "}", "{", "=", ":", "@", "^", ",", "+", "%");
      case 21 -> one("é", "日本", "ß");
      default -> one("c", "d", "e", "out", "in");
    };
  }
}
