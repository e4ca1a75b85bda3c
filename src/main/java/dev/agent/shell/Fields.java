package dev.agent.shell;

import java.util.List;

/** Collects the characters of one word, and cuts them into arguments. */
final class Fields {
  private final List<Argument> into;
  private final boolean splits;

  /** What the argument says so far, and for each character whether it stands for itself. */
  private final StringBuilder text = new StringBuilder();

  private final StringBuilder marks = new StringBuilder();
  private boolean exists;
  private boolean unknown;
  private boolean mayMatch;

  private static final char QUOTED = 'q';
  private static final char OPEN = 'o';

  Fields(List<Argument> into, boolean splits) {
    this.into = into;
    this.splits = splits;
  }

  void quoted(String more) {
    exists = true;
    add(more, QUOTED);
  }

  void literal(String more) {
    exists = true;
    mayMatch = true;
    add(more, OPEN);
  }

  /** A value that is a pattern: its escapes are undone, its open characters stay open. */
  void pattern(String pattern) {
    exists = true;
    mayMatch = true;
    for (int i = 0; i < pattern.length(); i++) {
      boolean escaped = pattern.charAt(i) == '\\' && i + 1 < pattern.length();
      i += escaped ? 1 : 0;
      text.append(pattern.charAt(i));
      marks.append(escaped ? QUOTED : OPEN);
    }
  }

  /** Something that is only known when it runs. */
  void unknown(String source) {
    unknown = true;
    exists = true;
    add(source, OPEN);
  }

  private void add(String more, char mark) {
    text.append(more);
    for (int i = 0; i < more.length(); i++) {
      marks.append(mark);
    }
  }

  /** An unquoted value: cut at blanks, then matched with files. */
  void split(String value, String source) {
    if (!splits || value.indexOf('\\') >= 0) {
      unknown(source);
      return;
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t' || c == '\n') {
        end();
      } else {
        exists = true;
        mayMatch = true;
        text.append(c);
        marks.append(OPEN);
      }
    }
  }

  /** Ends an argument, if there is one. */
  void end() {
    if (!exists) {
      return;
    }
    into.add(value());
    text.setLength(0);
    marks.setLength(0);
    exists = false;
    unknown = false;
    mayMatch = false;
  }

  Argument value() {
    if (unknown) {
      return Argument.unknown(text.toString());
    }
    return mayMatch && isPattern() ? Argument.pattern(escaped()) : Argument.exact(text.toString());
  }

  private boolean isPattern() {
    boolean bracket = false;
    for (int i = 0; i < text.length(); i++) {
      if (marks.charAt(i) != OPEN) {
        continue;
      }
      char c = text.charAt(i);
      if (c == '*' || c == '?' || c == ']' && bracket) {
        return true;
      }
      bracket |= c == '[';
    }
    return false;
  }

  private String escaped() {
    StringBuilder pattern = new StringBuilder(text.length() + 4);
    boolean bracket = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean open = marks.charAt(i) == OPEN;
      String special = bracket ? "*?[]\\!^-:=." : "*?[]\\";
      if (!open && special.indexOf(c) >= 0) {
        pattern.append('\\');
      }
      bracket = open && c == '[' || bracket && !(open && c == ']');
      pattern.append(c);
    }
    return pattern.toString();
  }
}
