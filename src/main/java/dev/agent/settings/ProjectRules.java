package dev.agent.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes out of a file's values what its source may not set, or what nobody approved yet. */
final class ProjectRules {
  private final Source source;
  private final boolean personal;
  private final Trust.Standing standing;
  private final List<Removed> removed = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();

  /**
   * @param personal whether the file is the person's own although it lies in the project: then it
   *     counts as a whole once the directory is trusted
   */
  ProjectRules(Source source, boolean personal, Trust.Standing standing) {
    this.source = source;
    this.personal = personal;
    this.standing = standing;
  }

  /** A value that was taken out. */
  record Removed(List<String> path, int index, JsonNode value, Settings.Dropped.Why why) {}

  /** A value that a person has to approve. */
  record Item(String key, JsonNode value, String hash, boolean approved) {}

  List<Removed> removed() {
    return removed;
  }

  List<Item> items() {
    return items;
  }

  void apply(ObjectNode values) {
    for (Setting setting : SettingsSchema.shipped().all()) {
      boolean open =
          setting.setBy() == Setting.SetBy.ANY
              && !setting.sensitive()
              && setting.neverFromProject().isEmpty();
      if (!open) {
        apply(setting, values);
      }
    }
  }

  private void apply(Setting setting, ObjectNode values) {
    List<String> path = List.of(setting.key().split("\\."));
    String name = path.getLast();
    ObjectNode parent = values;
    for (String step : path.subList(0, path.size() - 1)) {
      if (!(parent.get(step) instanceof ObjectNode inside)) {
        return;
      }
      parent = inside;
    }
    JsonNode value = parent.get(name);
    if (value == null) {
      return;
    }
    if (!setting.setBy().allows(source)) {
      parent.remove(name);
      removed.add(
          new Removed(
              path,
              -1,
              value,
              source.isFromProject()
                  ? Settings.Dropped.Why.NEVER_FROM_PROJECT
                  : Settings.Dropped.Why.NOT_FROM_THERE));
      return;
    }
    if (!source.isFromProject()) {
      return;
    }
    never(setting, path, parent);
    if (setting.sensitive() && parent.has(name)) {
      approve(setting, path, parent);
    }
  }

  private void never(Setting setting, List<String> path, ObjectNode parent) {
    JsonNode value = parent.get(path.getLast());
    if (value instanceof ObjectNode members) {
      for (String member : Checks.names(members)) {
        if (setting.isNeverFromProject(member)) {
          never(Checks.plus(path, member), members.remove(member));
          leaveNothingEmpty(parent, path.getLast(), true);
        }
      }
    } else if (setting.isNeverFromProject(value.asText())) {
      never(path, parent.remove(path.getLast()));
    }
  }

  private void never(List<String> path, JsonNode value) {
    removed.add(new Removed(path, -1, value, Settings.Dropped.Why.NEVER_FROM_PROJECT));
  }

  private void approve(Setting setting, List<String> path, ObjectNode parent) {
    JsonNode value = parent.get(path.getLast());
    if (setting.merge() == Setting.Merge.APPEND && value instanceof ArrayNode list) {
      List<Removed> out = new ArrayList<>();
      for (int i = list.size() - 1; i >= 0; i--) {
        Optional<Removed> refused = refused(setting.key(), path, i, list.get(i));
        if (refused.isPresent()) {
          list.remove(i);
          out.addFirst(refused.get());
        }
      }
      removed.addAll(out);
      leaveNothingEmpty(parent, path.getLast(), !out.isEmpty());
    } else if (setting.merge() != Setting.Merge.OVERRIDE && value instanceof ObjectNode members) {
      int before = removed.size();
      for (String member : Checks.names(members)) {
        List<String> here = Checks.plus(path, member);
        refused(setting.key() + "." + member, here, -1, members.get(member))
            .ifPresent(
                refused -> {
                  members.remove(member);
                  removed.add(refused);
                });
      }
      leaveNothingEmpty(parent, path.getLast(), removed.size() > before);
    } else {
      refused(setting.key(), path, -1, value)
          .ifPresent(
              refused -> {
                parent.remove(path.getLast());
                removed.add(refused);
              });
    }
  }

  /** What lost all that it held says nothing any more. */
  private static void leaveNothingEmpty(ObjectNode parent, String name, boolean lost) {
    if (lost && parent.path(name).isEmpty()) {
      parent.remove(name);
    }
  }

  private Optional<Removed> refused(String key, List<String> path, int index, JsonNode value) {
    boolean approved = personal && standing.trusted();
    if (!personal) {
      String hash = Contribution.hash(key, value);
      approved = standing.approves(hash);
      items.add(new Item(key, value, hash, approved));
    }
    return approved
        ? Optional.empty()
        : Optional.of(new Removed(path, index, value, Settings.Dropped.Why.NOT_APPROVED));
  }
}
