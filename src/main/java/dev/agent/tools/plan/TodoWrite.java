package dev.agent.tools.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Wire;
import dev.agent.message.MessageJson;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.util.List;
import java.util.Locale;

/**
 * Replaces the task list of the session. The list lives in the calls themselves: front-ends draw
 * the newest.
 */
public final class TodoWrite implements Tool {
  private final ToolForm<Input> form;

  enum Status {
    PENDING,
    IN_PROGRESS,
    COMPLETED
  }

  record Item(String content, Status status, @Wire("activeForm") String activeForm) {}

  record Input(List<Item> todos) {}

  public TodoWrite() {
    this.form = ToolForm.load(TodoWrite.class, Input.class);
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
  public ToolResult run(ToolCall call, ToolContext context) throws ToolException {
    List<Item> items = form.read(call.input()).todos();
    long active = items.stream().filter(item -> item.status() == Status.IN_PROGRESS).count();
    String advice = active > 1 ? " Several items are in progress; keep it to one at a time." : "";
    List<Display.Todo> todos =
        items.stream()
            .map(
                item ->
                    new Display.Todo(
                        item.content(),
                        item.activeForm(),
                        item.status().name().toLowerCase(Locale.ROOT)))
            .toList();
    return new ToolResult(
        MessageJson.text("The list is stored. Go on with the next item." + advice),
        new Display.Todos(todos),
        false);
  }
}
