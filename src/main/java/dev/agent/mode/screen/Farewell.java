package dev.agent.mode.screen;

import dev.agent.message.Usage;
import dev.agent.mode.interactive.Controller;
import dev.agent.model.Ledger;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.view.Amounts;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Glyphs;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptView;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stays on the normal screen when the full one is left: the end of the conversation. */
final class Farewell {
  private static final int ANSWER_LINES = 40;

  private Farewell() {}

  /** The last prompt and the last answer. */
  static List<Content> tail(Transcript transcript) {
    List<Content> tail = new ArrayList<>();
    Optional<Content> answer = Optional.empty();
    for (int i = transcript.size() - 1; i >= 0; i--) {
      Content content = transcript.at(i).content();
      if (content instanceof Content.Answer && answer.isEmpty()) {
        answer = Optional.of(content);
      } else if (content instanceof Content.Prompt) {
        tail.add(content);
        break;
      }
    }
    answer.ifPresent(tail::add);
    return tail;
  }

  /**
   * Its text; empty where nothing was said.
   *
   * @param tail of the conversation
   * @param showsTail whether it is to be printed, too
   */
  static String of(List<Content> tail, boolean showsTail, Controller controller, Glyphs glyphs) {
    StringBuilder text = new StringBuilder();
    for (Content content : showsTail ? tail : List.<Content>of()) {
      switch (content) {
        case Content.Prompt prompt ->
            text.append(glyphs.prompt())
                .append(' ')
                .append(clean(prompt.text().text()))
                .append("\n\n");
        case Content.Answer answer ->
            text.append(last(clean(answer.text().text()), glyphs)).append('\n');
        default -> {}
      }
    }
    controller
        .session()
        // A turn that is cut off right now is no part of the conversation yet, but it is saved.
        .filter(it -> !tail.isEmpty() || !it.session().conversation().messages().isEmpty())
        .ifPresent(
            it -> {
              text.append(text.isEmpty() ? "" : "\n")
                  .append(totals(it.session().parts().ledger(), glyphs));
              if (it.launch().persist()) {
                text.append("Resume: agent --resume ")
                    .append(it.session().parts().id())
                    .append('\n');
              }
            });
    return text.toString();
  }

  /** What the session took since this process began; empty where no model was asked. */
  static String totals(Ledger ledger, Glyphs glyphs) {
    if (ledger.lines().isEmpty()) {
      return "";
    }
    Usage usage = ledger.usage();
    return "Total: "
        + glyphs.up()
        + " "
        + Amounts.tokens(usage.totalInputTokens())
        + (usage.cacheReadTokens() > 0
            ? " (" + Amounts.tokens(usage.cacheReadTokens()) + " cached)"
            : "")
        + " "
        + glyphs.down()
        + " "
        + Amounts.tokens(usage.outputTokens())
        + (ledger.isPriced() ? " " + glyphs.dot() + " " + Amounts.cost(ledger.cost()) : "")
        + "\n";
  }

  /** Prints a whole transcript, and how to leave it. */
  static void print(TranscriptView view, int columns, OutputStream out) {
    StringBuilder text = new StringBuilder();
    view.print(columns, row -> text.append(row.text().stripTrailing()).append('\n'));
    print(text.append("\nPress Enter to go back.\n").toString(), out);
  }

  /** Prints it on a terminal that is not ours any more. */
  static void print(String text, OutputStream out) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException e) {
      // The terminal is gone; the session is saved.
      return;
    }
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder();
    for (String line : text.strip().split("\n", -1)) {
      clean.append(clean.isEmpty() ? "" : "\n").append(Cells.visible(Cells.expandTabs(line, 4)));
    }
    return clean.toString();
  }

  private static String last(String answer, Glyphs glyphs) {
    List<String> lines = answer.lines().toList();
    if (lines.size() <= ANSWER_LINES) {
      return answer;
    }
    int hidden = lines.size() - ANSWER_LINES;
    return glyphs.ellipsis()
        + " +"
        + hidden
        + " lines above\n"
        + String.join("\n", lines.subList(hidden, lines.size()));
  }
}
