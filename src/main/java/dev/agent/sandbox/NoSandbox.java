package dev.agent.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Runs commands as they are. */
public final class NoSandbox implements Sandbox {
  @Override
  public Level level() {
    return Level.NONE;
  }

  @Override
  public Confined wrap(List<String> command, Path cwd) {
    return new Confined(command, Set.of(), List::of);
  }
}
