package dev.agent.hook;

/** Hears what hooks say that nobody waits for. Thread-safe; returns at once. */
public interface HookListener {
  /** A sentence about a hook that failed, whole, for the person. */
  void failed(String sentence);

  /** A hook's own message to the person. */
  void says(String text);

  /**
   * A hook begins.
   *
   * @param id unique among the runs of hooks of a session
   * @param label the event and what it is about
   */
  default void started(String id, String label, HookEvent event) {}

  /**
   * A hook ended, however it did; called once for each that began, before what it says is told.
   *
   * @param answer what came back, not yet understood
   */
  default void ended(String id, String label, HookEvent event, HookAnswer answer) {}

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
