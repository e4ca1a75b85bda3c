package dev.agent.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.Json;
import dev.agent.permission.Asker;
import dev.agent.permission.Decision;
import dev.agent.permission.Mode;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.Ids;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Commands that the person runs themselves, with the model's own shell: the same directory, sandbox
 * and limits. What is forbidden stays forbidden; what would only be asked about has its answer,
 * since they typed it, except where nobody but a person may say yes: that is worth a second look.
 *
 * @param asker asks for that second look
 */
record OwnCommands(
    ToolRegistry tools, Permissions permissions, Supplier<Path> cwd, Asker asker, Ids ids) {

  ToolResult run(String command, Cancellation cancellation, Consumer<String> progress)
      throws InterruptedException {
    Optional<Tool> shell = tools.find("Bash");
    if (shell.isEmpty()) {
      return ToolResult.error("There is no Bash tool in this session, so nothing was run.");
    }
    try {
      ObjectNode input = shell.get().spec().input().check(Json.object().put("command", command));
      ToolCall call = new ToolCall("own-" + ids.next(), "Bash", input);
      Optional<String> no = objection(shell.get(), call, cancellation);
      return no.isPresent()
          ? ToolResult.error("Not run: " + no.get() + ".")
          : shell.get().run(call, new Context(cancellation, progress));
    } catch (InvalidInputException | ToolException e) {
      return ToolResult.error(String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> objection(Tool shell, ToolCall call, Cancellation cancellation)
      throws InterruptedException {
    // Plan mode and its like bind the model, not the person.
    PermissionRequest request =
        new PermissionRequest(call, shell.effect(call.input()), Mode.DEFAULT, cwd.get());
    return switch (permissions.decide(request)) {
      case Decision.Deny(var why) -> Optional.of(why.text() + source(why.rule(), why.source()));
      case Decision.Ask ask when ask.onlyByPerson() ->
          asker.ask(request, ask, cancellation) instanceof Asker.Answer.Deny(String said, _)
              ? Optional.of(said)
              : Optional.empty();
      case Decision.Ask _, Decision.Allow _, Decision.Pass _ -> Optional.empty();
    };
  }

  private static String source(String rule, String source) {
    return rule.isEmpty() ? "" : " (" + rule + (source.isEmpty() ? "" : ", " + source) + ")";
  }

  private record Context(Cancellation cancellation, Consumer<String> hears) implements ToolContext {
    @Override
    public void progress(String text) {
      hears.accept(text);
    }
  }
}
