package dev.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.hook.Handler;
import dev.agent.hook.HookEvent;
import dev.agent.hook.HookOutcome;
import dev.agent.hook.HookReport;
import dev.agent.hook.HookResult;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.text.Ansi;
import dev.agent.text.NearestNames;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** {@code agent hooks list} and {@code agent hooks test EVENT [NAME] [--input JSON]}. */
final class HooksCommand {
  private HooksCommand() {}

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    String what = arguments.isEmpty() ? "" : arguments.getFirst();
    return switch (what) {
      case "list" -> list(check(world), world);
      case "test" -> test(arguments.subList(1, arguments.size()), world, cancellation);
      default -> throw new UserError("agent hooks: say what to do.", CommandPage.usage("hooks"));
    };
  }

  private static HookCheck check(Launch.World world) {
    CommandLine.ParseResult nothing = new CommandLine(AgentCommand.spec()).parseArgs();
    return new HookWiring(RunBasis.of(Options.launch(nothing, world))).check();
  }

  private static int list(HookCheck check, Launch.World world) {
    StringBuilder out = new StringBuilder();
    for (HookEvent event : HookEvent.values()) {
      List<Handler> handlers =
          check.read().handlers().stream().filter(hook -> hook.event() == event).toList();
      if (!handlers.isEmpty()) {
        out.append(event.wire())
            .append(event.isRaised() ? "\n" : " (not raised by this version)\n");
        handlers.forEach(handler -> out.append("  ").append(line(handler)).append('\n'));
      }
    }
    if (check.read().switchedOff()) {
      out.append("Some hooks are switched off by disableAllHooks or allowManagedHooksOnly.\n");
    }
    AgentCommand.write(world.out(), out.isEmpty() ? "No hooks.\n" : out.toString());
    check.notices().forEach(notice -> AgentCommand.write(world.err(), notice + "\n"));
    return ExitCode.OK;
  }

  private static String line(Handler handler) {
    StringBuilder line = new StringBuilder();
    String matcher = handler.matcher().text();
    line.append(matcher.isEmpty() ? "*" : matcher);
    handler.condition().ifPresent(rule -> line.append(" if ").append(rule));
    line.append("  ").append(handler.action().kind()).append(" [").append(handler.shown());
    line.append("]  ").append(handler.limit().toMillis() / 1000.0).append(" s");
    line.append(handler.rewake() ? ", asyncRewake" : handler.async() ? ", async" : "");
    return line.append(handler.once() ? ", once" : "")
        .append("  ")
        .append(handler.source())
        .toString();
  }

  private static int test(List<String> arguments, Launch.World world, Cancellation cancellation) {
    Optional<String> event = Optional.empty();
    String name = "";
    ObjectNode given = Json.object();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.equals("--input") && i + 1 < arguments.size()) {
        given = json(arguments.get(++i));
      } else if (argument.startsWith("--input=")) {
        given = json(argument.substring("--input=".length()));
      } else if (argument.startsWith("-")) {
        throw new UserError(
            "agent hooks test: \"" + argument + "\" is not understood.",
            CommandPage.usage("hooks"));
      } else if (event.isEmpty()) {
        event = Optional.of(argument);
      } else {
        name = argument;
      }
    }
    if (event.isEmpty()) {
      throw new UserError("agent hooks test: no event is named.", CommandPage.usage("hooks"));
    }
    HookEvent found = event(event.get());
    HookCheck check = check(world);
    check.notices().forEach(notice -> AgentCommand.write(world.err(), notice + "\n"));
    try {
      HookResult result = check.fire(found, name, fields(found, name, given), cancellation);
      AgentCommand.write(world.out(), Ansi.strip(shown(result)));
      boolean failed =
          result.reports().stream()
              .flatMap(report -> report.outcomes().stream())
              .anyMatch(HookOutcome.Failed.class::isInstance);
      return failed ? ExitCode.FAILURE : ExitCode.OK;
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED;
    }
  }

  private static HookEvent event(String name) {
    return HookEvent.of(name)
        .orElseThrow(
            () -> {
              List<String> near = NearestNames.of(name, HookEvent.names(), 1);
              return new UserError(
                  "agent hooks test: \""
                      + name
                      + "\" is no event."
                      + (near.isEmpty() ? "" : " Did you mean " + near.getFirst() + "?"),
                  "The events are in docs/reference/hooks.md.");
            });
  }

  private static ObjectNode json(String text) {
    try {
      if (Json.parse(text) instanceof ObjectNode object) {
        return object;
      }
      throw new UserError(
          "agent hooks test: --input is no JSON object.", CommandPage.usage("hooks"));
    } catch (JsonProcessingException e) {
      throw new UserError(
          "agent hooks test: --input is no JSON: " + e.getOriginalMessage() + ".",
          CommandPage.usage("hooks"));
    }
  }

  /** For events about a call the input is the tool's; for others it holds the event's members. */
  private static ObjectNode fields(HookEvent event, String name, ObjectNode given) {
    if (!event.subject().equals("tool_name")) {
      ObjectNode fields = given.deepCopy();
      if (!event.subject().isEmpty() && !fields.has(event.subject())) {
        fields.put(event.subject(), name);
      }
      return fields;
    }
    ObjectNode fields = Json.object().put("tool_name", name);
    fields.set("tool_input", given);
    return fields.put("tool_use_id", "toolu_test");
  }

  private static String shown(HookResult result) {
    if (result.reports().isEmpty()) {
      return "No hook matches.\n";
    }
    StringBuilder out = new StringBuilder();
    for (HookReport report : result.reports()) {
      out.append('[').append(report.handler().shown()).append("]\n");
      if (report.outcomes().isEmpty()) {
        out.append("  has no objection and nothing to say\n");
      }
      report
          .outcomes()
          .forEach(
              outcome ->
                  out.append("  ").append(shown(outcome).replace("\n", "\n    ")).append('\n'));
    }
    return out.toString();
  }

  private static String shown(HookOutcome outcome) {
    return switch (outcome) {
      case HookOutcome.Approve(String reason) -> "allows it" + because(reason);
      case HookOutcome.Ask(String reason) -> "wants a person to decide" + because(reason);
      case HookOutcome.Block(String reason) -> "blocks" + because(reason);
      case HookOutcome.Rewrite(ObjectNode input) -> "changes the input: " + Json.write(input);
      case HookOutcome.AddContext(String text) -> "tells the model: " + text;
      case HookOutcome.Halt(String reason) -> "stops everything" + because(reason);
      case HookOutcome.Interrupt() -> "ends the turn";
      case HookOutcome.ReplaceOutput(var content) -> "changes the result: " + Json.write(content);
      case HookOutcome.Grant(var updates) -> "grants: " + Json.write(updates);
      case HookOutcome.Retry() -> "lets the model try again";
      case HookOutcome.FirstMessage(String text) -> "sends first: " + text;
      case HookOutcome.Title(String text) -> "names the session: " + text;
      case HookOutcome.Say(String text) -> "tells you: " + text;
      case HookOutcome.Output(String text) -> "printed: " + text;
      case HookOutcome.Failed(String why) -> "failed: it " + why;
    };
  }

  private static String because(String reason) {
    return reason.isBlank() ? "" : ": " + reason;
  }
}
