package dev.agent.permission;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** Dresses commands up: what comes out runs the same command, whatever it looks like. */
public final class CommandMutator {
  private static final int MAX_CHARS = 1_500;

  /** What starts the simple command behind it. */
  private static final List<String> WRAPPERS =
      List.of(
          "timeout 5 ",
          "timeout -k 1 5s ",
          "nice -n 5 ",
          "env A=1 ",
          "env -i ",
          "nohup ",
          "sudo -n ",
          "command ",
          "xargs ",
          "xargs -n1 ",
          "stdbuf -o0 ",
          "exec ",
          "setsid ",
          "builtin command ",
          "ionice -c 3 ",
          "flock m ",
          "watch -n1 ");

  private static final List<String> PREFIXES =
      List.of(
          "cd . && ",
          "cd src; cd ..; ",
          "ls; ",
          "ls && ",
          "false || ",
          "ls | ",
          "ls & ",
          "ls\n",
          "# note\n",
          ":;",
          "true;\t",
          "\\\n ",
          "! ",
          "A=1; ",
          "true && ");

  private static final List<String> SUFFIXES =
      List.of("", " ", " # note\n", "\n# note", " || true", " && ls", " | cat", " 2>&1", " &", ";");

  private static final List<UnaryOperator<String>> FRAMES =
      List.of(
          it -> "(" + it + "\n)",
          it -> "time { " + it + "\n}",
          it -> "{ " + it + "\n}",
          it -> "if true; then " + it + "\nfi",
          it -> "if " + it + "\nthen :; fi",
          it -> "for i in 1 2; do " + it + "\ndone",
          it -> "while " + it + "\ndo break; done",
          it -> "until false; do " + it + "\nbreak; done",
          it -> "case a in a) " + it + "\n;; esac",
          it -> "f() { " + it + "\n}; f",
          it -> "echo $(" + it + "\n)",
          it -> "echo \"$(" + it + "\n)\"",
          it -> "echo ${X:-$(" + it + "\n)}",
          it -> "cat <(" + it + "\n)",
          it -> "bash -c " + quoted(it),
          it -> "sh -c " + quoted(it),
          it -> "eval " + quoted(it),
          it -> "echo " + quoted(it) + " | bash",
          it -> "bash <<'END'\n" + it + "\nEND\n",
          it -> "bash <<< " + quoted(it),
          it -> "trap " + quoted(it) + " EXIT",
          it -> "find . -maxdepth 0 -exec bash -c " + quoted(it) + " \\;",
          it -> it.indexOf('`') < 0 && it.indexOf('\\') < 0 ? "echo `" + it + "\n`" : it);

  private final Random random;

  /** The same dresses for the same seed. */
  public CommandMutator(long seed) {
    this.random = new Random(seed);
  }

  /** Another way to run a command of these words. */
  public String dressed(List<String> words) {
    StringBuilder text = new StringBuilder();
    for (String word : words) {
      if (!text.isEmpty()) {
        text.append(pick(List.of(" ", " ", "  ", "\t", " \\\n ", "\\\n ")));
      }
      text.append(spelled(word));
    }
    String command = text.toString();
    for (int i = random.nextInt(3); i > 0; i--) {
      command = pick(WRAPPERS) + command;
    }
    command = pick(List.of("", "", "", "A=1 ", "2>&1 ", "</dev/null ")) + command;
    int layers = random.nextInt(5);
    for (int i = 0; i < layers && command.length() < MAX_CHARS; i++) {
      command =
          switch (random.nextInt(3)) {
            case 0 -> pick(PREFIXES) + command;
            case 1 -> command + pick(SUFFIXES);
            default -> pick(FRAMES).apply(command);
          };
    }
    return command;
  }

  /** The same with some characters broken: only to see that nothing fails. */
  String damaged(List<String> words) {
    StringBuilder text = new StringBuilder(dressed(words));
    String noise = "'\"`$(){}[];&|<>\\\n #*?~=!\0\u202e\u00e9\ud83d";
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(text.length() + 1);
      if (random.nextBoolean() || at == text.length()) {
        text.insert(at, noise.charAt(random.nextInt(noise.length())));
      } else {
        text.deleteCharAt(at);
      }
    }
    return text.toString();
  }

  private String spelled(String word) {
    int cut = word.length() < 2 ? 0 : 1 + random.nextInt(word.length() - 1);
    return switch (random.nextInt(9)) {
      case 0 -> "'" + word + "'";
      case 1 -> "\"" + word + "\"";
      case 2 -> word.substring(0, cut) + "''" + word.substring(cut);
      case 3 -> word.substring(0, cut) + "\"\"" + word.substring(cut);
      case 4 -> "\\" + word;
      case 5 -> word.substring(0, cut) + "\\\n" + word.substring(cut);
      case 6 -> "$'" + escaped(word) + "'";
      case 7 -> word.substring(0, cut) + "'" + word.substring(cut) + "'";
      default -> word;
    };
  }

  private String escaped(String word) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      switch (random.nextInt(3)) {
        case 0 -> out.append(String.format("\\x%02x", (int) c));
        case 1 -> out.append(String.format("\\%03o", (int) c));
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
