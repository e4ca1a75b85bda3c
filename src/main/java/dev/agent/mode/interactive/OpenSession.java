package dev.agent.mode.interactive;

import dev.agent.command.SessionControl;
import dev.agent.context.Compaction;
import dev.agent.context.MemoryFiles;
import dev.agent.loop.SideQuestion;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Decision;
import dev.agent.permission.ModeSwitch;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.runtime.Cancellation;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tool.Display;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A session with what a person can do to it besides prompting. Queries are thread-safe; what
 * changes the session belongs to the controller's thread, unless it says otherwise.
 */
public interface OpenSession extends AutoCloseable {
  AgentSession session();

  /** What it was opened with. */
  Launch launch();

  /** Its permission mode; a change holds for the very next call. Thread-safe. */
  ModeSwitch mode();

  /** Who answers. Thread-safe. */
  ModelInfo model();

  /** How hard the model thinks, where that was chosen. Thread-safe. */
  Optional<String> effort();

  /** The session's name; empty when it has none. Thread-safe. */
  String title();

  /** Where commands run now. Thread-safe. */
  Path cwd();

  /**
   * Lets another model answer from the next request on. Thread-safe.
   *
   * @throws dev.agent.runtime.UserError when the name is empty
   */
  ModelInfo useModel(String name);

  /**
   * Lets the model think harder, or less, from the next request on. Thread-safe.
   *
   * @throws dev.agent.runtime.UserError when there is no such level
   */
  void useEffort(String level);

  /** What the rules make of a call now, before anybody is asked. Thread-safe. */
  Decision decide(PermissionRequest request);

  /** What each layer of permissions makes of a call, in their order. Thread-safe. */
  List<Permissions.Opinion> trail(PermissionRequest request);

  /**
   * Lets rules count from now on in this session. Thread-safe.
   *
   * @param offers of the question
   * @param base where relative paths in them start
   */
  void grant(List<String> offers, Path base);

  /**
   * Takes back a rule that was given for this session. Thread-safe.
   *
   * @return false when there is no such rule
   */
  boolean revoke(String rule);

  /**
   * Adds rules, or other items of a list, to the person's own settings of this project, so that
   * they count in later sessions as well. Thread-safe.
   *
   * @param key of the list, such as {@code permissions.allow}
   * @return what the person should know about that
   * @throws dev.agent.runtime.UserError when they can't be written
   */
  String keep(String key, List<String> items);

  /**
   * Takes an item out of a list of settings. Thread-safe.
   *
   * @param source whose list: user, project or local
   * @return what the person should know about that
   * @throws dev.agent.runtime.UserError when it is not there, or the file can't be written
   */
  String drop(String key, String item, Source source);

  /** Why a call would fail as things stand, where that is sure. Thread-safe. */
  Optional<String> sureFailure(ToolCall call);

  /** What a call would change, as far as that can be told before. Thread-safe. */
  Optional<Display> preview(ToolCall call);

  /**
   * Runs a command as the person's own act: what forbids still forbids, what would ask about the
   * model's calls does not, unless only a person may allow it. Blocks.
   *
   * @param progress hears the output as it comes
   * @throws InterruptedException when cancelled
   */
  ToolResult command(String command, Cancellation cancellation, Consumer<String> progress)
      throws InterruptedException;

  /**
   * Lets running commands go on in the background. Thread-safe.
   *
   * @return how many there were
   */
  int background();

  /** How many commands run in the background. Thread-safe. */
  int backgroundShells();

  /** Gives it a name. Thread-safe. */
  void rename(String title);

  /**
   * Adds a line to an instruction file.
   *
   * @param target one of {@link #memory}
   * @throws dev.agent.runtime.UserError when it can't be written
   */
  void remember(String note, MemoryFiles.Target target);

  /**
   * Stores a setting. Thread-safe.
   *
   * @param value JSON, or the characters of a string
   * @param target whose file: user, project or local
   * @return what the person should know about it; may be empty
   * @throws dev.agent.runtime.UserError when it can't be stored
   */
  String set(String key, String value, Source target);

  /** Stores a setting in the person's own file; the rest as above. */
  default String set(String key, String value) {
    return set(key, value, Source.USER);
  }

  /**
   * Stores a setting in the person's own file for this project. A directory whose files want
   * nothing is trusted from then on, for what the person alone decided there. Thread-safe.
   *
   * @param value JSON, or the characters of a string
   * @throws dev.agent.runtime.UserError when it can't be stored
   */
  SessionControl.Kept setHere(String key, String value);

  /**
   * The settings as the files say by now, which may be ahead of what counts. Blocks for a moment.
   * Thread-safe.
   *
   * @throws dev.agent.runtime.UserError when they can't be read
   */
  Settings settings();

  /** What it can be taken back to, oldest first. */
  List<RewindPoint> points();

  /**
   * How much taking files back to before a prompt would change. Reads files; blocks for a moment.
   * Belongs to times of rest, on any thread.
   */
  RewindPoint.Changes changes(RewindPoint point);

  /**
   * Takes it back to before a prompt.
   *
   * @return what was done, one sentence each
   */
  List<String> rewind(RewindPoint point, RewindPoint.Scope scope);

  /**
   * A shorter conversation in the place of the present one; empty when it is short enough. Blocks;
   * changes nothing yet.
   *
   * @param focus what matters to the person; may be empty
   * @throws dev.agent.runtime.UserError when the model can't be asked
   * @throws InterruptedException when cancelled
   */
  Optional<Compaction> compact(String focus, Cancellation cancellation) throws InterruptedException;

  /**
   * Asks the model about the conversation without becoming part of it. Blocks. Thread-safe, also
   * while a turn runs.
   *
   * @throws dev.agent.runtime.UserError when the model can't be asked, or may not be
   * @throws InterruptedException when cancelled
   */
  SideQuestion.Answer aside(String question, Cancellation cancellation) throws InterruptedException;

  /** The files that notes may go to, the project's first. Thread-safe. */
  List<MemoryFiles.Target> memory();

  /** What slash commands need. Thread-safe. */
  Workplace workplace();

  @Override
  void close();

  /**
   * Ends it.
   *
   * @param reason for hooks: clear, resume, prompt_input_exit or other
   */
  void close(String reason);
}
