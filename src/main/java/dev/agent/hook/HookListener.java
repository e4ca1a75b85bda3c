package dev.agent.hook;

/** Hears what hooks say that nobody waits for. Thread-safe; returns at once. */
public interface HookListener {
  /** A sentence about a hook that failed, whole, for the person. */
  void failed(String sentence);

  /** A hook's own message to the person. */
  void says(String text);

  /** Plain output of a hook, for those who want to see everything. */
  void printed(String hook, String text);

  /**
   * A hook that nobody waited for has ended; what it forbids comes too late, what it says may still
   * be told to the model.
   *
   * @param wakes whether the model shall go on because of it
   */
  void late(HookResult result, boolean wakes);
}
