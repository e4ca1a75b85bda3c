package dev.agent.mode.replay;

import dev.agent.runtime.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Answers from a script (YAML or JSON) or from a recording (JSON lines). For each request the first
 * reply is taken that is still there and fits; a reply is used once unless it repeats. Thread-safe.
 */
public final class Script implements Function<Exchange, Reply> {
  private final List<Step> left;
  private final Optional<Step> otherwise;

  /** One reply and the requests it is for. */
  record Step(Condition when, boolean repeats, Function<Exchange, Reply> reply) {}

  private Script(List<Step> steps, Optional<Step> otherwise) {
    this.left = new ArrayList<>(steps);
    this.otherwise = otherwise;
  }

  /**
   * Reads a script or a recording.
   *
   * @param name for messages
   * @param speed how many times as fast as recorded a recording is played; 0 = without pauses
   * @throws UserError when it can't be understood
   */
  public static Script parse(String name, String text, double speed) {
    if (Recording.isOne(text)) {
      List<Step> steps = new ArrayList<>();
      for (Reply reply : Recording.replies(name, text, speed)) {
        steps.add(new Step(Condition.ALWAYS, false, _ -> reply));
      }
      return new Script(steps, Optional.empty());
    }
    try {
      ScriptReader.Read read = new ScriptReader(name, YamlTree.parse(text)).read();
      return new Script(read.steps(), read.otherwise());
    } catch (YamlEngineException e) {
      throw new UserError(
          name
              + " is neither a script nor a recording: "
              + String.valueOf(e.getMessage()).strip().replace('\n', ' ')
              + ".",
          "Correct it there; docs/reference/replay-script.md describes the format.");
    }
  }

  @Override
  public synchronized Reply apply(Exchange exchange) {
    for (int i = 0; i < left.size(); i++) {
      Step step = left.get(i);
      if (step.when().fits(exchange)) {
        if (!step.repeats()) {
          left.remove(i);
        }
        return step.reply().apply(exchange);
      }
    }
    if (otherwise.isPresent()) {
      return otherwise.get().reply().apply(exchange);
    }
    return new Reply.Failure(
        400,
        "invalid_request_error",
        left.isEmpty()
            ? "The script is at its end: it has no reply for request " + exchange.number() + "."
            : "None of the script's "
                + left.size()
                + " remaining replies is for request "
                + exchange.number()
                + ".",
        Map.of());
  }
}
