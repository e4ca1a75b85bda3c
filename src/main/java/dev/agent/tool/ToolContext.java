package dev.agent.tool;

import dev.agent.runtime.Cancellation;

/** What a running call may use. */
public interface ToolContext {
  /** Fires when this call has to end. */
  Cancellation cancellation();

  /**
   * Tells the person how it goes: a line, or the newest piece of output. Returns at once; may be
   * called from any thread.
   */
  void progress(String text);
}
