package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a key got its value: each source's part, weakest first, then what does not count at all.
 *
 * @param value what the parts come to; empty when nobody set it
 */
public record Explanation(
    String key, Optional<JsonNode> value, List<Part> parts, List<Settings.Dropped> dropped) {
  public Explanation {
    parts = List.copyOf(parts);
    dropped = List.copyOf(dropped);
  }

  /** One source's part. */
  public record Part(Settings.Sourced sourced, Fate fate) {}

  /** What became of a part. */
  public enum Fate {
    /** It is the value. */
    WINS,
    /** All or some of it is in the value, beside others'. */
    JOINED,
    /** A stronger source replaced it. */
    OVERRIDDEN
  }

  static Explanation of(
      String key, Setting.Merge merge, List<Settings.Sourced> all, List<Settings.Dropped> dropped) {
    if (all.isEmpty()) {
      return new Explanation(key, Optional.empty(), List.of(), dropped);
    }
    JsonNode strongest = all.getLast().value();
    // Sources that disagree about the kind can't be joined: then the strongest wins.
    boolean together =
        merge != Setting.Merge.OVERRIDE
            && strongest.isContainerNode()
            && all.stream().allMatch(it -> it.value().getNodeType() == strongest.getNodeType());
    JsonNode value = together ? joined(merge, all) : strongest;
    List<Part> parts = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (Settings.Sourced sourced : all.reversed()) {
      boolean last = parts.isEmpty();
      Fate fate = together ? Fate.JOINED : last ? Fate.WINS : Fate.OVERRIDDEN;
      if (together && merge == Setting.Merge.MEMBERS) {
        List<String> names = Checks.names((ObjectNode) sourced.value());
        fate = last || !taken.containsAll(names) ? Fate.JOINED : Fate.OVERRIDDEN;
        taken.addAll(names);
      }
      parts.addFirst(new Part(sourced, all.size() == 1 ? Fate.WINS : fate));
    }
    return new Explanation(key, Optional.of(value), parts, dropped);
  }

  private static JsonNode joined(Setting.Merge merge, List<Settings.Sourced> all) {
    if (all.getFirst().value() instanceof ArrayNode) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      all.forEach(sourced -> addNew(list, sourced.value()));
      return list;
    }
    ObjectNode object = Json.object();
    for (Settings.Sourced sourced : all) {
      for (Map.Entry<String, JsonNode> member : sourced.value().properties()) {
        boolean lists =
            merge == Setting.Merge.APPEND
                && member.getValue().isArray()
                && object.path(member.getKey()).isArray();
        if (lists) {
          ArrayNode longer = ((ArrayNode) object.get(member.getKey())).deepCopy();
          addNew(longer, member.getValue());
          object.set(member.getKey(), longer);
        } else {
          object.set(member.getKey(), member.getValue());
        }
      }
    }
    return object;
  }

  private static void addNew(ArrayNode list, JsonNode items) {
    for (JsonNode item : items) {
      boolean there = false;
      for (JsonNode known : list) {
        there |= known.equals(item);
      }
      if (!there) {
        list.add(item);
      }
    }
  }
}
