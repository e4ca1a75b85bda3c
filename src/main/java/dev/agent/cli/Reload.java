package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.EventHub;
import dev.agent.settings.LiveSettings;
import dev.agent.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Lets settings that changed count while the session goes on: before each prompt, before the first
 * call of each answer and after its last one. At none of these moments a call is under way, so that
 * none is judged by one state of the settings and run by another. Owned by the session's thread.
 */
final class Reload implements Runnable, Consumer<AgentEvent> {
  private static final Set<String> WEIGHTY = Set.of("hooks", "env");

  private final LiveSettings live;
  private final EventHub events;
  private final List<Part> parts;
  private boolean looked;

  /** Something that rests on settings. */
  @FunctionalInterface
  interface Part {
    /** These settings count from now on; what the person should know of that. */
    List<String> change(Settings now);
  }

  Reload(LiveSettings live, EventHub events, List<Part> parts) {
    this.live = live;
    this.events = events;
    this.parts = List.copyOf(parts);
  }

  @Override
  public void run() {
    live.refresh().ifPresent(this::tell);
  }

  private void tell(LiveSettings.Change change) {
    List<String> said = new ArrayList<>(change.said());
    Settings now = live.current();
    parts.forEach(part -> said.addAll(part.change(now)));
    said.forEach(text -> events.accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, text)));
    told(change).ifPresent(text -> events.accept(new AgentEvent.Notice(level(change), text)));
  }

  /** Calls are queued on the session's thread, the first one before any of an answer begins. */
  @Override
  public void accept(AgentEvent event) {
    if (event instanceof AgentEvent.RequestStarted) {
      looked = false;
    } else if (event instanceof AgentEvent.ToolQueued && !looked) {
      looked = true;
      run();
    }
  }

  /** What protects, and what runs by itself, does not change unseen. */
  private static AgentEvent.Level level(LiveSettings.Change change) {
    boolean weighty =
        change.atOnce().stream()
            .anyMatch(
                key ->
                    key.startsWith("sandbox.") || key.endsWith("Hooks") || WEIGHTY.contains(key));
    return weighty ? AgentEvent.Level.WARNING : AgentEvent.Level.INFO;
  }

  private static Optional<String> told(LiveSettings.Change change) {
    List<String> sentences = new ArrayList<>();
    if (!change.atOnce().isEmpty()) {
      sentences.add("counting from now on: " + String.join(", ", change.atOnce()));
    }
    if (!change.later().isEmpty()) {
      sentences.add("counting from the next start: " + String.join(", ", change.later()));
    }
    return sentences.isEmpty()
        ? Optional.empty()
        : Optional.of("Settings were changed; " + String.join("; ", sentences) + ".");
  }
}
