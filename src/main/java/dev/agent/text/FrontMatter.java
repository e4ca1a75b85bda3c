package dev.agent.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A text with values in front: lines {@code key: value} between two lines {@code ---}. It looks
 * like YAML and mostly is, but people write {@code argument-hint: [file] [lines]} or {@code
 * description: Fix: it}, which no YAML parser takes, so it is read line by line: plain and quoted
 * values, lists in brackets or of lines with a dash, blocks behind {@code |} or {@code >}. Lines
 * that make no sense are told and left out.
 *
 * @param values by key in lower case, in their order
 * @param body what follows, without the line end behind the dashes
 * @param bodyLine the line in which the body begins, from 1
 * @param problems what could not be read
 */
public record FrontMatter(
    Map<String, Value> values, String body, int bodyLine, List<Problem> problems) {
  private static final String FENCE = "---";

  public FrontMatter {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    problems = List.copyOf(problems);
  }

  /** A line that could not be read, from 1, and why in one sentence. */
  public record Problem(int line, String sentence) {}

  /**
   * A value.
   *
   * @param text as it was written, without quotes; the items of a list of lines, one a line
   * @param items the same as a list: what stood in brackets or behind dashes, else the text cut at
   *     commas, or at blanks when it has none; never inside parentheses or quotes
   * @param line from 1
   */
  public record Value(String text, List<String> items, int line) {
    public Value {
      items = List.copyOf(items);
    }

    /** Whether it says yes. */
    public boolean isTrue() {
      return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes");
    }

    /** Whether it says no. */
    public boolean isFalse() {
      return text.equalsIgnoreCase("false") || text.equalsIgnoreCase("no");
    }
  }

  /** The value of a key; empty when it is not there or has no text. */
  public Optional<Value> find(String key) {
    return Optional.ofNullable(values.get(key.toLowerCase(Locale.ROOT)))
        .filter(value -> !value.text().isBlank());
  }

  /** The text of a key; empty when it is not there. */
  public String text(String key) {
    return find(key).map(Value::text).orElse("");
  }

  /** Reads a text; one without values in front is all body. */
  public static FrontMatter of(String text) {
    String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
    List<String> lines = new ArrayList<>(List.of(clean.split("\\R", -1)));
    if (!lines.getFirst().stripTrailing().equals(FENCE)) {
      return new FrontMatter(Map.of(), clean, 1, List.of());
    }
    int end = 1;
    while (end < lines.size() && !lines.get(end).stripTrailing().equals(FENCE)) {
      end++;
    }
    if (end == lines.size()) {
      return new FrontMatter(
          Map.of(),
          clean,
          1,
          List.of(new Problem(1, "The line --- at the beginning has no second one that ends it.")));
    }
    Reader reader = new Reader(lines.subList(1, end));
    reader.read();
    return new FrontMatter(
        reader.values,
        String.join("\n", lines.subList(end + 1, lines.size())),
        end + 2,
        reader.problems);
  }

  /** Reads the lines between the dashes. */
  private static final class Reader {
    private final Map<String, Value> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> lines;

    Reader(List<String> lines) {
      this.lines = lines;
    }

    void read() {
      int i = 0;
      while (i < lines.size()) {
        String line = lines.get(i);
        int number = i + 2;
        int colon = line.indexOf(':');
        if (line.isBlank() || line.startsWith("#")) {
          i++;
        } else if (Character.isWhitespace(line.charAt(0)) || line.startsWith("- ")) {
          problems.add(new Problem(number, "This line belongs to no key."));
          i++;
        } else if (colon <= 0 || !isKey(line.substring(0, colon))) {
          problems.add(new Problem(number, "This line is no \"key: value\"."));
          i++;
        } else {
          int next = i + 1;
          while (next < lines.size() && belongs(lines.get(next))) {
            next++;
          }
          value(
              line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
              line.substring(colon + 1).strip(),
              lines.subList(i + 1, next),
              number);
          i = next;
        }
      }
    }

    /** Whether a line goes on with the key above it. */
    private static boolean belongs(String line) {
      return line.isBlank() || Character.isWhitespace(line.charAt(0)) || line.startsWith("- ");
    }

    private static boolean isKey(String text) {
      String key = text.strip();
      return !key.isEmpty()
          && key.chars()
              .allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.');
    }

    private void value(String key, String first, List<String> more, int line) {
      if (values.containsKey(key)) {
        problems.add(new Problem(line, "\"" + key + "\" stands here a second time."));
        return;
      }
      List<String> rest = new ArrayList<>(more);
      while (!rest.isEmpty() && rest.getLast().isBlank()) {
        rest.removeLast();
      }
      boolean block =
          first.equals("|") || first.equals(">") || first.equals("|-") || first.equals(">-");
      if (block) {
        String text = String.join(first.startsWith("|") ? "\n" : " ", stripped(rest)).strip();
        values.put(key, new Value(text, List.of(text), line));
      } else if (first.isEmpty() && rest.stream().anyMatch(it -> it.strip().startsWith("- "))) {
        List<String> items = new ArrayList<>();
        for (String each : rest) {
          String item = each.strip();
          if (item.startsWith("- ")) {
            items.add(unquoted(item.substring(2).strip()));
          }
        }
        values.put(key, new Value(String.join("\n", items), items, line));
      } else {
        List<String> all = new ArrayList<>(List.of(first));
        all.addAll(stripped(rest));
        String text = String.join(first.isEmpty() ? "\n" : " ", all).strip();
        values.put(key, new Value(unquoted(text), items(text), line));
      }
    }

    private static List<String> stripped(List<String> lines) {
      return lines.stream().map(String::strip).toList();
    }

    private static List<String> items(String text) {
      boolean brackets =
          text.startsWith("[") && text.endsWith("]") && text.indexOf(']') == text.length() - 1;
      String inner = brackets ? text.substring(1, text.length() - 1) : unquoted(text);
      List<String> byComma = cut(inner, true);
      List<String> items = byComma.size() > 1 || brackets ? byComma : cut(inner, false);
      return items.stream().map(Reader::unquoted).filter(item -> !item.isEmpty()).toList();
    }

    private static List<String> cut(String text, boolean atCommas) {
      List<String> items = new ArrayList<>();
      StringBuilder item = new StringBuilder();
      int depth = 0;
      char quote = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        boolean separator = atCommas ? c == ',' : Character.isWhitespace(c);
        if (quote != 0) {
          quote = c == quote ? 0 : quote;
        } else if ((c == '"' || c == '\'') && item.toString().isBlank()) {
          quote = c;
        } else if (c == '(') {
          depth++;
        } else if (c == ')') {
          depth = Math.max(0, depth - 1);
        }
        if (separator && depth == 0 && quote == 0) {
          items.add(item.toString().strip());
          item.setLength(0);
        } else {
          item.append(c);
        }
      }
      items.add(item.toString().strip());
      return items;
    }

    private static String unquoted(String text) {
      boolean quoted =
          text.length() >= 2
              && (text.charAt(0) == '"' || text.charAt(0) == '\'')
              && text.charAt(text.length() - 1) == text.charAt(0);
      if (!quoted) {
        return text;
      }
      String inner = text.substring(1, text.length() - 1);
      return text.charAt(0) == '"'
          ? inner.replace("\\\"", "\"").replace("\\n", "\n")
          : inner.replace("''", "'");
    }
  }
}
