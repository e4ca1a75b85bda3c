package dev.agent.hook;

import dev.agent.text.Clip;
import dev.agent.text.Visible;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One configured hook.
 *
 * @param condition a permission rule that the call has to touch, such as {@code Bash(git *)}
 * @param timeout what the settings say; empty: the usual limit of the kind and event
 * @param async nobody waits for it
 * @param rewake nobody waits for it, and exit code 2 wakes the model with what it said
 * @param once not run again after its first success in a session
 * @param source the file it stands in, for people
 */
public record Handler(
    HookEvent event,
    HookMatcher matcher,
    Optional<String> condition,
    Action action,
    Optional<Duration> timeout,
    boolean async,
    boolean rewake,
    boolean once,
    String source) {
  private static final int SHOWN = 120;

  /** What it does. */
  public sealed interface Action {
    /** What people know it by, in full. */
    default String text() {
      return switch (this) {
        case Command(String command, Optional<List<String>> arguments, _) ->
            arguments.map(all -> command + " " + String.join(" ", all)).orElse(command).strip();
        case Http http -> http.url();
        case Prompt(String prompt, _) -> prompt;
        case Agent(String prompt, _) -> prompt;
      };
    }

    /** The kind's name in settings. */
    default String kind() {
      return switch (this) {
        case Command _ -> "command";
        case Http _ -> "http";
        case Prompt _ -> "prompt";
        case Agent _ -> "agent";
      };
    }

    /** How long it may take when nothing else is said. */
    default Duration usualLimit() {
      return switch (this) {
        case Command _, Http _ -> Duration.ofMinutes(10);
        case Prompt _ -> Duration.ofSeconds(30);
        case Agent _ -> Duration.ofMinutes(1);
      };
    }

    /**
     * A program.
     *
     * @param arguments when present, {@code command} is a program that gets exactly these; else it
     *     is a line for the shell
     */
    record Command(String command, Optional<List<String>> arguments, String shell)
        implements Action {}

    /**
     * A POST to a web address.
     *
     * @param variables names that {@code headers} may refer to
     */
    record Http(String url, Map<String, String> headers, List<String> variables) implements Action {
      public Http {
        headers = Map.copyOf(headers);
        variables = List.copyOf(variables);
      }
    }

    /** One question to a small model. */
    record Prompt(String prompt, Optional<String> model) implements Action {}

    /** A question to a model that may read files before it answers. */
    record Agent(String prompt, Optional<String> model) implements Action {}
  }

  /** Whether nobody waits for it. */
  public boolean runsBeside() {
    return async || rewake;
  }

  /** How long it may take. */
  public Duration limit() {
    Duration limit = timeout.or(event::ownLimit).orElseGet(action::usualLimit);
    return event == HookEvent.SESSION_END && limit.compareTo(HookEvent.SESSION_END_LIMIT) > 0
        ? HookEvent.SESSION_END_LIMIT
        : limit;
  }

  /** The same, waited for whatever the settings say. */
  public Handler waited() {
    return new Handler(event, matcher, condition, action, timeout, false, false, once, source);
  }

  /** Its action in one line, for messages. */
  public String shown() {
    return Visible.of(Clip.head(action.text(), SHOWN));
  }

  /** What makes two handlers the same: they run once for one event. */
  Identity identity() {
    return new Identity(action, async, rewake);
  }

  /** See {@link #identity}. */
  record Identity(Action action, boolean async, boolean rewake) {}
}
