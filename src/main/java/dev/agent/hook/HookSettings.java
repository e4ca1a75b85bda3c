package dev.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.settings.Problem;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.text.NearestNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the hooks of all settings. One that can't be read is told and left out, the others stay.
 *
 * @param handlers in the order of their sources, weakest first
 * @param off those that a setting switches off
 */
public record HookSettings(List<Handler> handlers, List<Problem> problems, List<Handler> off) {
  public HookSettings {
    handlers = List.copyOf(handlers);
    problems = List.copyOf(problems);
    off = List.copyOf(off);
  }

  /** Whether hooks are left out because a setting says so. */
  public boolean switchedOff() {
    return !off.isEmpty();
  }

  /** The hooks that count. */
  public static HookSettings of(Settings settings) {
    Reader reader = new Reader();
    Reader off = new Reader();
    for (Settings.Sourced sourced : settings.all("hooks")) {
      if (isSwitchedOff(settings, sourced.layer().source())) {
        off.read(sourced); // what is wrong with them is of no interest
      } else {
        reader.read(sourced);
      }
    }
    return new HookSettings(reader.handlers, reader.problems, off.handlers);
  }

  /**
   * A switch reaches no further than its source may: a project's only the project's own hooks, the
   * person's all but the administrator's.
   */
  private static boolean isSwitchedOff(Settings settings, Source of) {
    for (Settings.Sourced off : settings.all("disableAllHooks")) {
      Source by = off.layer().source();
      boolean reaches =
          by == Source.POLICY || (by.isFromProject() ? of.isFromProject() : of != Source.POLICY);
      if (reaches && off.value().asBoolean(false)) {
        return true;
      }
    }
    return of != Source.POLICY
        && settings.all("allowManagedHooksOnly").stream()
            .anyMatch(
                only -> only.layer().source() == Source.POLICY && only.value().asBoolean(false));
  }

  /** Collects what it reads. */
  private static final class Reader {
    private final List<Handler> handlers = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    /** Where the event that is being read begins. */
    private int line;

    void read(Settings.Sourced sourced) {
      String file = sourced.layer().file();
      for (Map.Entry<String, JsonNode> entry : sourced.value().properties()) {
        String at = "hooks." + entry.getKey();
        line = sourced.layer().line(at);
        Optional<HookEvent> event = HookEvent.of(entry.getKey());
        if (event.isEmpty()) {
          List<String> near = NearestNames.of(entry.getKey(), HookEvent.names(), 1);
          problem(
              file,
              at,
              "is no event"
                  + (near.isEmpty() ? "" : "; did you mean \"" + near.getFirst() + "\"?"));
        } else if (!entry.getValue().isArray()) {
          problem(file, at, "must be a list");
        } else {
          for (int i = 0; i < entry.getValue().size(); i++) {
            group(event.get(), entry.getValue().get(i), file, at + "[" + i + "]");
          }
        }
      }
    }

    private void group(HookEvent event, JsonNode group, String file, String at) {
      JsonNode written = group.path("matcher");
      if (!written.isMissingNode() && !written.isNull() && !written.isTextual()) {
        problem(file, at + ".matcher", "must be a string");
        return;
      }
      Optional<HookMatcher> matcher = HookMatcher.of(written.asText(""));
      if (matcher.isEmpty()) {
        problem(file, at + ".matcher", "is \"" + written.asText() + "\", no regular expression");
        return;
      }
      JsonNode hooks = group.path("hooks");
      if (!hooks.isArray()) {
        problem(file, at + ".hooks", "must be a list");
        return;
      }
      for (int i = 0; i < hooks.size(); i++) {
        String place = at + ".hooks[" + i + "]";
        if (hooks.get(i) instanceof ObjectNode hook) {
          handler(event, matcher.get(), hook, file, place);
        } else {
          problem(file, place, "must be an object");
        }
      }
    }

