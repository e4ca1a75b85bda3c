package dev.agent.tools.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.process.BackgroundShells;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;

/** Ends a background command with all that it started. */
public final class KillShell implements Tool {
  private final BackgroundShells shells;
  private final ToolForm<Input> form;

  record Input(String shellId) {}

  public KillShell(BackgroundShells shells) {
    this.shells = shells;
    this.form =
        ToolForm.load(
            KillShell.class, Input.class, spec -> spec.withAliases("KillBash", "TaskStop"));
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  /** Only what this session started itself can be ended, so nobody needs to be asked. */
  @Override
  public Effect effect(ObjectNode input) {
    return Effect.NONE;
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    BackgroundShells.Shell shell = find(shells, form.read(call.input()).shellId());
    boolean wasAlive = shell.process().isAlive();
    shell.process().kill();
    return ToolResult.text(
        wasAlive
            ? "Stopped " + shell.id() + "."
            : shell.id() + " had ended already with exit code " + shell.process().exitCode() + ".");
  }

  static BackgroundShells.Shell find(BackgroundShells shells, String id) throws ToolException {
    return shells
        .find(id)
        .orElseThrow(
            () ->
                new ToolException(
                    "There is no background command \""
                        + id
                        + "\"."
                        + (shells.ids().isEmpty()
                            ? " None is running."
                            : " There are: " + String.join(", ", shells.ids()) + ".")));
  }
}
