package dev.agent.shell;

import java.util.Set;

/**
 * Reads an awk program word by word. Proven is a program that starts nothing, opens no file by
 * itself and does not look at the environment; where division and patterns could be mistaken for
 * each other it is not.
 */
final class AwkProgram {
  private static final Set<String> REFUSED =
      Set.of(
          "system",
          "getline",
          "ENVIRON",
          "ARGV",
          "ARGC",
          "ARGIND",
          "PROCINFO",
          "SYMTAB",
          "FUNCTAB",
          "extension",
          "load");

  private final String program;
  private final FactCollector facts;
  private int at;
  private int depth;
  private boolean printing;
  private int printDepth;
  private boolean afterValue;
  private boolean divides;
  private boolean matches;

  private AwkProgram(String program, FactCollector facts) {
    this.program = program;
    this.facts = facts;
  }

  static void judge(String program, FactCollector facts) {
    AwkProgram reader = new AwkProgram(program, facts);
    while (reader.at < program.length() && reader.token()) {
      // one token per round
    }
    if (reader.divides && reader.matches) {
      reader.fail("has \"/\" both as a division and around a pattern");
    }
    for (String word : REFUSED) {
      // Also inside of strings: whoever hides the words well enough may have hidden them from us.
      if (!word.equals("load") && program.contains(word)) {
        reader.fail("has \"" + word + "\" in it");
      }
    }
  }

  private boolean fail(String what) {
    facts.object("the awk program \"" + program + "\" " + what);
    return false;
  }

  private boolean token() {
    char c = program.charAt(at);
    if (Character.isLetter(c) || c == '_') {
      return word();
    }
    if (c >= '0' && c <= '9' || c == '.') {
      at++;
      afterValue = true;
      return true;
    }
    at++;
    return switch (c) {
      case ' ', '\t', '\r' -> true;
      case '"' -> string();
      case '/' -> afterValue ? division() : regex();
      case '#' -> comment();
      case '@' -> fail("has \"@\"");
      case '\\' -> {
        boolean continued = at < program.length() && program.charAt(at) == '\n';
        at++;
        yield continued || fail("has a backslash outside of strings");
      }
      case '|' -> {
        afterValue = false;
        yield at < program.length() && program.charAt(at++) == '|' || fail("pipes into a program");
      }
      case '>' -> compare();
      case '(', '[' -> open();
      case ')', ']' -> close();
      case '{', ';' -> separator();
      case '}' -> separator();
      case '\n' -> {
        afterValue = false;
        yield true;
      }
      case '+', '-' -> {
        boolean doubled = at < program.length() && program.charAt(at) == c;
        at += doubled ? 1 : 0;
        // After "++" a value may follow or have gone before: a "/" then is not clear.
        afterValue = doubled && afterValue;
        yield !(doubled && slashFollows()) || fail("has \"/\" after \"" + c + c + "\"");
      }
      default -> {
        afterValue = false;
        yield "$,=<!~&*%^?:".indexOf(c) >= 0
            || fail("has \"" + c + "\", which is not known to be harmless");
      }
    };
  }

  private boolean slashFollows() {
    int i = at;
    while (i < program.length() && program.charAt(i) == ' ') {
      i++;
    }
    return i < program.length() && program.charAt(i) == '/';
  }

  private boolean word() {
    int start = at;
    while (at < program.length()
        && (Character.isLetterOrDigit(program.charAt(at)) || program.charAt(at) == '_')) {
      at++;
    }
    String word = program.substring(start, at);
    if (REFUSED.contains(word)) {
      return fail("has \"" + word + "\" in it");
    }
    switch (word) {
      case "print", "printf" -> {
        printing = true;
        printDepth = depth;
        afterValue = false;
      }
      case "in", "return", "else", "do", "case", "if", "while", "for", "exit", "delete" ->
          afterValue = false;
      case "next", "nextfile", "continue", "break", "BEGIN", "END", "func", "function" ->
          afterValue = false;
      default -> afterValue = true;
    }
    return true;
  }

  private boolean string() {
    while (at < program.length()) {
      char c = program.charAt(at++);
      if (c == '"') {
        afterValue = true;
        return true;
      }
      if (c == '\n') {
        break;
      }
      if (c == '\\') {
        at++;
      }
    }
    return fail("has a string that is not closed");
  }

  private boolean division() {
    boolean closed = program.substring(0, at - 1).stripTrailing().endsWith(")");
    divides = true;
    afterValue = false;
    // After the condition of an "if" it would begin a pattern, which takes a second one to end.
    return !closed
        || program.indexOf('/') == program.lastIndexOf('/')
        || fail("has \"/\" after a parenthesis");
  }

  private boolean regex() {
    matches = true;
    boolean inBrackets = false;
    while (at < program.length()) {
      char c = program.charAt(at++);
      if (c == '/') {
        afterValue = true;
        return !inBrackets || fail("has \"/\" inside of brackets");
      }
      if (c == '\n') {
        break;
      }
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        inBrackets = true;
      } else if (c == ']') {
        inBrackets = false;
      }
    }
    return fail("has a pattern that is not closed");
  }

  private boolean comment() {
    int end = program.indexOf('\n', at);
    at = end < 0 ? program.length() : end;
    return true;
  }

  /** In a print statement and outside of parentheses it names an output file. */
  private boolean compare() {
    afterValue = false;
    boolean doubled = at < program.length() && program.charAt(at) == '>';
    return !doubled && !(printing && depth <= printDepth) || fail("prints into a file");
  }

  private boolean open() {
    depth++;
    afterValue = false;
    return true;
  }

  private boolean close() {
    depth--;
    afterValue = true;
    return depth >= 0 || fail("closes more than it opens");
  }

  private boolean separator() {
    // A line end does not end a print statement for us: it may go on in the next line.
    printing = false;
    afterValue = false;
    return depth == 0 || program.charAt(at - 1) == ';' || fail("closes less than it opens");
  }
}
