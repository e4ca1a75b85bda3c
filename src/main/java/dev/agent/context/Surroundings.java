package dev.agent.context;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a session runs, as told to the model. Taken once per session and never refreshed: a fresh
 * date would cost the whole prompt cache.
 *
 * @param cwd where the session started
 * @param added further directories that belong to the workspace
 * @param platform such as {@code linux}
 * @param date such as {@code 2026-11-20}
 * @param model the model's id
 * @param isGitRepository whether {@code cwd} lies in one
 * @param gitStatus branch, changes and latest commits; empty when unknown
 */
public record Surroundings(
    Path cwd,
    List<Path> added,
    String platform,
    String date,
    String model,
    boolean isGitRepository,
    String gitStatus) {
  public Surroundings {
    added = List.copyOf(added);
  }

  /** The same for another model. */
  public Surroundings withModel(String id) {
    return new Surroundings(cwd, added, platform, date, id, isGitRepository, gitStatus);
  }
}
