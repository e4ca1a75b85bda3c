package dev.agent.hook;

/** What came back from a hook, not yet understood. */
public sealed interface HookAnswer {
  /** A program ended. */
  record Exited(int code, String out, String err) implements HookAnswer {}

  /**
   * A program was stopped before it ended.
   *
   * @param why a sentence without its subject
   * @param out what it had said by then
   */
  record Stopped(String why, String out) implements HookAnswer {}

  /** A web address answered well. */
  record Replied(String body) implements HookAnswer {}

  /** A model judged. */
  record Judged(boolean ok, String reason) implements HookAnswer {}

  /** It was cancelled, together with what it belongs to. */
  record Cancelled() implements HookAnswer {}

  /**
   * Nothing came of it.
   *
   * @param why a sentence without its subject
   */
  record Failure(String why) implements HookAnswer {}
}
