package dev.agent.cli;

import dev.agent.process.BackgroundShells;
import dev.agent.runtime.UserError;
import dev.agent.sandbox.Confinement;
import dev.agent.session.SessionFiles;
import dev.agent.tools.shell.ShellPlace;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.ReadState;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the tools of one session work on.
 *
 * @param roots the directories of the workspace, as they are named and without links
 * @param shell where commands run
 * @param files what is kept beside the journal
 * @param history what files held before they were changed
 * @param readState what the model has seen of files
 * @param scratch a directory for short-lived files
 */
record Workbench(
    List<Path> roots,
    ShellPlace shell,
    Workspace workspace,
    SessionFiles files,
    FileHistory history,
    ReadState readState,
    BackgroundShells background,
    Path scratch,
    Confinement confinement) {

  /**
   * That of a session that was opened.
   *
   * @throws UserError when nothing can be written for it
   */
  static Workbench of(RunBasis run, SessionSetup.Opened opened) {
    List<Path> roots = run.directories().roots();
    ShellPlace shell = new ShellPlace(run.world().cwd(), roots, run.places().home());
    ReadState readState = new ReadState();
    opened.seen().forEach((path, hash) -> readState.saw(Path.of(path), hash));
    Path scratch = scratch(opened.files());
    return new Workbench(
        roots,
        shell,
        run.directories().workspace(shell::cwd),
        opened.files(),
        opened.history(),
        readState,
        new BackgroundShells(),
        scratch,
        new Fences(run, run.settings()).confinement(roots, scratch));
  }

  /** The session's directory for short-lived files, there when this returns. */
  static Path scratch(SessionFiles files) {
    try {
      return files.scratch();
    } catch (IOException e) {
      throw new UserError(
          "No directory for short-lived files can be made (" + e.getMessage() + ").",
          "Make the data directory or the temporary directory writable.");
    }
  }
}
