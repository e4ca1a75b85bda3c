package dev.agent.shell;

/**
 * A place in a text. Looking and moving skip continued lines (a backslash before a line end), as
 * bash does everywhere but in single quotes and comments; the {@code raw} methods don't.
 */
final class Cursor {
  /** What {@link #peek} says at the end. */
  static final int END = -1;

  final String text;
  final Effort effort;
  int at;

  /** Where the line ends behind which here-documents wait; negative for none. */
  private int documentLine = -1;

  private int documentDepth;
  private boolean onLastLine;
  private int afterDocuments;

  Cursor(String text, Effort effort) {
    this.text = text;
    this.effort = effort;
  }

  int peek() {
    effort.steps++;
    int length = text.length();
    while (at < length) {
      char c = text.charAt(at);
      if (c != '\\' || at + 1 >= length || text.charAt(at + 1) != '\n') {
        return c;
      }
      at += 2;
    }
    return END;
  }

  /** The character behind the next one. */
  int peekSecond() {
    return peekAt(1);
  }

  /** The character that lies so many behind the next one. */
  int peekAt(int distance) {
    int start = at;
    for (int i = 0; i < distance && peek() != END; i++) {
      at++;
    }
    int c = peek();
    at = start;
    return c;
  }

  /** Takes the next character; only when {@link #peek} has just said that there is one. */
  void skip() {
    at++;
  }

  boolean accept(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  boolean accept(String wanted) {
    int start = at;
    for (int i = 0; i < wanted.length(); i++) {
      if (!accept(wanted.charAt(i))) {
        at = start;
        return false;
      }
    }
    return true;
  }

  void expect(char wanted, String what) {
    if (!accept(wanted)) {
      problem(what);
    }
  }

  void skipBlanks() {
    int c = peek();
    while (c == ' ' || c == '\t') {
      at++;
      c = peek();
    }
  }

  /** Blanks, and a comment when one begins here. */
  void skipBlanksAndComment() {
    skipBlanks();
    if (peek() == '#') {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      effort.steps += end - at;
      at = end;
    }
  }

  /** Takes a line end, and the here-documents that follow it. */
  boolean acceptLineEnd() {
    if (peek() != '\n') {
      return false;
    }
    if (documentLine >= 0) {
      if (documentLine != at || documentDepth != effort.depth()) {
        problem("a here-document does not begin where its line ends");
      }
      at = Math.max(afterDocuments, at + 1);
      documentLine = -1;
    } else {
      at++;
    }
    return true;
  }

  void skipLineEnds() {
    skipBlanksAndComment();
    while (acceptLineEnd()) {
      skipBlanksAndComment();
    }
  }

  /** Where the text of a here-document begins that is announced here; negative for nowhere. */
  int documentStart() {
    if (documentLine >= 0) {
      return afterDocuments;
    }
    int i = onLastLine ? text.length() : at;
    while (i < text.length() && text.charAt(i) != '\n') {
      i += text.charAt(i) == '\\' ? 2 : 1;
      effort.steps++;
    }
    if (i >= text.length()) {
      onLastLine = true; // or each announcement would look through the rest again
      return -1;
    }
    documentLine = i;
    documentDepth = effort.depth();
    afterDocuments = i + 1;
    return afterDocuments;
  }

  void documentEnd(int end) {
    afterDocuments = end;
  }

  void checkNoDocumentWaits() {
    if (documentLine >= 0) {
      problem("a here-document has no text");
    }
  }

  String since(int start) {
    return text.substring(start, Math.min(at, text.length()));
  }

  void problem(String what) {
    effort.problem(what, at);
  }

  /** Gives up: all readers see the end. */
  void stop(String what) {
    problem(what);
    at = text.length();
  }

  boolean isSpent() {
    if (effort.isSpent() && at < text.length()) {
      stop("it is too complicated");
    }
    return effort.isSpent();
  }
}
