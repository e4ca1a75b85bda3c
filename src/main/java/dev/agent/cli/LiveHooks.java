package dev.agent.cli;

import dev.agent.context.Instructions.InstructionFile;
import dev.agent.loop.CallHooks;
import dev.agent.loop.Outcome;
import dev.agent.loop.StopCheck;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.mode.SessionHooks;
import dev.agent.permission.Asker;
import dev.agent.runtime.Cancellation;
import dev.agent.settings.Settings;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hooks of a session as its settings have them at the moment. As long as there are none,
 * nothing of them is loaded; hooks that come later count from then on, without the events that are
 * past.
 */
final class LiveHooks {
  private final Maker maker;
  private volatile HookSeams now = HookSeams.NONE;
  private boolean loaded; // of the session's thread alone
  private volatile boolean begun;
  private volatile Cancellation turn = Cancellation.root();

  /** Puts hooks together. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param notices told what is wrong with their settings
     */
    HookSeams make(List<String> notices);
  }

  LiveHooks(Maker maker) {
    this.maker = maker;
  }

  /**
   * These settings count from now on.
   *
   * @return what is wrong with their hooks, as far as it was not said before
   */
  List<String> change(Settings settings) {
    if (loaded) {
      return now.change().apply(settings);
    }
    if (settings.all("hooks").isEmpty()) {
      return List.of();
    }
    List<String> notices = new ArrayList<>();
    HookSeams made = maker.make(notices);
    if (begun) {
      made.session().joins(turn);
    }
    now = made;
    loaded = true;
    return notices;
  }

  /**
   * Where the hooks that count at the moment reach into the session.
   *
   * @param reload looks at the settings; run before each prompt, so that hooks hear of it as these
   *     want it
   */
  HookSeams seams(Runnable reload) {
    return new HookSeams(
        new Calls(),
        new Turns(reload),
        next ->
            (Asker)
                (request, ask, cancellation) ->
                    now.asker().apply(next).ask(request, ask, cancellation),
        List.of(this::beforeStop),
        new Steps(),
        this::change);
  }

  private StopCheck.Answer beforeStop(Conversation conversation, int objections)
      throws InterruptedException {
    for (StopCheck check : now.stopChecks()) {
      StopCheck.Answer answer = check.beforeStop(conversation, objections);
      if (!(answer instanceof StopCheck.Answer.Agree)) {
        return answer;
      }
    }
    return new StopCheck.Answer.Agree();
  }

  private final class Calls implements CallHooks {
    @Override
    public Before before(ToolCall call, Effect effect, Cancellation cancellation)
        throws InterruptedException {
      return now.calls().before(call, effect, cancellation);
    }

    @Override
    public ToolResult after(
        ToolCall call, Effect effect, ToolResult result, Duration took, Cancellation cancellation)
        throws InterruptedException {
      return now.calls().after(call, effect, result, took, cancellation);
    }

    @Override
    public String denied(ToolCall call, String reason, Cancellation cancellation)
        throws InterruptedException {
      return now.calls().denied(call, reason, cancellation);
    }
  }

  private final class Turns implements SessionHooks {
    private final Runnable reload;

    Turns(Runnable reload) {
      this.reload = reload;
    }

    @Override
    public Answer beforePrompt(List<ContentBlock> prompt, Cancellation cancellation)
        throws InterruptedException {
      turn = cancellation;
      reload.run();
      Answer answer = now.session().beforePrompt(prompt, cancellation);
      begun = true;
      return answer;
    }

    @Override
    public Answer beforeAside(String question, Cancellation cancellation)
        throws InterruptedException {
      return now.session().beforeAside(question, cancellation);
    }

    @Override
    public void afterTurn(Outcome outcome) {
      now.session().afterTurn(outcome);
    }

    @Override
    public void notify(Notification notification) {
      now.session().notify(notification);
    }

    @Override
    public Optional<String> beforeCompaction(
        String trigger, String instructions, Cancellation cancellation)
        throws InterruptedException {
      return now.session().beforeCompaction(trigger, instructions, cancellation);
    }

    @Override
    public void afterCompaction(String trigger, String summary) {
      now.session().afterCompaction(trigger, summary);
    }

    @Override
    public void beforeClose(String reason) {
      now.session().beforeClose(reason);
    }
  }

  private final class Steps implements HookSeams.Steps {
    @Override
    public List<ContentBlock> afterTools(List<ContentBlock.ToolUse> uses) {
      return now.steps().afterTools(uses);
    }

    @Override
    public Optional<Outcome> end() {
      return now.steps().end();
    }

    @Override
    public void loaded(List<InstructionFile> files, String reason) {
      now.steps().loaded(files, reason);
    }
  }
}
