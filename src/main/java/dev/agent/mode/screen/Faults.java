package dev.agent.mode.screen;

import dev.agent.session.SpillFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Faults of the screen itself. One by one they are told and the session goes on; when they come so
 * fast that nobody could work, the screen has to end. UI thread only.
 */
final class Faults {
  /** Faults that are borne within {@link #WINDOW}. */
  static final int BORNE = 3;

  /** In nanoseconds. */
  static final long WINDOW = 10_000_000_000L;

  private final SpillFiles files;
  private final Supplier<String> ids;
  private final Deque<Long> times = new ArrayDeque<>();

  /**
   * @param files take what is known of each
   * @param ids names them
   */
  Faults(SpillFiles files, Supplier<String> ids) {
    this.files = files;
    this.ids = ids;
  }

  /**
   * A fault that was seen.
   *
   * @param said a line for the person: what it is, its id and where more is written
   * @param isTooMany whether the screen must end
   */
  record Seen(String said, boolean isTooMany) {}

  /** Takes one; writes what is known of it to a file. */
  Seen take(Throwable fault, long now) {
    times.addLast(now);
    while (now - times.getFirst() > WINDOW) {
      times.removeFirst();
    }
    String id = ids.get();
    String number = id.substring(0, Math.min(8, id.length()));
    StringWriter trace = new StringWriter();
    fault.printStackTrace(new PrintWriter(trace));
    Optional<Path> file = files.keep("fault-" + number, trace.toString());
    return new Seen(
        "A fault of the screen, "
            + number
            + ": "
            + fault.getClass().getSimpleName()
            + file.map(it -> ". More stands in " + it + ".").orElse("."),
        times.size() > BORNE);
  }
}
