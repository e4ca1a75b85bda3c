package dev.agent.hook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.text.Clip;
import dev.agent.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Understands answers: exit codes and JSON of the public contract. Takes what is good and says what
 * is not; where a permission was meant but can't be read, a person should decide. Pure; one
 * instance reads one answer.
 */
final class AnswerReader {
  private static final int SIGNALS = 128;
  private static final int SHOWN = 300;
  private static final String NO_REASON = "no reason was given";

  private final HookEvent event;
  private final String label;
  private final String shown;
  private final List<HookOutcome> outcomes = new ArrayList<>();

  private AnswerReader(HookEvent event, String label, String shown) {
    this.event = event;
    this.label = label;
    this.shown = shown;
  }

  /**
   * @param label event and what it is about, as in {@code PreToolUse:Bash}
   * @param shown the hook in one line
   */
  static List<HookOutcome> read(HookEvent event, String label, String shown, HookAnswer answer) {
    AnswerReader reader = new AnswerReader(event, label, shown);
    switch (answer) {
      case HookAnswer.Exited(int code, String out, String err) -> reader.exited(code, out, err);
      case HookAnswer.Stopped(String why, String out) -> reader.stopped(why, out);
      case HookAnswer.Replied(String body) -> reader.replied(body);
      case HookAnswer.Judged(boolean ok, String reason) -> {
        if (!ok) {
          reader.block(reason.isBlank() ? NO_REASON : reason);
        }
      }
      case HookAnswer.Failure(String why) -> reader.failed(why);
      case HookAnswer.Cancelled() -> reader.failed("was stopped");
    }
    return List.copyOf(reader.outcomes);
  }

  private void exited(int code, String out, String err) {
    if (out.indexOf('\uFFFD') >= 0 || code != 0 && err.indexOf('\uFFFD') >= 0) {
      failed("printed bytes that are no UTF-8; they were replaced");
    }
    boolean looksLikeJson = out.stripLeading().startsWith("{");
    switch (code) {
      case 0 -> {
        if (looksLikeJson) {
          parse(out).ifPresent(this::take);
        } else if (!out.isBlank()) {
          outcomes.add(
              event.takesText()
                  ? new HookOutcome.AddContext(out.strip())
                  : new HookOutcome.Output(out.strip()));
        }
      }
      case 2 -> {
        String said = err.isBlank() ? out.strip() : err.strip();
        block(label + " hook error: [" + shown + "]: " + (said.isEmpty() ? NO_REASON : said));
        if (looksLikeJson) {
          parse(out).ifPresent(json -> tightenings(json));
        }
      }
      default -> {
        String how =
            code > SIGNALS && code <= SIGNALS + 64
                ? "was ended by signal " + (code - SIGNALS)
                : "ended with exit code " + code;
        failed(how + (err.isBlank() ? "" : ": " + brief(err)));
        if (looksLikeJson) {
          parse(out).ifPresent(this::take);
        }
      }
    }
  }

  private void stopped(String why, String out) {
    failed(why);
    if (out.stripLeading().startsWith("{")) {
      parse(out).ifPresent(this::tightenings);
    }
  }

  private void replied(String body) {
    if (!body.isBlank()) {
      parse(body).ifPresent(this::take);
    }
  }

  private Optional<ObjectNode> parse(String text) {
    try {
      if (Json.parse(text.strip()) instanceof ObjectNode object) {
        return Optional.of(object);
      }
      failed("answered with JSON that is no object");
    } catch (JsonProcessingException e) {
      String message = e.getOriginalMessage();
      failed("answered with something that is no JSON (" + Clip.head(message, SHOWN) + ")");
    } catch (StackOverflowError e) {
      failed("answered with JSON that is nested too deeply");
    }
    return Optional.empty();
  }

  /** Of an answer that does not count in full: what forbids, and what is for the person. */
  private void tightenings(ObjectNode json) {
    AnswerReader whole = new AnswerReader(event, label, shown);
    whole.take(json);
    for (HookOutcome outcome : whole.outcomes) {
      switch (outcome) {
        case HookOutcome.Block _,
            HookOutcome.Ask _,
            HookOutcome.Halt _,
            HookOutcome.Interrupt _,
            HookOutcome.Say _,
            HookOutcome.Failed _ ->
            outcomes.add(outcome);
        case HookOutcome.Approve _,
            HookOutcome.Rewrite _,
            HookOutcome.AddContext _,
            HookOutcome.ReplaceOutput _,
            HookOutcome.Grant _,
            HookOutcome.Retry _,
            HookOutcome.FirstMessage _,
            HookOutcome.Title _,
            HookOutcome.Output _ -> {}
      }
    }
  }

  private void take(ObjectNode json) {
    text(json, "systemMessage").ifPresent(text -> outcomes.add(new HookOutcome.Say(text)));
    JsonNode goesOn = json.path("continue");
    if (goesOn.isBoolean() ? !goesOn.booleanValue() : !isAbsent(goesOn)) {
      if (!goesOn.isBoolean()) {
        wrong("continue", "true or false", goesOn);
      }
      outcomes.add(
          new HookOutcome.Halt(text(json, "stopReason").orElse("[" + shown + "] stopped it")));
    }
    String reason = text(json, "reason").orElse("");
    if (event == HookEvent.PERMISSION_REQUEST && json.path("decision").isObject()) {
      answer(json.path("decision"));
    } else {
      legacyDecision(json.path("decision"), reason);
    }
    JsonNode specific = json.path("hookSpecificOutput");
    if (specific instanceof ObjectNode own) {
      specific(own);
    } else if (!isAbsent(specific)) {
      wrong("hookSpecificOutput", "an object", specific);
      doubt("an answer of a kind that can't be read");
    }
  }

