package dev.agent.hook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import dev.agent.text.Clip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Runs the hooks of an event: all that match, each once, side by side. What fails is told to the
 * listener; {@link #fire} itself never fails. Thread-safe.
 */
public final class Hooks {
  /** Characters of one text that reach the model; the rest goes to a file. */
  static final int MAX_CHARS = 10_000;

  private volatile List<Handler> handlers;
  private final Runners runners;
  private final HookPlace place;
  private final HookListener listener;
  private final AtomicLong count = new AtomicLong();
  private final Set<Handler> spent = ConcurrentHashMap.newKeySet();
  private final Map<HookRun, CompletableFuture<HookReport>> running = new ConcurrentHashMap<>();

  public Hooks(List<Handler> handlers, Runners runners, HookPlace place, HookListener listener) {
    this.handlers = List.copyOf(handlers);
    this.runners = runners;
    this.place = place;
    this.listener = listener;
  }

  /** Other hooks run from now on; those that run already end as they would have. */
  public void use(List<Handler> handlers) {
    this.handlers = List.copyOf(handlers);
  }

  /**
   * Something that happens.
   *
   * @param about what matchers are held against; empty where the event has no such thing
   * @param fields the event's own members of the input
   * @param condition whether a permission rule touches it, for hooks with {@code if}
   */
  public record Firing(
      HookEvent event, String about, ObjectNode fields, Predicate<String> condition) {
    /** An event that no permission rule can touch. */
    public static Firing of(HookEvent event, String about, ObjectNode fields) {
      return new Firing(event, about, fields, _ -> true);
    }

    String label() {
      return about.isEmpty() ? event.wire() : event.wire() + ":" + about;
    }
  }

  /** Whether any hook is configured for an event. */
  public boolean has(HookEvent event) {
    return handlers.stream().anyMatch(handler -> handler.event() == event);
  }

  /**
   * Runs what matches and waits for it.
   *
   * @throws InterruptedException when cancelled; what ran is stopped
   */
  public HookResult fire(Firing firing, Cancellation cancellation) throws InterruptedException {
    List<Handler> matching = matching(firing);
    if (matching.isEmpty()) {
      return HookResult.SILENT;
    }
    String input = Json.write(input(firing));
    Path cwd = place.cwd().get();
    List<CompletableFuture<HookReport>> waited = new ArrayList<>();
    Cancellation group = cancellation.child();
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    try (var _ = group.onCancel(() -> stopped.complete(null))) {
      for (Handler handler : matching) {
        waited.add(start(handler, firing, input, cwd, group, handler.runsBeside()));
      }
      CompletableFuture<Void> all =
          CompletableFuture.allOf(waited.toArray(CompletableFuture[]::new));
      CompletableFuture.anyOf(all, stopped).get();
      group.check();
      return new HookResult(waited.stream().map(CompletableFuture::join).toList());
    } catch (ExecutionException | CancellationException e) {
      throw new IllegalStateException(e); // reports are values, they do not fail
    } catch (InterruptedException e) {
      group.cancel(Cancellation.Reason.INTERRUPTED);
      throw e;
    } finally {
      group.detach();
    }
  }

  /** Runs what matches and waits for nothing: for events that no answer could change. */
  public void announce(Firing firing) {
    List<Handler> matching = matching(firing);
    if (!matching.isEmpty()) {
      String input = Json.write(input(firing));
      Path cwd = place.cwd().get();
      for (Handler handler : matching) {
        var _ = start(handler, firing, input, cwd, Cancellation.root(), true);
      }
    }
  }

  /** Gives hooks that nobody waited for a last chance to end. */
  public void awaitAll(Duration limit) throws InterruptedException {
    try {
      CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return; // they end with the session's processes
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for hooks that may still wake the model. */
  public void awaitRewakes(Cancellation cancellation) throws InterruptedException {
    CompletableFuture<Void> stopped = new CompletableFuture<>();
    try (var _ = cancellation.onCancel(() -> stopped.complete(null))) {
      for (Map.Entry<HookRun, CompletableFuture<HookReport>> each : running.entrySet()) {
        if (each.getKey().handler().rewake()) {
          CompletableFuture.anyOf(each.getValue(), stopped).get();
          cancellation.check();
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Handler> matching(Firing firing) {
    Map<Handler.Identity, Handler> matching = new LinkedHashMap<>();
    for (Handler handler : handlers) {
      if (handler.event() == firing.event()
          && (firing.event().subject().isEmpty() || handler.matcher().matches(firing.about()))
          && !(handler.once() && spent.contains(handler))
          && handler.condition().map(rule -> firing.condition().test(rule)).orElse(true)) {
        matching.putIfAbsent(handler.identity(), handler);
      }
    }
    return List.copyOf(matching.values());
  }

  private ObjectNode input(Firing firing) {
    ObjectNode input = Json.object();
    input.put("session_id", place.sessionId());
    input.put("transcript_path", place.transcript());
    input.put("cwd", place.cwd().get().toString());
    input.put("permission_mode", place.mode().get());
    input.put("hook_event_name", firing.event().wire());
    input.setAll(firing.fields());
    return input;
  }

  /** What is waited for: done when the hook is, or at once for one that runs beside. */
  private CompletableFuture<HookReport> start(
      Handler handler,
      Firing firing,
      String input,
      Path cwd,
      Cancellation group,
      boolean isBeside) {
    HookReport nothing = new HookReport(handler, List.of());
    CompletableFuture<HookReport> waited = new CompletableFuture<>();
    if (isBeside) {
      waited.complete(nothing);
    }
    // One that nobody waits for outlives the call that it belongs to, and ends with the session.
    AtomicBoolean beside = new AtomicBoolean(isBeside);
    Cancellation own = Cancellation.root();
    Cancellation.Registration link =
        group.onCancel(
            () -> {
              if (!beside.get()) {
                own.cancel(Cancellation.Reason.INTERRUPTED);
              }
            });
    HookRun run =
        new HookRun(
            handler,
            input,
            cwd,
            environment(firing.event()),
            handler.limit(),
            () -> {
              beside.set(true);
              waited.complete(nothing);
            },
            own);
    CompletableFuture<HookReport> ended = new CompletableFuture<>();
    running.put(run, ended);
    Thread.ofVirtual()
        .name("hook-" + firing.event().wire())
        .start(
            () -> {
              HookReport report = toEnd(run, firing, beside);
              link.close();
              running.remove(run);
              ended.complete(report);
              waited.complete(report);
            });
    return waited;
  }

  private Map<String, String> environment(HookEvent event) {
    Map<String, String> environment = new HashMap<>();
    environment.put("CLAUDE_PROJECT_DIR", place.project().toString());
    environment.put("AGENT_PROJECT_DIR", place.project().toString());
    if (event == HookEvent.SESSION_START) {
      environment.put("CLAUDE_ENV_FILE", place.exports().toString());
      environment.put("AGENT_ENV_FILE", place.exports().toString());
    }
    return environment;
  }

  private HookReport toEnd(HookRun run, Firing firing, AtomicBoolean beside) {
    Handler handler = run.handler();
    String id = "hook_" + count.incrementAndGet();
    listener.started(id, firing.label(), firing.event());
    HookAnswer answer = answer(run);
    listener.ended(id, firing.label(), firing.event(), answer);
    HookReport report = report(handler, firing, answer);
    if (handler.once() && report.succeeded()) {
      spent.add(handler);
    }
    tell(report, firing);
    if (beside.get()) {
      boolean wakes =
          handler.rewake() && answer instanceof HookAnswer.Exited(int code, _, _) && code == 2;
      listener.late(late(report, answer, wakes), wakes);
    }
    return report;
  }

  private HookAnswer answer(HookRun run) {
    try {
      return runners.run(run);
    } catch (InterruptedException e) {
      return new HookAnswer.Cancelled();
    } catch (UserError e) {
      return new HookAnswer.Failure("could not run: " + e.getMessage());
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
      return new HookAnswer.Failure("failed through a fault of the agent itself (" + e + ")");
    }
  }

  private HookReport report(Handler handler, Firing firing, HookAnswer answer) {
    List<HookOutcome> fitting = new ArrayList<>();
    for (HookOutcome outcome :
        AnswerReader.read(firing.event(), firing.label(), handler.shown(), answer)) {
      fitting.add(
          switch (outcome) {
            case HookOutcome.Block(String text) -> new HookOutcome.Block(fit(firing, text));
            case HookOutcome.AddContext(String text) ->
                new HookOutcome.AddContext(fit(firing, text));
            case HookOutcome.Ask(String text) -> new HookOutcome.Ask(fit(firing, text));
            case HookOutcome.Halt(String text) -> new HookOutcome.Halt(fit(firing, text));
            case HookOutcome.Say(String text) -> new HookOutcome.Say(fit(firing, text));
            case HookOutcome.FirstMessage(String text) ->
                new HookOutcome.FirstMessage(fit(firing, text));
            case HookOutcome.Approve _,
                HookOutcome.Rewrite _,
                HookOutcome.Interrupt _,
                HookOutcome.ReplaceOutput _,
                HookOutcome.Grant _,
                HookOutcome.Retry _,
                HookOutcome.Title _,
                HookOutcome.Output _,
                HookOutcome.Failed _ ->
                outcome;
          });
    }
    return new HookReport(handler, fitting);
  }

  private String fit(Firing firing, String text) {
    if (text.length() <= MAX_CHARS) {
      return text;
    }
    Optional<Path> file = place.overflow().keep("hook-" + firing.event().wire(), text);
    return Clip.head(text, MAX_CHARS)
        + "\n["
        + text.length()
        + " characters"
        + file.map(path -> "; all of them are in " + path).orElse("")
        + "]";
  }

  private void tell(HookReport report, Firing firing) {
    String hook = firing.label() + " hook [" + report.handler().shown() + "]";
    for (HookOutcome outcome : report.outcomes()) {
      switch (outcome) {
        case HookOutcome.Failed(String why) -> listener.failed(hook + " " + why + ".");
        case HookOutcome.Say(String text) -> listener.says(text);
        case HookOutcome.Output(String text) -> listener.printed(hook, text);
        case HookOutcome.Approve _,
            HookOutcome.Ask _,
            HookOutcome.Block _,
            HookOutcome.Rewrite _,
            HookOutcome.AddContext _,
            HookOutcome.Halt _,
            HookOutcome.Interrupt _,
            HookOutcome.ReplaceOutput _,
            HookOutcome.Grant _,
            HookOutcome.Retry _,
            HookOutcome.FirstMessage _,
            HookOutcome.Title _ -> {}
      }
    }
  }

  /** An event that knows no block may still be where a waking hook belongs to. */
  private static HookResult late(HookReport report, HookAnswer answer, boolean wakes) {
    HookResult result = new HookResult(List.of(report));
    if (!wakes
        || result.blocked().isPresent()
        || !(answer instanceof HookAnswer.Exited(_, String out, String err))) {
      return result;
    }
    String said = err.isBlank() ? out : err;
    return new HookResult(
        List.of(new HookReport(report.handler(), List.of(new HookOutcome.Block(said.strip())))));
  }
}
