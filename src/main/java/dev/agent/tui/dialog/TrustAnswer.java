package dev.agent.tui.dialog;

/** What a person decided about a directory. */
public enum TrustAnswer {
  /** It is trusted, with all that was shown. */
  TRUST,
  /** The session goes on, and nothing that was shown counts. */
  UNTRUSTED,
  /** No session here. */
  EXIT
}
