package dev.agent.tui.dialog;

import dev.agent.permission.Decision;
import dev.agent.permission.Permissions;
import dev.agent.permission.Reason;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;

/** Says in words why a call is asked about. */
final class ReasonText {
  private ReasonText() {}

  /** Why, and which layer and rule want it so. */
  static String of(Reason why) {
    // That the mode asks is no news; that a layer of another name does is.
    boolean plain = why.layer().equals("mode") && why.rule().isEmpty() && why.source().isEmpty();
    if (plain) {
      return Text.shown(why.text());
    }
    String from = why.rule().isEmpty() ? why.layer() : why.layer() + ": " + why.rule();
    String source = why.source().isEmpty() ? "" : ", " + why.source();
    return Text.shown(why.text() + " (" + from + source + ")");
  }

  /** What each layer said: a name, and the opinion beside it or, where there is no room, below. */
  static List<Line> trail(List<Permissions.Opinion> trail, Canvas canvas) {
    int indent = canvas.margin() * 3;
    int room = Math.max(1, canvas.width() - indent - canvas.margin());
    Style dim = canvas.style(Token.DIM);
    int names = trail.stream().mapToInt(it -> it.layer().length()).max().orElse(0) + 2;
    boolean beside = names + 24 <= room;
    List<Line> lines = new ArrayList<>();
    for (Permissions.Opinion opinion : trail) {
      boolean silent = opinion.decision() instanceof Decision.Pass;
      Style style = silent ? dim : canvas.style(Token.TEXT);
      String layer = Text.shown(opinion.layer());
      String said = said(opinion.decision());
      if (beside) {
        for (var row : Text.wrap(said, room - names, style)) {
          boolean first = lines.isEmpty() || !row.continues();
          lines.add(
              first
                  ? Line.of(row).after(Span.of(Text.padded(layer, names), style))
                  : Line.of(row).indented(names));
        }
      } else {
        lines.addAll(Line.of(Text.wrap(layer + ": " + said, room, style)));
      }
    }
    return Line.indented(lines, indent);
  }

  private static String said(Decision decision) {
    return switch (decision) {
      case Decision.Pass _ -> "no opinion";
      case Decision.Allow(Reason why) -> "allows: " + plain(why);
      case Decision.Ask(Reason why, _) -> "asks: " + plain(why);
      case Decision.Deny(Reason why) -> "denies: " + plain(why);
    };
  }

  private static String plain(Reason why) {
    String rule = why.rule().isEmpty() ? "" : " (" + why.rule();
    String source = rule.isEmpty() ? "" : why.source().isEmpty() ? ")" : ", " + why.source() + ")";
    return Text.shown(why.text() + rule + source);
  }
}
