package dev.agent.tui.dialog;

import dev.agent.permission.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says in words what a rule that is offered would allow. */
final class OfferText {
  private OfferText() {}

  /** What the rules allow together, as the end of "don't ask again for …". */
  static String of(List<Rule> rules, Path cwd) {
    List<String> parts = new ArrayList<>();
    for (Rule rule : rules) {
      parts.add(of(rule, cwd));
    }
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    String all = String.join(", ", parts.subList(0, parts.size() - 1));
    return all + " and " + parts.getLast();
  }

  private static String of(Rule rule, Path cwd) {
    String spec = Text.shown(rule.spec());
    if (rule.tool().equals("Bash")) {
      return spec.isEmpty() ? "any command" : "`" + spec + "`";
    }
    if (rule.tool().equals("Edit") && !spec.isEmpty()) {
      return "edits of " + path(spec, cwd);
    }
    if (rule.tool().equals("Read") && !spec.isEmpty()) {
      return "reading " + path(spec, cwd);
    }
    if (rule.tool().equals("WebFetch")) {
      return spec.isEmpty() ? "any web page" : "pages of " + spec.replaceFirst("^domain:", "");
    }
    return ToolName.of(rule.tool()) + (spec.isEmpty() ? "" : " with `" + spec + "`");
  }

  private static String path(String spec, Path cwd) {
    return spec.startsWith("//") ? Paths.shown(spec.substring(1), cwd) : spec;
  }
}
