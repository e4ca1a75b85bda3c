package dev.agent.tui.view;

import dev.agent.tool.Display;
import java.util.ArrayList;
import java.util.List;

/** A block as text: what it is copied, searched and opened as. */
final class Texts {
  private Texts() {}

  static String of(Content content) {
    return switch (content) {
      case Content.Header header -> header.product() + " " + header.model() + " " + header.place();
      case Content.Prompt(Source text, List<String> attachments) ->
          join(text.text(), String.join(" ", attachments));
      case Content.Answer(Source text, _) -> text.text();
      case Content.Thinking(Source text, _, _) -> text.text();
      case Content.Call call -> of(call);
      case Content.Run(List<Content.Item> items) -> {
        List<String> parts = new ArrayList<>();
        for (Content.Item item : items) {
          parts.add(
              switch (item) {
                case Content.Call call -> of(call);
                case Content.Thought(Source text, _) -> text.text();
              });
        }
        yield join(parts.toArray(String[]::new));
      }
      case Content.Notice(_, String text, String hint) -> join(text, hint);
      case Content.Interrupted _ -> "Interrupted by you";
      case Content.Summary _, Content.Gone _ -> "";
      case Content.Shell shell -> join("! " + shell.command(), of(shell.result()));
      case Content.Aside(String question, Source answer) ->
          join("aside: " + question, answer.text());
      case Content.Memory(String text, _) -> "# " + text;
    };
  }

  private static String of(Content.Call call) {
    return join(call.title().text(), of(call.result()));
  }

  private static String of(Content.Result result) {
    return switch (result) {
      case Content.Result.Lines(String headline, Source text, _) -> join(headline, text.text());
      case Content.Result.Change(Display.Diff(_, List<Display.Hunk> hunks, _)) ->
          join(hunks.stream().flatMap(hunk -> hunk.lines().stream()).toArray(String[]::new));
      case Content.Result.Grid(Display.Table(var headings, var rows)) -> {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", headings));
        rows.forEach(row -> lines.add(String.join("\t", row)));
        yield join(lines.toArray(String[]::new));
      }
      case Content.Result.Tasks(Display.Todos(List<Display.Todo> items)) ->
          join(items.stream().map(Display.Todo::content).toArray(String[]::new));
    };
  }

  private static String join(String... parts) {
    StringBuilder text = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n").append(part);
      }
    }
    return text.toString();
  }
}
