package dev.agent.permission;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.runtime.Cancellation;
import java.util.List;

/** Someone who can decide: a dialog, a host, a parent agent. Blocks. */
@FunctionalInterface
public interface Asker {
  /**
   * @throws InterruptedException when cancelled
   */
  Answer ask(PermissionRequest request, Decision.Ask ask, Cancellation cancellation)
      throws InterruptedException;

  /** What was decided. */
  sealed interface Answer {
    /** This time. */
    record AllowOnce() implements Answer {}

    /** From now on in this session, by these rules. */
    record AllowAlways(List<Rule> rules) implements Answer {}

    /** This time, with another input; what forbids is asked about that once more. */
    record AllowChanged(ObjectNode input) implements Answer {}

    /** Nobody was asked: it would fail anyway, and why in words for the model. */
    record Futile(String why) implements Answer {}

    /** No; the message goes to the model. {@code endTurn}: and the run shall stop. */
    record Deny(String message, boolean endTurn) implements Answer {}
  }

  /** Nobody is there: the answer is no, and the model reads what would help. */
  Asker NOBODY =
      (request, ask, _) ->
          new Answer.Deny(
              "nobody can be asked in this run ("
                  + ask.why().text()
                  + "). Choose another way, or tell the user which permission is missing"
                  + (ask.offers().isEmpty()
                      ? ""
                      : ": --allowedTools \"" + String.join(",", ask.offers()) + "\""),
              false);
}
