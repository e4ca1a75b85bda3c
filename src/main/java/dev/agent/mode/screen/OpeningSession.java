package dev.agent.mode.screen;

import dev.agent.mode.Launch;
import dev.agent.runtime.UserError;
import dev.agent.session.SessionEnd;
import dev.agent.session.Sessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a session said last that a launch goes on with. To read all of a long one takes a while; its
 * end is there at once. Blocks.
 */
final class OpeningSession {
  /** Some screens of text, and the prompt before them in all but odd sessions. */
  private static final int BYTES = 192 * 1024;

  private OpeningSession() {}

  /** Its end; empty for a new session, and when it is not clear or can't be read. */
  static Optional<SessionEnd.Said> end(Launch launch) {
    try {
      Optional<Path> file = file(launch);
      return file.isEmpty() ? Optional.empty() : Optional.of(SessionEnd.read(file.get(), BYTES));
    } catch (UserError | IOException e) {
      return Optional.empty(); // opening it says what is wrong
    }
  }

  private static Optional<Path> file(Launch launch) {
    var world = launch.world();
    Sessions sessions =
        new Sessions(world.places().data(), world.ids(), world.time(), List.of(), _ -> {});
    if (launch.continueLatest()) {
      return sessions.latest(world.cwd());
    }
    return launch
        .resume()
        .filter(wanted -> !wanted.isBlank() && !wanted.endsWith(".jsonl"))
        .map(wanted -> sessions.find(wanted, world.cwd()));
  }
}
