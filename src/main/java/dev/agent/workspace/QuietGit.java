package dev.agent.workspace;

import java.util.ArrayList;
import java.util.List;

/** Git for the agent's own questions: it pages nothing, locks nothing and runs no other program. */
public final class QuietGit {
  private QuietGit() {}

  /** The command with these words behind {@code git}. */
  public static List<String> command(List<String> words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "git",
                "--no-optional-locks",
                "--no-pager",
                "-c",
                "core.fsmonitor=false",
                "-c",
                "core.hooksPath=/dev/null"));
    command.addAll(words);
    return command;
  }
}
