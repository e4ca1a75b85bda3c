package dev.agent.tui.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tools whose calls fold into one row while they follow one another, and how that row counts. */
final class ReadOnlyTools {
  private ReadOnlyTools() {}

  /** A verb and what it counts. */
  private record Phrase(String done, String doing, String one, String many) {}

  private static final Map<String, Phrase> PHRASES =
      Map.of(
          "Read", new Phrase("read", "reading", "file", "files"),
          "Grep", new Phrase("searched", "searching", "pattern", "patterns"),
          "Glob", new Phrase("listed", "listing", "pattern", "patterns"),
          "BashOutput", new Phrase("looked at", "looking at", "shell", "shells"),
          "WebFetch", new Phrase("fetched", "fetching", "page", "pages"),
          "WebSearch",
              new Phrase("searched the web for", "searching the web for", "topic", "topics"));

  static boolean contains(String tool) {
    return PHRASES.containsKey(tool);
  }

  /** {@code Read 2 files, searched 1 pattern}; what is not ended yet comes last, in its form. */
  static String summary(List<Content.Call> calls) {
    Map<String, Integer> done = new LinkedHashMap<>();
    Map<String, Integer> doing = new LinkedHashMap<>();
    for (Content.Call call : calls) {
      if (call.state() != Content.State.FAILED || calls.size() == 1) {
        (call.state().isOver() ? done : doing).merge(call.tool(), 1, Integer::sum);
      }
    }
    List<String> parts = new ArrayList<>();
    done.forEach((tool, count) -> parts.add(part(tool, count, true)));
    doing.forEach((tool, count) -> parts.add(part(tool, count, false)));
    String text = String.join(", ", parts);
    return text.isEmpty() ? "" : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String part(String tool, int count, boolean over) {
    Phrase phrase = PHRASES.getOrDefault(tool, new Phrase("called", "calling", "tool", "tools"));
    return (over ? phrase.done : phrase.doing)
        + " "
        + count
        + " "
        + (count == 1 ? phrase.one : phrase.many);
  }
}
