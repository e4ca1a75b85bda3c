package dev.agent.mode.replay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Notices when a session's next request does not begin with all of its last one. A session is what
 * has the same model and the same first message. Thread-safe.
 */
final class PrefixWatch {
  private static final int MAX_SESSIONS = 1_000;

  private final Map<String, Seen> sessions =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > MAX_SESSIONS;
        }
      };

  private record Seen(int request, String tools, String system, List<String> messages) {}

  /** What changed since the session's last request, one sentence each; empty when nothing did. */
  synchronized List<String> changes(Exchange exchange) {
    StringBuilder tools = new StringBuilder();
    StringBuilder system = new StringBuilder();
    List<String> messages = new ArrayList<>();
    for (PrefixBlocks.Block block : PrefixBlocks.of(exchange.body())) {
      switch (block.part()) {
        case TOOLS -> tools.append(block.json()).append('\n');
        case SYSTEM -> system.append(block.json()).append('\n');
        case MESSAGES -> messages.add(PrefixBlocks.hash(block.json()));
      }
    }
    if (messages.isEmpty()) {
      return List.of();
    }
    String key = exchange.body().path("model").asText() + messages.getFirst();
    Seen now =
        new Seen(exchange.number(), tools.toString(), system.toString(), List.copyOf(messages));
    Seen before = sessions.put(key, now);
    List<String> found = new ArrayList<>();
    if (before == null) {
      return found;
    }
    String since = " since request " + before.request();
    if (!before.tools().equals(now.tools())) {
      found.add(
          "request " + now.request() + ": tools changed" + since + at(before.tools(), now.tools()));
    }
    if (!before.system().equals(now.system())) {
      found.add(
          "request "
              + now.request()
              + ": system changed"
              + since
              + at(before.system(), now.system()));
    }
    int common = 0;
    int length = Math.min(before.messages().size(), now.messages().size());
    while (common < length && before.messages().get(common).equals(now.messages().get(common))) {
      common++;
    }
    if (common < before.messages().size()) {
      found.add(
          "request "
              + now.request()
              + ": messages changed"
              + since
              + " from block "
              + (common + 1)
              + " of "
              + before.messages().size()
              + " on");
    }
    return found;
  }

  private static String at(String before, String now) {
    int same = 0;
    int length = Math.min(before.length(), now.length());
    while (same < length && before.charAt(same) == now.charAt(same)) {
      same++;
    }
    int from = Math.max(0, same - 20);
    return " at character "
        + same
        + ": \""
        + now.substring(from, Math.min(now.length(), same + 20)).replace('\n', ' ')
        + "\"";
  }
}
