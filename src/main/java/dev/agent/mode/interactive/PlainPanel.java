package dev.agent.mode.interactive;

import dev.agent.command.CommandResult;
import dev.agent.command.Panel;
import java.util.ArrayList;
import java.util.List;

/** What slash commands show, as lines. */
final class PlainPanel {
  private PlainPanel() {}

  /** What there is to read of a result; no line when there is nothing. */
  static List<String> of(CommandResult result) {
    return switch (result) {
      case CommandResult.Handled(String message) ->
          message.isBlank() ? List.of() : PlainText.clean(message).lines().toList();
      case CommandResult.Copied(String done, String typing, _) -> List.of(done + "; " + typing);
      case CommandResult.Show(Panel panel) -> of(panel);
      case CommandResult.Open(_, Panel instead) -> of(instead);
      case CommandResult.Edit(var file) ->
          List.of("Edit this file: " + PlainText.exact(file.toString()));
      case CommandResult.Prompt _, CommandResult.Exit _ -> List.of();
    };
  }

  static List<String> of(Panel panel) {
    List<String> lines = new ArrayList<>();
    lines.add(PlainText.clean(panel.title()));
    panel.sections().forEach(section -> lines.addAll(of(section)));
    return lines;
  }

  private static List<String> of(Panel.Section section) {
    return switch (section) {
      case Panel.Section.Text(String text) -> {
        PlainMarkdown markdown = new PlainMarkdown();
        List<String> lines = new ArrayList<>();
        PlainText.clean(text).lines().forEach(line -> lines.addAll(markdown.line(line)));
        lines.addAll(markdown.end());
        yield lines;
      }
      case Panel.Section.Table(String heading, var columns, var rows) ->
          under(
              heading, PlainText.table(columns.stream().map(Panel.Column::heading).toList(), rows));
      case Panel.Section.Items(String heading, var items) ->
          under(heading, items.stream().map(PlainPanel::item).toList());
      case Panel.Section.Diff(var diff) -> {
        List<String> lines = new ArrayList<>();
        lines.add((diff.created() ? "created " : "changed ") + PlainText.exact(diff.path()));
        lines.addAll(PlainText.diff(diff));
        yield lines;
      }
      case Panel.Section.Shares(String heading, var parts, long total) ->
          under(
              heading,
              parts.stream()
                  .map(
                      part ->
                          PlainText.clean(part.name())
                              + ": "
                              + part.amount()
                              + (total > 0
                                  ? ", " + Math.round(100.0 * part.amount() / total) + " %"
                                  : ""))
                  .toList());
    };
  }

  private static List<String> under(String heading, List<String> lines) {
    List<String> all = new ArrayList<>();
    if (!heading.isBlank()) {
      all.add(PlainText.clean(heading));
    }
    all.addAll(lines);
    return all;
  }

  private static String item(Panel.Item item) {
    String mark =
        switch (item.mark()) {
          case NONE -> "";
          case GOOD -> "good: ";
          case WARNING -> "warning: ";
          case BAD -> "bad: ";
          case NOW -> "now: ";
          case OPEN -> "open: ";
        };
    String detail = PlainText.clean(item.detail()).strip().replace("\n", "; ");
    return mark + PlainText.clean(item.label()) + (detail.isEmpty() ? "" : ": " + detail);
  }
}
