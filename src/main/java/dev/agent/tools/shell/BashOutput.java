package dev.agent.tools.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.process.BackgroundShells;
import dev.agent.text.Ansi;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Gives what a background command has printed since it was asked the last time. */
public final class BashOutput implements Tool {
  private final BackgroundShells shells;
  private final ToolForm<Input> form;

  record Input(String bashId, Optional<String> filter) {}

  public BashOutput(BackgroundShells shells) {
    this.shells = shells;
    this.form =
        ToolForm.load(BashOutput.class, Input.class, spec -> spec.withAliases("TaskOutput"));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    return Effect.NONE;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    try {
      Input input = form.read(call.input());
      BackgroundShells.Shell shell = KillShell.find(shells, input.bashId());
      // Compiled before anything is taken: a wrong pattern must not cost the output.
      Optional<Pattern> pattern = input.filter().map(Pattern::compile);
      // Asked before the output is taken: what is read then is all that there will ever be.
      boolean alive = shell.process().isAlive() || !shell.process().await(Duration.ZERO);
      String text = Ansi.strip(shell.unread());
      if (pattern.isPresent()) {
        text = new LineFilter(pattern.get()).apply(text);
      }
      String status =
          alive
              ? "running"
              : shell.process().isCapped()
                  ? "stopped: its output grew over the cap"
                  : "ended with exit code " + shell.process().exitCode();
      return ToolResult.text(
          "Status: " + status + "\n" + (text.isBlank() ? "(nothing new)" : text.stripTrailing()));
    } catch (PatternSyntaxException e) {
      throw new ToolException("\"filter\" is no regular expression: " + e.getDescription() + ".");
    }
  }
}
