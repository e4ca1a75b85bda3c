package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A command line cut into simple commands at {@code ; & | && || |&} and line ends outside of
 * quotes. {@code plain} says that nothing else is in it: no substitution, no redirection except to
 * {@code /dev/null} and between descriptors, no expansion that could change a word, no grouping, no
 * hidden character. Only of a plain line can be said that its parts are all there is; a line that
 * is not plain still gives its parts, for rules that forbid.
 *
 * @param parts the simple commands with quotes removed, words separated by single blanks
 */
public record CommandLine(List<String> parts, boolean plain) {
  private static final int MAX_CHARS = 10_000;
  private static final Set<String> WRAPPERS =
      Set.of(
          "timeout", "time", "nice", "nohup", "stdbuf", "command", "builtin", "env", "sudo", "doas",
          "setsid", "xargs", "exec");
  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "for",
          "while",
          "until",
          "do",
          "done",
          "case",
          "esac",
          "function",
          "select",
          "{",
          "}",
          "!",
          "[[");

  public CommandLine {
    parts = List.copyOf(parts);
  }

  /** Cuts a command line; never fails. */
  public static CommandLine parse(String text) {
    Cutter cutter = new Cutter(text);
    cutter.run();
    return new CommandLine(cutter.parts, cutter.plain && text.length() <= MAX_CHARS);
  }

  /**
   * The part without assignments and wrappers in front, as a rule that forbids has to see it:
   * {@code sudo -n rm x} is {@code rm x}.
   */
  public static String unwrapped(String part) {
    List<String> words = new ArrayList<>(List.of(part.split(" ")));
    boolean inWrapper = false;
    while (!words.isEmpty()) {
      String first = words.getFirst();
      String name = first.substring(first.lastIndexOf('/') + 1);
      boolean assignment =
          first.indexOf('=') > 0
              && first
                  .substring(0, first.indexOf('='))
                  .chars()
                  .allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
      boolean wrapperArgument =
          inWrapper && (first.startsWith("-") || first.matches("[0-9.]+[smhd]?"));
      if (assignment || wrapperArgument || KEYWORDS.contains(first)) {
        words.removeFirst();
      } else if (WRAPPERS.contains(name)) {
        inWrapper = true;
        words.removeFirst();
      } else {
        words.set(0, name);
        break;
      }
    }
    return String.join(" ", words);
  }

  /** One pass over the characters. */
  private static final class Cutter {
    final List<String> parts = new ArrayList<>();
    final StringBuilder part = new StringBuilder();
    final String text;
    boolean plain = true;
    int i;

    Cutter(String text) {
      this.text = text;
    }

    void run() {
      boolean wordStart = true;
      while (i < text.length()) {
        char c = text.charAt(i);
        switch (c) {
          case '\'' -> single();
          case '"' -> doubled();
          case '\\' -> {
            if (i + 1 >= text.length()) {
              plain = false;
            } else if (text.charAt(i + 1) != '\n') {
              part.append(text.charAt(i + 1));
            }
            i += 2;
          }
          case ';', '\n', '|' -> {
            end();
            i++;
          }
          case '&' -> ampersand();
          case '>', '<' -> redirection();
          case '$', '`', '(', ')', '{', '}', '*', '?', '[', '~' -> {
            // A pattern may name files, but adds no command; the others may run one, or change
            // words.
            plain &= c == '*' || c == '?' || c == '[';
            if (c == '$' || c == '`' || c == '(' || c == ')') {
              end();
              i++;
              if (c == '$' && i < text.length() && text.charAt(i) != '(') {
                part.append(c);
              }
            } else {
              part.append(c);
              i++;
            }
          }
          case '#' -> {
            if (wordStart) {
              while (i < text.length() && text.charAt(i) != '\n') {
                i++;
              }
              plain = false;
            } else {
              part.append(c);
              i++;
            }
          }
          case ' ', '\t' -> {
            blank();
            i++;
          }
          default -> {
            plain &= c >= ' ' && c < 127 || Character.isLetterOrDigit(c);
            part.append(c);
            i++;
          }
        }
        wordStart = i > 0 && i <= text.length() && " \t\n;&|(".indexOf(text.charAt(i - 1)) >= 0;
      }
      end();
    }

    private void blank() {
      if (!part.isEmpty() && part.charAt(part.length() - 1) != ' ') {
        part.append(' ');
      }
    }

    private void end() {
      String done = part.toString().strip();
      part.setLength(0);
      if (!done.isEmpty()) {
        parts.add(done);
        for (String word : done.split(" ")) {
          plain &= !KEYWORDS.contains(word);
        }
      }
    }

    private void single() {
      int close = text.indexOf('\'', i + 1);
      if (close < 0) {
        plain = false;
        part.append(text, i + 1, text.length());
        i = text.length();
      } else {
        part.append(text, i + 1, close);
        plain &=
            text.substring(i + 1, close).chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\t');
        i = close + 1;
      }
    }

    private void doubled() {
      i++;
      while (i < text.length() && text.charAt(i) != '"') {
        char c = text.charAt(i);
        if (c == '$' || c == '`') {
          plain = false;
          if (c == '`' || i + 1 < text.length() && text.charAt(i + 1) == '(') {
            end(); // what is inside runs as a command of its own
            i += c == '`' ? 1 : 2;
            continue;
          }
        } else if (c == '\\' && i + 1 < text.length()) {
          char next = text.charAt(i + 1);
          if (next == '"' || next == '\\' || next == '$' || next == '`') {
            part.append(next);
            i += 2;
            continue;
          }
        }
        part.append(c);
        i++;
      }
      plain &= i < text.length();
      i++;
    }

    private void ampersand() {
      if (i + 1 < text.length() && text.charAt(i + 1) == '>') {
        i++;
        redirection();
        return;
      }
      end();
      i++;
    }

    /**
     * {@code >/dev/null}, {@code 2>&1} and their like are harmless; any other redirection reads or
     * writes a file.
     */
    private void redirection() {
      int at = i;
      while (at < text.length()
          && (text.charAt(at) == '>'
              || text.charAt(at) == '<'
              || text.charAt(at) == '&'
              || text.charAt(at) == ' ')) {
        at++;
      }
      String operator = text.substring(i, at).strip();
      int end = at;
      while (end < text.length() && " \t\n;&|<>()".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String target = text.substring(at, end);
      boolean toNowhere =
          (operator.equals(">") || operator.equals(">>") || operator.equals("&>"))
              && target.equals("/dev/null");
      boolean toDescriptor = operator.equals(">&") && (target.equals("1") || target.equals("2"));
      plain &= toNowhere || toDescriptor;
      int length = part.length();
      if (length > 0
          && Character.isDigit(part.charAt(length - 1))
          && (length == 1 || part.charAt(length - 2) == ' ')) {
        part.setLength(length - 1);
      }
      i = end;
      blank();
    }
  }
}
