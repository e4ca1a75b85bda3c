package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.context.Instructions.InstructionFile;
import dev.agent.hook.HookEvent;
import dev.agent.hook.HookListener;
import dev.agent.hook.HookResult;
import dev.agent.hook.Hooks;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.loop.StopCheck;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Role;
import dev.agent.mode.SessionHooks;
import dev.agent.runtime.Cancellation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The hooks around prompts, steps and stops. Owned by the session's thread. */
final class SessionHooking implements SessionHooks, StopCheck, HookSeams.Steps {
  /** How often hooks may send the model back in one run. */
  private static final int MAX_OBJECTIONS = 8;

  /** How long the end waits for hooks that nobody waited for. */
  private static final Duration LAST_CHANCE = Duration.ofMillis(1_500);

  private final Hooks hooks;
  private final HookMail mail;
  private final HookListener listener;
  private final Beginning beginning;
  private final Supplier<Path> cwd;
  private final Supplier<List<String>> background;
  private final Consumer<String> title;
  private final HookExports exports;
  private Cancellation turn = Cancellation.root();
  private Path lastCwd;
  private boolean begun;
  private int objections;

  /**
   * How the session begins.
   *
   * @param source startup, resume, fork or clear
   */
  record Beginning(String source, String model) {}

  /**
   * @param background ids of commands that run on
   * @param title names the session
   */
  SessionHooking(
      Hooks hooks,
      HookMail mail,
      HookListener listener,
      Beginning beginning,
      Supplier<Path> cwd,
      Supplier<List<String>> background,
      Consumer<String> title,
      HookExports exports) {
    this.hooks = hooks;
    this.mail = mail;
    this.listener = listener;
    this.beginning = beginning;
    this.cwd = cwd;
    this.background = background;
    this.title = title;
    this.exports = exports;
    this.lastCwd = cwd.get();
  }

  @Override
  public SessionHooks.Answer beforePrompt(List<ContentBlock> prompt, Cancellation cancellation)
      throws InterruptedException {
    turn = cancellation;
    objections = 0;
    List<ContentBlock> inFront = new ArrayList<>(HookMail.blocks(mail.take(List.of())));
    if (!begun) {
      HookResult said = begin();
      if (said.halt().isPresent()) {
        return new SessionHooks.Answer.Reject(said.halt().get());
      }
      begun = true;
      exports.take();
      inFront.addAll(HookMail.blocks(said.context()));
      said.firstMessages().forEach(text -> inFront.addAll(MessageJson.text(text)));
      said.title().ifPresent(title);
    }
    return submitted(MessageJson.plain(prompt), inFront, turn);
  }

  @Override
  public SessionHooks.Answer beforeAside(String question, Cancellation cancellation)
      throws InterruptedException {
    return submitted(question, List.of(), cancellation);
  }

  private SessionHooks.Answer submitted(
      String prompt, List<ContentBlock> inFront, Cancellation cancellation)
      throws InterruptedException {
    HookResult said =
        hooks.fire(
            Hooks.Firing.of(HookEvent.USER_PROMPT_SUBMIT, "", Json.object().put("prompt", prompt)),
            cancellation);
    Optional<String> no = said.blocked().or(said::halt);
    return no.isPresent()
        ? new SessionHooks.Answer.Reject(no.get())
        : new SessionHooks.Answer.Send(inFront, HookMail.blocks(said.context()));
  }

  private HookResult begin() throws InterruptedException {
    return hooks.fire(starting(beginning.source()), turn);
  }

  private Hooks.Firing starting(String source) {
    return Hooks.Firing.of(
        HookEvent.SESSION_START,
        source,
        Json.object().put("source", source).put("model", beginning.model()));
  }

