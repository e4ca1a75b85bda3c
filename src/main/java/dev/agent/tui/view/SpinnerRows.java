package dev.agent.tui.view;

import dev.agent.tool.Display;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The row that says that something works, on what, and for how long. */
final class SpinnerRows {
  private static final int FRAMES_PER_SECOND = 8;
  private static final String THINKING = "Thinking";
  private static final Duration WORTH_TELLING = Duration.ofSeconds(3);

  private final Look look;

  SpinnerRows(Look look) {
    this.look = look;
  }

  /** One row while a turn runs, none at rest. */
  List<Row> rows(
      Activity activity,
      List<Content.Call> open,
      List<Display.Todo> todos,
      Instant now,
      boolean still,
      int width) {
    if (!activity.isWorking()) {
      return List.of();
    }
    if (activity.phase() == Activity.Phase.ASKING) {
      // The dialog below has the keys and says what they do; nothing moves until it is answered.
      String text = verb(activity, open, todos) + look.glyphs().ellipsis();
      Row row = row(look.glyphs().work() + " ", text, Token.ACCENT, List.of());
      return List.of(Rows.cut(row, width, look.glyphs().ellipsis()));
    }
    String sign = (still ? look.glyphs().work() : frame(now)) + " ";
    String text;
    Token token;
    List<String> facts;
    if (activity.retry().isPresent()) {
      text = retry(activity.retry().get(), now);
      token = Token.WARNING;
      facts = List.of("esc to interrupt");
    } else {
      String verb = verb(activity, open, todos);
      text = verb + look.glyphs().ellipsis();
      token = Token.ACCENT;
      facts = facts(activity, verb, now);
    }
    Row row = row(sign, text, token, facts);
    for (int count = facts.size() - 1; count >= 0 && row.width() > width; count--) {
      row = row(sign, text, token, facts.subList(0, count));
    }
    return List.of(Rows.cut(row, width, look.glyphs().ellipsis()));
  }

  private String frame(Instant now) {
    List<String> frames = look.glyphs().frames();
    long tick = Math.floorDiv(now.toEpochMilli(), 1_000 / FRAMES_PER_SECOND);
    return frames.get((int) Math.floorMod(tick, (long) frames.size()));
  }

  private Row row(String sign, String text, Token token, List<String> facts) {
    Style dim = look.style(Token.DIM);
    String behind = facts.isEmpty() ? "" : " (" + String.join(look.separator(), facts) + ")";
    return Row.of(
        Span.decoration(sign, look.sign(token)),
        Span.of(text, look.style(token)),
        Span.of(behind, dim));
  }

  /** What matters most comes first: the row gives up its end when it is narrow. */
  private List<String> facts(Activity activity, String verb, Instant now) {
    List<String> facts = new ArrayList<>();
    facts.add(Amounts.time(Duration.between(activity.since(), now)));
    if (activity.outputTokens() > 0) {
      facts.add(look.glyphs().down() + " " + Amounts.tokens(activity.outputTokens()) + " tokens");
    }
    if (activity.phase() == Activity.Phase.THINKING) {
      Duration thinking = Duration.between(activity.phaseSince(), now);
      if (thinking.compareTo(WORTH_TELLING) >= 0 && !verb.equals(THINKING)) {
        facts.add("thinking" + look.glyphs().ellipsis());
      }
    } else if (activity.thought().compareTo(WORTH_TELLING) >= 0) {
      facts.add("thought " + Amounts.time(activity.thought()));
    }
    facts.add("esc to interrupt");
    return facts;
  }

  private String retry(Activity.Retry retry, Instant now) {
    long seconds = Math.max(0, (Duration.between(now, retry.due()).toMillis() + 999) / 1_000);
    String what =
        switch (retry.status()) {
          case 429 -> "Rate limit (429)";
          case 529 -> "API busy (529)";
          case 0 -> "No connection";
          default -> "API error (" + retry.status() + ")";
        };
    return what
        + look.separator()
        + "retry "
        + retry.attempt()
        + "/"
        + retry.maxAttempts()
        + (seconds > 0 ? " in " + seconds + "s" : " now");
  }

  private static String verb(Activity activity, List<Content.Call> open, List<Display.Todo> todos) {
    if (activity.phase() == Activity.Phase.ASKING) {
      return "Waiting for you";
    }
    for (Display.Todo todo : todos) {
      if (todo.status().equals(TodoRows.CURRENT) && !todo.activeForm().isBlank()) {
        return Cells.visible(todo.activeForm().replace('\n', ' '));
      }
    }
    for (Content.Call call : open) {
      if (call.state() == Content.State.RUNNING) {
        return verb(call);
      }
    }
    return switch (activity.phase()) {
      case WAITING, TOOLS -> "Working";
      case THINKING -> THINKING;
      case ANSWERING -> "Answering";
      case ASKING -> "Waiting for you";
    };
  }

  private static String verb(Content.Call call) {
    String argument = call.title().argument();
    String file = argument.substring(argument.lastIndexOf('/') + 1);
    return switch (call.tool()) {
      case "Bash" -> "Running " + firstWord(argument);
      case "Edit", "MultiEdit", "NotebookEdit" -> "Editing " + file;
      case "Write" -> "Writing " + file;
      case "Read" -> "Reading " + file;
      case "Grep" -> "Searching";
      case "Glob" -> "Looking for files";
      case "WebFetch" -> "Fetching a page";
      case "WebSearch" -> "Searching the web";
      case "AskUserQuestion", "ExitPlanMode" -> "Waiting for an answer";
      default -> "Running " + call.title().name().toLowerCase(Locale.ROOT);
    };
  }

  private static String firstWord(String command) {
    String word = command.strip().split("\\s", 2)[0];
    return word.length() > 24 ? "a command" : word;
  }
}
