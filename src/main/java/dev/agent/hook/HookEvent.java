package dev.agent.hook;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The events that hooks can be configured for. A new one is one line here and one call of {@link
 * Hooks#fire} where it happens. The sentences make up the reference page.
 */
public enum HookEvent {
  SESSION_START(
      "SessionStart",
      "source",
      "source (startup, resume, fork, clear, compact), model",
      "additionalContext, initialUserMessage, sessionTitle",
      Trait.RAISED,
      Trait.TEXT,
      Trait.CONTEXT),
  SETUP("Setup", "trigger", "trigger", "additionalContext", Trait.TEXT, Trait.CONTEXT),
  USER_PROMPT_SUBMIT(
      "UserPromptSubmit",
      "",
      "prompt",
      "block: the prompt is not sent; additionalContext",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.TEXT,
      Trait.CONTEXT),
  USER_PROMPT_EXPANSION(
      "UserPromptExpansion",
      "command_name",
      "expansion_type, command_name, command_args, prompt",
      "block; additionalContext",
      Trait.BLOCKS,
      Trait.TEXT,
      Trait.CONTEXT),
  INSTRUCTIONS_LOADED(
      "InstructionsLoaded",
      "load_reason",
      "file_path, load_reason (session_start, nested_traversal)",
      "nothing",
      Trait.RAISED),
  PRE_TOOL_USE(
      "PreToolUse",
      "tool_name",
      "tool_name, tool_input, tool_use_id",
      "block or permissionDecision: deny, ask, allow; updatedInput; additionalContext",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.CONTEXT),
  PERMISSION_REQUEST(
      "PermissionRequest",
      "tool_name",
      "tool_name, tool_input, permission_suggestions",
      "decision: allow (updatedInput, updatedPermissions) or deny (message, interrupt)",
      Trait.RAISED,
      Trait.BLOCKS),
  PERMISSION_DENIED(
      "PermissionDenied",
      "tool_name",
      "tool_name, tool_input, tool_use_id, reason",
      "retry: the model is told that it may try again",
      Trait.RAISED),
  POST_TOOL_USE(
      "PostToolUse",
      "tool_name",
      "as PreToolUse; tool_response, duration_ms",
      "block: the reason goes to the model; additionalContext; updatedToolOutput",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.CONTEXT),
  POST_TOOL_USE_FAILURE(
      "PostToolUseFailure",
      "tool_name",
      "as PreToolUse; error, is_interrupt, duration_ms",
      "as PostToolUse",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.CONTEXT),
  POST_TOOL_BATCH(
      "PostToolBatch",
      "",
      "tool_calls (tool_name, tool_input, tool_use_id)",
      "block: the run stops; additionalContext",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.CONTEXT),
  STOP(
      "Stop",
      "",
      "stop_hook_active, last_assistant_message, background_tasks",
      "block: the model goes on with the reason, eight times in a run at most",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.CONTEXT),
  STOP_FAILURE("StopFailure", "error", "error, error_details", "nothing", Trait.RAISED),
  SUBAGENT_START(
      "SubagentStart", "agent_type", "agent_id, agent_type", "additionalContext", Trait.CONTEXT),
  SUBAGENT_STOP(
      "SubagentStop",
      "agent_type",
      "as Stop; agent_id, agent_type, agent_transcript_path",
      "as Stop",
      Trait.BLOCKS,
      Trait.CONTEXT),
  NOTIFICATION(
      "Notification",
      "notification_type",
      "message, title, notification_type (permission_prompt, idle_prompt)",
      "nothing",
      Trait.RAISED),
  PRE_COMPACT(
      "PreCompact",
      "trigger",
      "trigger (manual), custom_instructions",
      "block; additionalContext",
      Trait.RAISED,
      Trait.BLOCKS,
      Trait.CONTEXT),
  POST_COMPACT(
      "PostCompact", "trigger", "trigger (manual), compact_summary", "nothing", Trait.RAISED),
  SESSION_END(
      "SessionEnd",
      "reason",
      "reason (clear, resume, prompt_input_exit, other)",
      "nothing; 1.5 s for all of them",
      Trait.RAISED),
  TASK_CREATED("TaskCreated", "", "task_id, task_subject", "block", Trait.BLOCKS),
  TASK_COMPLETED("TaskCompleted", "", "task_id, task_subject", "block", Trait.BLOCKS),
  TEAMMATE_IDLE("TeammateIdle", "", "teammate_name, team_name", "block", Trait.BLOCKS),
  CONFIG_CHANGE("ConfigChange", "source", "source, file_path", "block", Trait.BLOCKS),
  CWD_CHANGED("CwdChanged", "", "old_cwd, new_cwd", "nothing", Trait.RAISED),
  DIRECTORY_ADDED("DirectoryAdded", "", "directory", "nothing"),
  FILE_CHANGED("FileChanged", "file_name", "file_path, file_name, event", "nothing"),
  WORKTREE_CREATE("WorktreeCreate", "", "name", "prints the path"),
  WORKTREE_REMOVE("WorktreeRemove", "", "worktree_path", "nothing"),
  ELICITATION("Elicitation", "mcp_server_name", "mcp_server_name, message", "action, content"),
  ELICITATION_RESULT(
      "ElicitationResult",
      "mcp_server_name",
      "mcp_server_name, action, content",
      "action, content"),
  MESSAGE_DISPLAY("MessageDisplay", "", "message", "nothing"),
  PRE_MODEL_SWITCH("PreModelSwitch", "", "from_model, to_model", "nothing"),
  POST_MODEL_SWITCH("PostModelSwitch", "", "from_model, to_model, reason", "nothing", Trait.RAISED);

  /** The most that all hooks of the end of a session may take together. */
  static final Duration SESSION_END_LIMIT = Duration.ofMillis(1_500);

  private static final Duration PROMPT_LIMIT = Duration.ofSeconds(30);

  private final String wire;
  private final String subject;
  private final String input;
  private final String power;
  private final boolean raised;
  private final boolean blocks;
  private final boolean text;
  private final boolean context;

  /** What sets events apart. */
  private enum Trait {
    /** This version raises it. */
    RAISED,
    /** Exit code 2 and {@code decision: block} mean something. */
    BLOCKS,
    /** Plain output is context for the model. */
    TEXT,
    /** {@code additionalContext} is taken. */
    CONTEXT
  }

  HookEvent(String wire, String subject, String input, String power, Trait... traits) {
    this.wire = wire;
    this.subject = subject;
    this.input = input;
    this.power = power;
    List<Trait> all = List.of(traits);
    this.raised = all.contains(Trait.RAISED);
    this.blocks = all.contains(Trait.BLOCKS);
    this.text = all.contains(Trait.TEXT);
    this.context = all.contains(Trait.CONTEXT);
  }

  /** The event of a name in settings. */
  public static Optional<HookEvent> of(String name) {
    return Arrays.stream(values()).filter(event -> event.wire.equals(name)).findFirst();
  }

  /** All names. */
  public static List<String> names() {
    return Arrays.stream(values()).map(HookEvent::wire).toList();
  }

  /** Its name in settings and inputs. */
  public String wire() {
    return wire;
  }

  /** The input member that matchers are held against; empty: matchers are ignored. */
  public String subject() {
    return subject;
  }

  /** The members of its input besides those of all events, for people. */
  public String input() {
    return input;
  }

  /** What a hook can do, for people. */
  public String power() {
    return power;
  }

  /** Whether this version raises it; the others can be configured and wait. */
  public boolean isRaised() {
    return raised;
  }

  /** Whether a block means something. */
  public boolean canBlock() {
    return blocks;
  }

  /** Whether plain output is context for the model. */
  boolean takesText() {
    return text;
  }

  /** Whether {@code additionalContext} reaches the model. */
  boolean takesContext() {
    return context;
  }

  /** How long a handler may take that says nothing itself, where the event has its own limit. */
  Optional<Duration> ownLimit() {
    return switch (this) {
      case USER_PROMPT_SUBMIT -> Optional.of(PROMPT_LIMIT);
      case SESSION_END -> Optional.of(SESSION_END_LIMIT);
      default -> Optional.empty();
    };
  }
}
