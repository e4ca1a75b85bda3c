package dev.agent.command;

import dev.agent.context.Instructions;
import dev.agent.hook.HookSettings;
import dev.agent.message.Conversation;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.settings.Settings;
import dev.agent.tool.Display;
import dev.agent.tool.ToolRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the running session. Implemented by front-ends; each answer is the state of now,
 * and may be asked for on any thread, also while a turn goes on.
 */
public interface SessionFacts {
  /** The session's id. */
  String id();

  /** The name that it was given; empty when it has none. */
  String title();

  /**
   * The settings as the files say by now, which may be ahead of what counts. Blocks for a moment.
   *
   * @throws dev.agent.runtime.UserError when they can't be read
   */
  Settings storedSettings();

  /** The session's file; empty when nothing is kept. */
  Optional<Path> journal();

  /** When this process began with it. */
  Instant startedAt();

  /** Prompts that were answered by this process. */
  int turns();

  /** The model that the next request goes to. */
  ModelInfo model();

  /** The models that are known. */
  Catalog catalog();

  /** The effort that requests ask for; empty for models without such a setting. */
  Optional<String> effort();

  /** How much may be done without asking. */
  Mode mode();

  /** The rules that count now. */
  Policy policy();

  /** The hooks that count now; empty when there are none. */
  Optional<HookSettings> hooks();

  /** Everything said so far, after compactions. */
  Conversation conversation();

  /** The latest answer's token counts in this conversation; zero before the first. */
  Usage lastUsage();

  /** What was used and what it cost, in this process. */
  Ledger ledger();

  /** The system prompt as it is sent. */
  List<SystemText> systemPrompt();

  /** The tools that the model is offered. */
  ToolRegistry tools();

  /** The instruction files that were sent. */
  List<Instructions.InstructionFile> instructions();

  /** The model's list of tasks; empty when there is none. */
  List<Display.Todo> todos();

  /** The states that the session can be taken back to, oldest first. */
  List<Checkpoint> checkpoints();

  /** What the person was told and may have missed: settings, servers, rules. */
  List<String> notices();

  /** Calls that were refused in this process, latest last. */
  List<Denial> denials();

  /**
   * A prompt that the session can be taken back to.
   *
   * @param id whatever the front-end knows it by
   * @param prompt as it was typed
   * @param changedFiles whether files were changed since
   */
  record Checkpoint(String id, String prompt, boolean changedFiles) {}

  /**
   * A call that was refused.
   *
   * @param what the command, or the tool with what it was to touch
   */
  record Denial(String tool, String what, String reason) {}
}
