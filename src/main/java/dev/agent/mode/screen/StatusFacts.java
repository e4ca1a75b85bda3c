package dev.agent.mode.screen;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.message.Usage;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.Workplace;
import dev.agent.model.ModelInfo;
import dev.agent.tool.Display;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a program that fills the status line gets to know, as JSON: the fields that compatible tools
 * give to such programs, as far as they are known here. Counts what happens; UI thread only.
 */
final class StatusFacts {
  /** Some models cost more beyond this, and scripts warn of it. */
  private static final long LONG_CONTEXT = 200_000;

  private String id = "";
  private Instant begun;
  private Optional<Instant> requested = Optional.empty();
  private Duration inRequests = Duration.ZERO;
  private Optional<Usage> usage = Optional.empty();
  private long added;
  private long removed;

  /**
   * The session as it is now.
   *
   * @param journal its file; empty when nothing is kept
   * @param contextWindow tokens that fit
   * @param cost in dollars
   * @param effort how hard the model thinks; empty when it has no such setting
   */
  record Session(
      String id,
      String name,
      Optional<Path> journal,
      Path cwd,
      Path project,
      List<Path> directories,
      String model,
      long contextWindow,
      BigDecimal cost,
      Optional<String> effort,
      boolean thinks,
      String mode,
      String version) {

    static Session of(OpenSession open) {
      Workplace workplace = open.workplace();
      List<Path> roots = workplace.place().workspace().roots();
      return new Session(
          open.session().parts().id(),
          open.title(),
          workplace.journal(),
          open.cwd(),
          workplace.place().projectRoot(),
          roots.subList(Math.min(1, roots.size()), roots.size()),
          open.model().id(),
          open.model().contextWindow(),
          open.session().parts().ledger().cost(),
          open.effort().or(() -> Optional.of(open.model().effort()).filter(it -> !it.isEmpty())),
          open.model().thinking() != ModelInfo.ThinkingStyle.NONE,
          open.mode().get().wire(),
          workplace.place().version());
    }
  }

  StatusFacts(Instant now) {
    this.begun = now;
  }

  /** Takes what it counts. */
  void accept(InteractiveEvent event, Instant now) {
    switch (event) {
      case InteractiveEvent.SessionOpened(OpenSession open, var why) ->
          opened(open.session().parts().id(), why == InteractiveEvent.Why.COMPACTED, now);
      case InteractiveEvent.Agent(AgentEvent.RequestStarted _) -> requested = Optional.of(now);
      case InteractiveEvent.Agent(AgentEvent.MessageCompleted(var reply, _)) -> {
        usage = Optional.of(reply.usage());
        requestEnded(now);
      }
      case InteractiveEvent.Agent(AgentEvent.TurnFinished _) -> requestEnded(now);
      case InteractiveEvent.Agent(AgentEvent.ToolFinished finished) -> count(finished.forPerson());
      case InteractiveEvent.Agent(AgentEvent.Compacted _) -> usage = Optional.empty();
      default -> {}
    }
  }

  private void opened(String session, boolean compacted, Instant now) {
    usage = compacted ? usage : Optional.empty();
    if (!session.equals(id)) {
      id = session;
      begun = now;
      inRequests = Duration.ZERO;
      added = 0;
      removed = 0;
    }
  }

  private void requestEnded(Instant now) {
    requested.ifPresent(since -> inRequests = inRequests.plus(Duration.between(since, now)));
    requested = Optional.empty();
  }

  private void count(Display display) {
    if (display instanceof Display.Diff(_, List<Display.Hunk> hunks, _)) {
      for (Display.Hunk hunk : hunks) {
        added += hunk.lines().stream().filter(line -> line.startsWith("+")).count();
        removed += hunk.lines().stream().filter(line -> line.startsWith("-")).count();
      }
    }
  }

  /**
   * All of it.
   *
   * @param vim the mode of vim's keys; empty when they are off
   */
  ObjectNode json(Session session, Optional<String> vim, Instant now) {
    ObjectNode all = Json.object();
    all.put("hook_event_name", "Status");
    all.put("session_id", session.id());
    if (!session.name().isEmpty()) {
      all.put("session_name", session.name());
    }
    all.put("transcript_path", session.journal().map(Path::toString).orElse(""));
    all.put("cwd", session.cwd().toString());
    all.putObject("model").put("id", session.model()).put("display_name", session.model());
    ObjectNode workspace = all.putObject("workspace");
    workspace.put("current_dir", session.cwd().toString());
    workspace.put("project_dir", session.project().toString());
    ArrayNode directories = workspace.putArray("added_dirs");
    session.directories().forEach(it -> directories.add(it.toString()));
    all.put("version", session.version());
    all.putObject("output_style").put("name", "default");
    all.putObject("cost")
        .put("total_cost_usd", session.cost())
        .put("total_duration_ms", Duration.between(begun, now).toMillis())
        .put("total_api_duration_ms", inRequests.toMillis())
        .put("total_lines_added", added)
        .put("total_lines_removed", removed);
    context(all, session);
    session.effort().ifPresent(it -> all.putObject("effort").put("level", it));
    all.putObject("thinking").put("enabled", session.thinks());
    all.put("permission_mode", session.mode());
    vim.ifPresent(it -> all.putObject("vim").put("mode", it));
    return all;
  }

  private void context(ObjectNode all, Session session) {
    Usage latest = usage.orElse(Usage.ZERO);
    long window = Math.max(1, session.contextWindow());
    long used = Math.clamp(100 * latest.contextTokens() / window, 0, 100);
    ObjectNode context = all.putObject("context_window");
    context
        .put("total_input_tokens", latest.totalInputTokens())
        .put("total_output_tokens", latest.outputTokens())
        .put("context_window_size", session.contextWindow())
        .put("used_percentage", used)
        .put("remaining_percentage", 100 - used);
    if (usage.isPresent()) {
      context
          .putObject("current_usage")
          .put("input_tokens", latest.inputTokens())
          .put("output_tokens", latest.outputTokens())
          .put("cache_creation_input_tokens", latest.cacheWriteTokens())
          .put("cache_read_input_tokens", latest.cacheReadTokens());
    } else {
      context.putNull("current_usage");
    }
    all.put("exceeds_200k_tokens", latest.contextTokens() > LONG_CONTEXT);
  }
}
