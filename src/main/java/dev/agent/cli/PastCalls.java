package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.mode.Launch;
import dev.agent.runtime.UserError;
import dev.agent.session.EffectProbe;
import dev.agent.session.Entry;
import dev.agent.session.Line;
import dev.agent.session.SessionInfo;
import dev.agent.session.SessionLoader;
import dev.agent.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tool calls of past sessions, and what was decided about them. */
final class PastCalls {
  private final Launch.World world;
  private final Sessions sessions;

  PastCalls(Launch.World world) {
    this.world = world;
    this.sessions =
        new Sessions(world.places().data(), world.ids(), world.time(), List.of(), _ -> {});
  }

  /** A decision, with the time at which it fell. */
  record Decided(String time, Entry.PermissionDecision decision, String input) {
    ObjectNode json() {
      return Json.object()
          .put("time", time)
          .put("tool_use_id", decision.toolUseId())
          .put("tool", decision.tool())
          .put("input", input)
          .put("decision", decision.decision())
          .put("layer", decision.layer())
          .put("reason", decision.reason());
    }

    String line() {
      String what = input.length() > 120 ? input.substring(0, 117) + "…" : input;
      return time.substring(0, Math.min(19, time.length()))
          + "  "
          + decision.decision()
          + "  "
          + decision.tool()
          + " "
          + what
          + "  ["
          + decision.layer()
          + (decision.reason().isEmpty() ? "" : ": " + decision.reason())
          + "]";
    }
  }

  /** What was decided in a session; in the latest one of this directory when none is named. */
  List<Decided> decided(Optional<String> session) {
    Path file =
        session
            .map(name -> sessions.find(name, world.cwd()))
            .or(() -> sessions.latest(world.cwd()))
            .orElseThrow(
                () ->
                    new UserError(
                        "There is no session in " + world.cwd() + ".",
                        "Name one; agent sessions --all lists them."));
    List<Line> lines = lines(file);
    Map<String, String> inputs = new HashMap<>();
    for (Line line : lines) {
      for (ContentBlock.ToolUse use : uses(line.entry())) {
        inputs.put(use.id(), text(use));
      }
    }
    List<Decided> decided = new ArrayList<>();
    for (Line line : lines) {
      if (line.entry() instanceof Entry.PermissionDecision decision) {
        decided.add(
            new Decided(
                line.timestamp().toString(),
                decision,
                inputs.getOrDefault(decision.toolUseId(), "")));
      }
    }
    return decided;
  }

  /** The calls of all sessions of this directory as cases, each different one once. */
  List<ObjectNode> calls() {
    Map<String, ObjectNode> calls = new LinkedHashMap<>();
    for (SessionInfo session : sessions.list(world.cwd())) {
      for (Line line : lines(session.file())) {
        for (ContentBlock.ToolUse use : uses(line.entry())) {
          ObjectNode call = Json.object().put("id", use.id()).put("tool", use.name());
          call.set("input", use.input());
          calls.putIfAbsent(use.name() + " " + Json.write(use.input()), call);
        }
      }
    }
    return List.copyOf(calls.values());
  }

  private static String text(ContentBlock.ToolUse use) {
    return use.input().has("command")
        ? use.input().path("command").asText()
        : Json.write(use.input());
  }

  private static List<ContentBlock.ToolUse> uses(Entry entry) {
    List<ContentBlock.ToolUse> uses = new ArrayList<>();
    if (entry instanceof Entry.Assistant assistant) {
      for (ContentBlock block : assistant.message().content()) {
        if (block instanceof ContentBlock.ToolUse use) {
          uses.add(use);
        }
      }
    }
    return uses;
  }

  private static List<Line> lines(Path file) {
    try {
      return new SessionLoader(EffectProbe.NONE).load(file).lines();
    } catch (IOException e) {
      throw new UserError(
          "The session " + file + " can't be read (" + e.getMessage() + ").", "Name another.");
    }
  }
}