    private void handler(
        HookEvent event, HookMatcher matcher, ObjectNode hook, String file, String at) {
      JsonNode timeout = hook.path("timeout");
      boolean timed = !timeout.isMissingNode() && !timeout.isNull();
      if (timed && !(timeout.isNumber() && timeout.decimalValue().signum() > 0)) {
        problem(file, at + ".timeout", "must be a number of seconds above 0");
        return;
      }
      for (String flag : List.of("async", "asyncRewake", "once")) {
        if (hook.has(flag) && !hook.path(flag).isBoolean()) {
          problem(file, at + "." + flag, "must be true or false");
          return;
        }
      }
      Optional<Handler.Action> action = action(hook, file, at);
      if (action.isEmpty()) {
        return;
      }
      boolean program = action.get() instanceof Handler.Action.Command;
      if (hook.path("asyncRewake").asBoolean(false) && !program) {
        problem(file, at + ".asyncRewake", "is for commands only");
        return;
      }
      handlers.add(
          new Handler(
              event,
              matcher,
              Optional.of(hook.path("if").asText("").strip()).filter(text -> !text.isEmpty()),
              action.get(),
              timed ? Optional.of(seconds(timeout.decimalValue())) : Optional.empty(),
              hook.path("async").asBoolean(false),
              hook.path("asyncRewake").asBoolean(false),
              hook.path("once").asBoolean(false),
              file));
    }

    private static Duration seconds(BigDecimal seconds) {
      BigDecimal day = BigDecimal.valueOf(Duration.ofDays(1).toSeconds());
      return Duration.ofMillis(Math.max(1, seconds.min(day).movePointRight(3).longValue()));
    }

    private Optional<Handler.Action> action(ObjectNode hook, String file, String at) {
      String kind = hook.path("type").asText("");
      return switch (kind) {
        case "command" ->
            required(hook, "command", file, at)
                .flatMap(command -> command(command, hook, file, at));
        case "http" ->
            required(hook, "url", file, at)
                .map(url -> new Handler.Action.Http(url, headers(hook), variables(hook)));
        case "prompt" ->
            required(hook, "prompt", file, at)
                .map(prompt -> new Handler.Action.Prompt(prompt, optional(hook, "model")));
        case "agent" ->
            required(hook, "prompt", file, at)
                .map(prompt -> new Handler.Action.Agent(prompt, optional(hook, "model")));
        case "mcp_tool" -> {
          problem(file, at + ".type", "is \"mcp_tool\", which needs tool servers");
          yield Optional.empty();
        }
        default -> {
          problem(
              file,
              at + ".type",
              "is " + hook.path("type") + "; it must be command, http, prompt or agent");
          yield Optional.empty();
        }
      };
    }

    private Optional<Handler.Action> command(
        String command, ObjectNode hook, String file, String at) {
      String shell = optional(hook, "shell").orElse("bash");
      if (!shell.equals("bash") && !shell.equals("sh")) {
        problem(file, at + ".shell", "is \"" + shell + "\"; there are bash and sh");
        return Optional.empty();
      }
      JsonNode written = hook.path("args");
      if (written.isMissingNode() || written.isNull()) {
        return Optional.of(new Handler.Action.Command(command, Optional.empty(), shell));
      }
      List<String> arguments = new ArrayList<>();
      for (JsonNode argument : written) {
        arguments.add(argument.asText());
      }
      if (!written.isArray() || !allTexts(written)) {
        problem(file, at + ".args", "must be a list of strings");
        return Optional.empty();
      }
      return Optional.of(
          new Handler.Action.Command(command, Optional.of(List.copyOf(arguments)), shell));
    }

    private static boolean allTexts(JsonNode list) {
      for (JsonNode item : list) {
        if (!item.isTextual()) {
          return false;
        }
      }
      return true;
    }

    private static Map<String, String> headers(ObjectNode hook) {
      Map<String, String> headers = new LinkedHashMap<>();
      hook.path("headers")
          .properties()
          .forEach(header -> headers.put(header.getKey(), header.getValue().asText("")));
      return headers;
    }

    private static List<String> variables(ObjectNode hook) {
      List<String> names = new ArrayList<>();
      hook.path("allowedEnvVars").forEach(name -> names.add(name.asText("")));
      return names;
    }

    private static Optional<String> optional(ObjectNode hook, String name) {
      return Optional.of(hook.path(name).asText("").strip()).filter(text -> !text.isEmpty());
    }

    private Optional<String> required(ObjectNode hook, String name, String file, String at) {
      if (hook.path(name).isTextual() && !hook.path(name).asText().isBlank()) {
        return Optional.of(hook.path(name).asText());
      }
      problem(file, at + "." + name, "must be a string that is not empty");
      return Optional.empty();
    }

    private void problem(String file, String at, String what) {
      problems.add(
          new Problem(
              file, line, "\"" + at + "\" " + what + ". Correct it; the hook does not run."));
    }
  }
}
