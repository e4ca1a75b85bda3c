package dev.agent.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A finished system call as strace writes it.
 *
 * @param arguments as written, without the blanks around them
 * @param result what stands behind the equals sign
 */
record TraceLine(int process, String call, List<String> arguments, String result) {
  TraceLine {
    arguments = List.copyOf(arguments);
  }

  boolean failed() {
    return result.startsWith("-1") || result.startsWith("?");
  }

  String argument(int index) {
    return index < arguments.size() ? arguments.get(index) : "";
  }

  /** A line such as {@code 17 mkdir("x", 0755) = 0}; empty for anything else. */
  static Optional<TraceLine> parse(String line) {
    int blank = line.indexOf(' ');
    int open = line.indexOf('(');
    if (blank < 1 || open < 0 || !line.substring(0, blank).chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    String call = line.substring(blank, open).strip();
    if (call.isEmpty() || !call.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_')) {
      return Optional.empty();
    }
    List<String> arguments = new ArrayList<>();
    int end = split(line, open + 1, arguments);
    int equals = line.indexOf('=', end);
    return equals < 0
        ? Optional.empty()
        : Optional.of(
            new TraceLine(
                Integer.parseInt(line.substring(0, blank)),
                call,
                arguments,
                line.substring(equals + 1).strip()));
  }

  /** Takes the arguments apart; returns where they end. */
  private static int split(String line, int from, List<String> arguments) {
    int depth = 0;
    boolean quoted = false;
    int start = from;
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quoted) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          quoted = false;
        }
        continue;
      }
      switch (c) {
        case '"' -> quoted = true;
        case '(', '[', '{' -> depth++;
        case ']', '}' -> depth--;
        case ')' -> {
          if (depth == 0) {
            arguments.add(line.substring(start, i).strip());
            return i;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            arguments.add(line.substring(start, i).strip());
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    return line.length();
  }

  /** The text of a quoted argument; empty when it is none. */
  static Optional<String> text(String argument) {
    if (!argument.startsWith("\"")) {
      return Optional.empty();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 1; i < argument.length() && argument.charAt(i) != '"'; i++) {
      char c = argument.charAt(i);
      if (c != '\\' || i + 1 == argument.length()) {
        bytes.write(c);
        continue;
      }
      char next = argument.charAt(++i);
      switch (next) {
        case 'n' -> bytes.write('\n');
        case 't' -> bytes.write('\t');
        case 'r' -> bytes.write('\r');
        case 'v' -> bytes.write(11);
        case 'f' -> bytes.write('\f');
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int value = 0;
          int last = Math.min(argument.length(), i + 3);
          while (i < last && argument.charAt(i) >= '0' && argument.charAt(i) <= '7') {
            value = value * 8 + argument.charAt(i++) - '0';
          }
          i--;
          bytes.write(value);
        }
        default -> bytes.write(next);
      }
    }
    return Optional.of(bytes.toString(StandardCharsets.UTF_8));
  }

  /** The path that stands in angle brackets behind a descriptor; empty when none does. */
  static Optional<String> opened(String argument) {
    int open = argument.indexOf('<');
    int close = argument.lastIndexOf('>');
    return open >= 0 && close > open && argument.charAt(open + 1) == '/'
        ? Optional.of(argument.substring(open + 1, close))
        : Optional.empty();
  }
}
