package dev.agent.tool;

import dev.agent.message.ContentBlock;
import java.util.List;

/**
 * What a call gives back.
 *
 * @param forModel text, image and document blocks
 * @param forPerson the same for a front-end to draw
 * @param isError whether the model should take it as a failure
 */
public record ToolResult(List<ContentBlock> forModel, Display forPerson, boolean isError) {
  public ToolResult {
    forModel = List.copyOf(forModel);
  }

  /** One text for both. */
  public static ToolResult text(String text) {
    return new ToolResult(List.of(new ContentBlock.Text(text)), new Display.Text(text), false);
  }

  /** A text for the model and something else for the person. */
  public static ToolResult text(String text, Display forPerson) {
    return new ToolResult(List.of(new ContentBlock.Text(text)), forPerson, false);
  }

  /** A failure in words. */
  public static ToolResult error(String text) {
    return new ToolResult(List.of(new ContentBlock.Text(text)), new Display.Text(text), true);
  }
}
