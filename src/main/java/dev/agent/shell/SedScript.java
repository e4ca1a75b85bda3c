package dev.agent.shell;

/**
 * Reads a sed script command by command, as GNU and BSD sed do; where the two would read it
 * differently it is not proven. Files that the script reads or writes become facts; commands that
 * start programs, and whatever is not known, are objected to.
 */
final class SedScript {
  private static final String WITHOUT_ARGUMENT = "=dDgGhHnNpPxzF";
  private static final int NOTHING = -1;

  private final String script;
  private final FactCollector facts;
  private int at;

  private SedScript(String script, FactCollector facts) {
    this.script = script;
    this.facts = facts;
  }

  static void judge(String script, FactCollector facts) {
    if (script.isEmpty() || script.endsWith("\\")) {
      // The next part of the command line, or for BSD its first operand, would belong to it.
      facts.object("the sed script \"" + script + "\" may go on in another word");
      return;
    }
    SedScript reader = new SedScript(script, facts);
    while (reader.skipTo() && reader.command()) {
      // one command per round
    }
  }

  private boolean fail(String what) {
    facts.object("the sed script \"" + script + "\" " + what);
    return false;
  }

  private int peek() {
    return at < script.length() ? script.charAt(at) : NOTHING;
  }

  private void blanks() {
    while (peek() == ' ' || peek() == '\t') {
      at++;
    }
  }

  /** Skips what may stand between commands. */
  private boolean skipTo() {
    while (peek() != NOTHING && " \t\n;".indexOf(peek()) >= 0) {
      at++;
    }
    return at < script.length();
  }

  private boolean command() {
    if (!addresses()) {
      return false;
    }
    int command = peek();
    at++;
    if (command == NOTHING) {
      return fail("ends after an address");
    }
    if (WITHOUT_ARGUMENT.indexOf(command) >= 0) {
      return end();
    }
    return switch (command) {
      case '{' -> true;
      case '}' -> end();
      case '#' -> line();
      case 'l', 'L', 'q', 'Q' -> {
        blanks();
        digits();
        yield end();
      }
      case ':', 'b', 't', 'T' -> label();
      case 'a', 'i', 'c' -> text();
      case 'r', 'R' -> file(false);
      case 'w', 'W' -> file(true);
      case 's' -> parts(true) && flags();
      case 'y' -> parts(false) && end();
      case 'e' -> fail("runs a program with \"e\"");
      default ->
          fail("has the command \"" + (char) command + "\", which is not known to be harmless");
    };
  }

  private boolean addresses() {
    if (!address()) {
      return false;
    }
    blanks();
    if (peek() == ',') {
      at++;
      blanks();
      if (peek() == '+' || peek() == '~') {
        at++;
      }
      if (!address()) {
        return false;
      }
      blanks();
    }
    while (peek() == '!' || peek() == ' ') {
      at++;
    }
    return true;
  }

  private boolean address() {
    int c = peek();
    if (c == '$') {
      at++;
    } else if (c >= '0' && c <= '9') {
      digits();
      if (peek() == '~') {
        at++;
        digits();
      }
    } else if (c == '/' || c == '\\') {
      at += c == '/' ? 1 : 2;
      if (at > script.length()
          || "\n\\".indexOf(script.charAt(at - 1)) >= 0
          || !regex(script.charAt(at - 1))) {
        return fail("has an address that is not closed or not clear");
      }
      while (peek() == 'I' || peek() == 'M') {
        at++;
      }
    }
    return true;
  }

  private void digits() {
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
  }

  /** After a command: blanks, then an end. */
  private boolean end() {
    blanks();
    int c = peek();
    if (c == NOTHING || c == ';' || c == '\n' || c == '}' || c == '#') {
      return true;
    }
    return fail("has \"" + (char) c + "\" where a command should end");
  }

  private boolean line() {
    int newline = script.indexOf('\n', at);
    at = newline < 0 ? script.length() : newline;
    return true;
  }

  private boolean label() {
    blanks();
    while (peek() != NOTHING && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
      at++;
    }
    return end();
  }

  /** Text to the end of the line, and on while lines end with a backslash. */
  private boolean text() {
    blanks();
    int start = at;
    while (peek() != NOTHING && peek() != '\n') {
      at += peek() == '\\' ? 2 : 1;
    }
    return at > start || fail("has a text command without text");
  }

  private boolean file(boolean writes) {
    blanks();
    int start = at;
    line();
    String name = script.substring(start, at);
    if (name.isEmpty()) {
      return fail("names no file");
    }
    if (!name.equals("/dev/stdout") && !name.equals("/dev/stderr") && !name.equals("/dev/stdin")) {
      if (writes) {
        facts.write(Argument.exact(name));
      } else {
        facts.read(Argument.exact(name));
      }
    }
    return true;
  }

  private boolean parts(boolean isSubstitution) {
    int delimiter = peek();
    if (delimiter == NOTHING || delimiter == '\n' || delimiter == '\\') {
      return fail("ends too early");
    }
    at++;
    boolean first = isSubstitution ? regex((char) delimiter) : plain((char) delimiter);
    return first && plain((char) delimiter) || fail("is not closed or not clear");
  }

  /** To the delimiter; a delimiter inside of brackets is one for some seds and none for others. */
  private boolean regex(char delimiter) {
    int start = at;
    if (!plain(delimiter)) {
      return false;
    }
    String regex = script.substring(start, at - 1);
    int i = 0;
    while (i < regex.length()) {
      char c = regex.charAt(i);
      if (c == '[') {
        i = closing(regex, i + 1);
        if (i < 0) {
          return false;
        }
      } else if (c == '\\') {
        i++;
      }
      i++;
    }
    return true;
  }

  private static int closing(String regex, int from) {
    int i = from;
    if (i < regex.length() && regex.charAt(i) == '^') {
      i++;
    }
    i++; // a bracket in the first place is an ordinary character
    while (i < regex.length() && regex.charAt(i) != ']') {
      boolean isClass =
          regex.charAt(i) == '['
              && i + 1 < regex.length()
              && ":.=".indexOf(regex.charAt(i + 1)) >= 0;
      if (isClass) {
        int end = regex.indexOf(regex.charAt(i + 1) + "]", i + 2);
        if (end < 0) {
          return -1;
        }
        i = end + 1;
      } else if (regex.charAt(i) == '\\') {
        // some read an escape here, some an ordinary backslash
        if (i + 1 < regex.length() && regex.charAt(i + 1) == ']') {
          return -1;
        }
      }
      i++;
    }
    return i < regex.length() ? i : -1;
  }

  private boolean plain(char delimiter) {
    while (at < script.length()) {
      char c = script.charAt(at++);
      if (c == delimiter) {
        return true;
      }
      if (c == '\n') {
        return false;
      }
      if (c == '\\') {
        at++;
      }
    }
    return false;
  }

  private boolean flags() {
    while (peek() != NOTHING && "gpiImM0123456789".indexOf(peek()) >= 0) {
      at++;
    }
    if (peek() == 'e') {
      return fail("runs a program with the flag \"e\"");
    }
    if (peek() == 'w') {
      at++;
      return file(true);
    }
    return end();
  }
}
