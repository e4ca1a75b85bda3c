package dev.agent.loop;

import java.nio.file.Path;
import java.util.Optional;

/** Keeps results that are too big for the conversation in a file of the session. Thread-safe. */
@FunctionalInterface
public interface Overflow {
  /** Stores the text; empty when it could not be stored (no session, disk full). */
  Optional<Path> keep(String toolUseId, String text);
}