  private void legacyDecision(JsonNode decision, String reason) {
    if (isAbsent(decision)) {
      return;
    }
    switch (decision.asText("")) {
      case "block" -> block(reason.isBlank() ? NO_REASON : reason);
      case "approve" -> {
        if (event == HookEvent.PRE_TOOL_USE || event == HookEvent.PERMISSION_REQUEST) {
          outcomes.add(new HookOutcome.Approve(reason));
        }
      }
      default -> {
        wrong("decision", "\"block\" or \"approve\"", decision);
        doubt("the unknown decision " + brief(decision.toString()));
      }
    }
  }

  private void specific(ObjectNode own) {
    String name = own.path("hookEventName").asText(event.wire());
    if (!name.equals(event.wire())) {
      failed("answered for " + brief(name) + " instead of " + event.wire());
    }
    text(own, "additionalContext")
        .ifPresent(
            text -> {
              if (event.takesContext()) {
                outcomes.add(new HookOutcome.AddContext(text));
              } else {
                failed("gave additionalContext, which " + event.wire() + " does not take");
              }
            });
    switch (event) {
      case PRE_TOOL_USE -> {
        permission(own);
        rewrite(own.path("updatedInput"));
      }
      case PERMISSION_REQUEST -> answer(own.path("decision"));
      case PERMISSION_DENIED -> {
        if (own.path("retry").asBoolean(false)) {
          outcomes.add(new HookOutcome.Retry());
        }
      }
      case POST_TOOL_USE, POST_TOOL_USE_FAILURE -> {
        JsonNode output = own.path("updatedToolOutput");
        if (!isAbsent(output)) {
          outcomes.add(new HookOutcome.ReplaceOutput(output));
        }
      }
      case SESSION_START -> {
        text(own, "initialUserMessage")
            .ifPresent(text -> outcomes.add(new HookOutcome.FirstMessage(text)));
        text(own, "sessionTitle").ifPresent(text -> outcomes.add(new HookOutcome.Title(text)));
      }
      default -> {}
    }
  }

  private void permission(ObjectNode own) {
    JsonNode decision = own.path("permissionDecision");
    if (isAbsent(decision)) {
      return;
    }
    String why = text(own, "permissionDecisionReason").orElse("");
    switch (decision.asText("")) {
      case "allow" -> outcomes.add(new HookOutcome.Approve(why));
      case "deny" -> block(why.isBlank() ? NO_REASON : why);
      case "ask" -> outcomes.add(new HookOutcome.Ask(why.isBlank() ? "a hook wants it" : why));
      // Nobody is there to take the call up later, so the next best is a person now.
      case "defer" ->
          outcomes.add(new HookOutcome.Ask(why.isBlank() ? "a hook leaves it open" : why));
      default -> {
        wrong("permissionDecision", "\"allow\", \"deny\", \"ask\" or \"defer\"", decision);
        doubt("the unknown decision " + brief(decision.toString()));
      }
    }
  }

  private void rewrite(JsonNode input) {
    if (input instanceof ObjectNode changed) {
      outcomes.add(new HookOutcome.Rewrite(changed));
    } else if (!isAbsent(input)) {
      wrong("updatedInput", "an object", input);
      doubt("a changed input that can't be read");
    }
  }

  private void answer(JsonNode decision) {
    if (isAbsent(decision)) {
      return;
    }
    switch (decision.path("behavior").asText("")) {
      case "allow" -> {
        outcomes.add(new HookOutcome.Approve(""));
        rewrite(decision.path("updatedInput"));
        if (!isAbsent(decision.path("updatedPermissions"))) {
          outcomes.add(new HookOutcome.Grant(decision.path("updatedPermissions")));
        }
      }
      case "deny" -> {
        block(decision.path("message").asText(NO_REASON));
        if (decision.path("interrupt").asBoolean(false)) {
          outcomes.add(new HookOutcome.Interrupt());
        }
      }
      default -> wrong("decision.behavior", "\"allow\" or \"deny\"", decision.path("behavior"));
    }
  }

  /** A permission was meant, and it can't be read: whoever can be asked should decide. */
  private void doubt(String what) {
    if (event == HookEvent.PRE_TOOL_USE) {
      outcomes.add(new HookOutcome.Ask("the hook [" + shown + "] answered with " + what));
    }
  }

  private void block(String reason) {
    if (event.canBlock()) {
      outcomes.add(new HookOutcome.Block(reason));
    } else {
      failed("wants to block, which " + event.wire() + " does not know: " + brief(reason));
    }
  }

  private Optional<String> text(ObjectNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isTextual()) {
      return Optional.of(value.asText()).filter(text -> !text.isBlank());
    }
    if (!isAbsent(value)) {
      wrong(name, "a string", value);
    }
    return Optional.empty();
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isMissingNode() || node.isNull();
  }

  private void wrong(String name, String expected, JsonNode value) {
    failed("gave \"" + name + "\" as " + brief(value.toString()) + "; it must be " + expected);
  }

  private void failed(String why) {
    outcomes.add(new HookOutcome.Failed(why));
  }

  private static String brief(String text) {
    return Visible.of(Clip.head(text.strip(), SHOWN));
  }
}