  @Override
  public List<ContentBlock> afterTools(List<ContentBlock.ToolUse> uses) {
    try {
      if (hooks.has(HookEvent.POST_TOOL_BATCH)) {
        batch(uses);
      }
      Path now = cwd.get();
      if (!now.equals(lastCwd)) {
        ObjectNode fields =
            Json.object().put("old_cwd", lastCwd.toString()).put("new_cwd", now.toString());
        lastCwd = now;
        hooks.fire(Hooks.Firing.of(HookEvent.CWD_CHANGED, "", fields), turn);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the loop looks at it next
    }
    return HookMail.blocks(mail.take(uses));
  }

  private void batch(List<ContentBlock.ToolUse> uses) throws InterruptedException {
    ObjectNode fields = Json.object();
    ArrayNode calls = fields.putArray("tool_calls");
    for (ContentBlock.ToolUse use : uses) {
      ObjectNode call = calls.addObject().put("tool_name", use.name());
      call.set("tool_input", use.input());
      call.put("tool_use_id", use.id());
    }
    HookResult said = hooks.fire(Hooks.Firing.of(HookEvent.POST_TOOL_BATCH, "", fields), turn);
    said.context().forEach(mail::later);
    said.halt().or(said::blocked).ifPresent(mail::halt);
  }

  @Override
  public Optional<Outcome> end() {
    return mail.takeHalt().map(Outcome.StoppedByHook::new);
  }

  @Override
  public void loaded(List<InstructionFile> files, String reason) {
    for (InstructionFile file : files) {
      hooks.announce(
          Hooks.Firing.of(
              HookEvent.INSTRUCTIONS_LOADED,
              reason,
              Json.object().put("file_path", file.path().toString()).put("load_reason", reason)));
    }
  }

  /** For events of the session that hooks hear of. */
  void hear(AgentEvent event) {
    if (event instanceof AgentEvent.ModelSwitched(String from, String to, String why)) {
      hooks.announce(
          Hooks.Firing.of(
              HookEvent.POST_MODEL_SWITCH,
              "",
              Json.object().put("from_model", from).put("to_model", to).put("reason", why)));
    }
  }

  @Override
  public StopCheck.Answer beforeStop(Conversation conversation, int unused)
      throws InterruptedException {
    hooks.awaitRewakes(turn);
    List<String> wakes = mail.takeWakes();
    if (!wakes.isEmpty()) {
      return object(String.join("\n", wakes));
    }
    if (!hooks.has(HookEvent.STOP)) {
      return new StopCheck.Answer.Agree();
    }
    ObjectNode fields = Json.object();
    fields.put("stop_hook_active", objections > 0);
    fields.put("last_assistant_message", lastAnswer(conversation));
    ArrayNode running = fields.putArray("background_tasks");
    background.get().forEach(running::add);
    HookResult said = hooks.fire(Hooks.Firing.of(HookEvent.STOP, "", fields), turn);
    if (said.halt().isPresent()) {
      listener.says("A Stop hook ended the run: " + said.halt().get());
      return new StopCheck.Answer.Agree();
    }
    if (said.blocked().isPresent()) {
      List<String> texts = new ArrayList<>(List.of(said.blocked().get()));
      texts.addAll(said.context());
      return object(String.join("\n", texts));
    }
    said.context().forEach(mail::later);
    return new StopCheck.Answer.Agree();
  }

  private StopCheck.Answer object(String reason) {
    if (objections >= MAX_OBJECTIONS) {
      listener.failed(
          "Hooks have kept the model from stopping "
              + MAX_OBJECTIONS
              + " times in this run; now it stops. The last reason was: "
              + reason);
      return new StopCheck.Answer.Agree();
    }
    objections++;
    return new StopCheck.Answer.GoOn(reason);
  }

  private static String lastAnswer(Conversation conversation) {
    for (Message message : conversation.messages().reversed()) {
      if (message.role() == Role.ASSISTANT) {
        return message.text();
      }
    }
    return "";
  }

  @Override
  public void afterTurn(Outcome outcome) {
    Optional<ObjectNode> fields =
        switch (outcome) {
          case Outcome.ModelFailed(var failure) ->
              Optional.of(
                  failure(
                      failure.kind().name().toLowerCase(Locale.ROOT),
                      String.valueOf(failure.getMessage())));
          case Outcome.ContextExhausted(String detail) ->
              Optional.of(failure("context_exhausted", detail));
          case Outcome.OutputExhausted _ ->
              Optional.of(failure("max_output_tokens", "the answer did not end"));
          case Outcome.Completed _,
              Outcome.MaxTurns _,
              Outcome.BudgetSpent _,
              Outcome.Interrupted _,
              Outcome.Refused _,
              Outcome.StoppedByHook _,
              Outcome.DoomLoop _,
              Outcome.SchemaNotMet _ ->
              Optional.empty();
        };
    if (fields.isPresent()) {
      uncancelled(
          Hooks.Firing.of(
              HookEvent.STOP_FAILURE, fields.get().path("error").asText(), fields.get()));
    }
  }

  private static ObjectNode failure(String error, String details) {
    return Json.object().put("error", error).put("error_details", details);
  }

  @Override
  public void joins(Cancellation turn) {
    this.turn = turn;
    begun = true;
  }

  @Override
  public void notify(SessionHooks.Notification it) {
    hooks.announce(
        Hooks.Firing.of(
            HookEvent.NOTIFICATION,
            it.type(),
            Json.object()
                .put("message", it.message())
                .put("title", it.title())
                .put("notification_type", it.type())));
  }

  @Override
  public Optional<String> beforeCompaction(
      String trigger, String instructions, Cancellation cancellation) throws InterruptedException {
    HookResult said =
        hooks.fire(
            Hooks.Firing.of(
                HookEvent.PRE_COMPACT,
                trigger,
                Json.object().put("trigger", trigger).put("custom_instructions", instructions)),
            cancellation);
    said.context().forEach(mail::later);
    return said.blocked().or(said::halt);
  }

  @Override
  public void afterCompaction(String trigger, String summary) {
    uncancelled(
        Hooks.Firing.of(
            HookEvent.POST_COMPACT,
            trigger,
            Json.object().put("trigger", trigger).put("compact_summary", summary)));
    if (begun) {
      HookResult said = uncancelled(starting("compact"));
      said.context().forEach(mail::later);
    }
  }

  @Override
  public void beforeClose(String reason) {
    if (!begun) {
      return;
    }
    uncancelled(
        Hooks.Firing.of(HookEvent.SESSION_END, reason, Json.object().put("reason", reason)));
    try {
      hooks.awaitAll(LAST_CHANCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The turn is over, perhaps because it was cancelled: these run all the same. */
  private HookResult uncancelled(Hooks.Firing firing) {
    boolean interrupted = Thread.interrupted();
    HookResult said = HookResult.SILENT;
    try {
      said = hooks.fire(firing, Cancellation.root());
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return said;
  }
}
