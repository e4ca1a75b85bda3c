package dev.agent.hook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** One thing that a hook's answer says; an answer may say several. */
public sealed interface HookOutcome {
  /** The call may run without a question. */
  record Approve(String reason) implements HookOutcome {}

  /** A person should decide. */
  record Ask(String reason) implements HookOutcome {}

  /** No: what that means depends on the event. */
  record Block(String reason) implements HookOutcome {}

  /** The call with this input instead. */
  record Rewrite(ObjectNode input) implements HookOutcome {}

  /** Text for the model. */
  record AddContext(String text) implements HookOutcome {}

  /** Everything shall stop. */
  record Halt(String reason) implements HookOutcome {}

  /** The turn shall end with the denial. */
  record Interrupt() implements HookOutcome {}

  /** The result with this content instead. */
  record ReplaceOutput(JsonNode content) implements HookOutcome {}

  /** Permission rules and the like that shall hold from now on, as sent. */
  record Grant(JsonNode updates) implements HookOutcome {}

  /** The model may try the denied call again. */
  record Retry() implements HookOutcome {}

  /** A message in front of the first prompt. */
  record FirstMessage(String text) implements HookOutcome {}

  /** A name for the session. */
  record Title(String text) implements HookOutcome {}

  /** A message for the person. */
  record Say(String text) implements HookOutcome {}

  /** Plain output without a meaning, for those who want to see everything. */
  record Output(String text) implements HookOutcome {}

  /** It did not work, or not all of it could be understood. */
  record Failed(String why) implements HookOutcome {}
}
