package dev.agent.command;

import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.nio.file.Path;
import java.util.List;

/**
 * What can be done with the running session. Implemented by front-ends; may be called on any
 * thread. What would disturb a turn throws {@link UserError} while one goes on, and so does
 * whatever can't be done.
 */
public interface SessionControl {
  /**
   * The next request goes to this model.
   *
   * @param name an id or an alias
   */
  ModelInfo model(String name);

  /**
   * How hard the model thinks from the next request on.
   *
   * @throws UserError when the model has no such level
   */
  void effort(String level);

  /**
   * Changes how much may be done without asking.
   *
   * @throws UserError when the settings or the way the session was started forbid it
   */
  void mode(Mode mode);

  /** Begins a new conversation; the old one stays in its file and can be resumed. */
  void clear();

  /**
   * Replaces the older part of the conversation by a summary of it. Blocks.
   *
   * @param focus what the summary should take care of; may be empty
   * @throws UserError when there is too little to compact, or the model can't be asked
   * @throws InterruptedException when cancelled; the conversation is as before
   */
  Compacted compact(String focus, Cancellation cancellation) throws InterruptedException;

  /** Gives the session a name. */
  void rename(String title);

  /** Goes on with another session in this one's place. */
  void resume(Path journal);

  /** Takes the session back to before a checkpoint's prompt. */
  TakenBack rewind(SessionFacts.Checkpoint to, Extent extent);

  /** A further directory belongs to the workspace from now on, until the session ends. */
  void addDirectory(Path directory);

  /**
   * Stores a setting in the person's own file and lets it count as soon as it can.
   *
   * @param value JSON, or the characters of a string
   * @return what the person should know about it; may be empty
   */
  String set(String key, String value);

  /**
   * Stores a setting in the person's own file for this project and lets it count as soon as it can.
   *
   * @param value JSON, or the characters of a string
   */
  Kept setHere(String key, String value);

  /**
   * What storing a setting for a project did.
   *
   * @param counts whether it counts; else somebody has to trust the directory first
   * @param said what the person should know, in sentences
   */
  record Kept(boolean counts, String said) {}

  /**
   * What a compaction did.
   *
   * @param tokensBefore estimated tokens of the conversation
   * @param tokensAfter the same afterwards
   */
  record Compacted(long tokensBefore, long tokensAfter, String summary) {}

  /** What is taken back. */
  enum Extent {
    CONVERSATION,
    FILES,
    BOTH
  }

  /**
   * What taking back did.
   *
   * @param prompt the text of the prompt that the conversation is before now, to be edited and sent
   *     anew; empty when only files were taken back
   * @param said what the person should know, one sentence each
   */
  record TakenBack(String prompt, List<String> said) {
    public TakenBack {
      said = List.copyOf(said);
    }
  }
}
