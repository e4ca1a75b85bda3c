package dev.agent.mode.print;

import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.tool.Display;

/** The final text; with {@code --verbose} what happens meanwhile goes to standard error. */
final class TextOutput implements Output {
  private final Lines out;
  private final Lines err;
  private final boolean verbose;

  TextOutput(Lines out, Lines err, boolean verbose) {
    this.out = out;
    this.err = err;
    this.verbose = verbose;
  }

  @Override
  public void begin() {}

  @Override
  public void accept(AgentEvent event) {
    switch (event) {
      case AgentEvent.Notice(AgentEvent.Level level, String text) -> {
        if (verbose || level != AgentEvent.Level.INFO) {
          err.print(text);
        }
      }
      case AgentEvent.Retrying(int attempt, int max, var delay, _, String reason) ->
          err.print(
              reason + " Trying again in " + seconds(delay) + " (" + attempt + " of " + max + ").");
      case AgentEvent.ModelSwitched(String from, String to, String why) ->
          err.print("Switched from " + from + " to " + to + ": " + why);
      case AgentEvent.ToolStarted(var call, _) -> {
        if (verbose) {
          err.print("> " + call.name() + " " + brief(Json.write(call.input())));
        }
      }
      case AgentEvent.ToolFinished(var use, var result, Display display, var status, var took) -> {
        if (verbose) {
          err.print(
              "  "
                  + use.name()
                  + " "
                  + status.name().toLowerCase(java.util.Locale.ROOT)
                  + " in "
                  + took.toMillis()
                  + " ms: "
                  + brief(DisplayText.of(display)));
        }
      }
      case AgentEvent.PartialDiscarded(_, String why) -> {
        if (verbose) {
          err.print("A partial answer was dropped (" + why + ").");
        }
      }
      default -> {}
    }
  }

  private static String seconds(java.time.Duration delay) {
    return Math.round(delay.toMillis() / 100.0) / 10.0 + " s";
  }

  private static String brief(String text) {
    String line = text.strip().replace('\n', ' ');
    return line.length() > 160 ? line.substring(0, 160) + "…" : line;
  }

  @Override
  public void result(TurnResult result) {
    if (result.structured().isPresent()) {
      out.print(Json.write(result.structured().get()));
    } else if (result.isError()) {
      if (!result.text().isBlank()) {
        out.print(result.text());
      }
      out.print((result.error().startsWith("API Error") ? "" : "Error: ") + result.error());
    } else {
      out.print(result.text());
    }
  }
}
