package dev.agent.model;

/**
 * One answer as it arrives. Belongs to one reader thread; {@link #close} may come from any thread
 * and ends a blocked {@link #next}.
 */
public interface ModelStream extends AutoCloseable {
  /** Whether more events follow; false only after {@link StreamEvent.Completed} was taken. */
  boolean hasNext();

  /**
   * The next event; blocks until it is there.
   *
   * @throws ModelException when the stream broke, stalled or carried an error: never a silent end
   * @throws InterruptedException when cancelled
   */
  StreamEvent next() throws ModelException, InterruptedException;

  @Override
  void close();
}
