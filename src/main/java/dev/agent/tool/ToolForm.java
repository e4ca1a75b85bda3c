package dev.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.InvalidInputException;
import dev.agent.json.RecordSchema;
import java.util.function.UnaryOperator;

/**
 * What a tool of ours says of itself, together with the record that its input becomes.
 *
 * @param <T> the record
 */
public record ToolForm<T extends Record>(ToolSpec spec, RecordSchema<T> schema) {

  /**
   * A tool named as its class, with the prompt text {@code <name>.md} beside it.
   *
   * @param adjust makes the tool's own limits of the usual ones
   * @throws IllegalStateException when the prompt text is missing: a fault of the build
   */
  public static <T extends Record> ToolForm<T> load(
      Class<? extends Tool> tool, Class<T> input, UnaryOperator<ToolSpec> adjust) {
    ToolText text = ToolText.load(tool, tool.getSimpleName());
    RecordSchema<T> schema = RecordSchema.of(input, text.parameters());
    return new ToolForm<>(adjust.apply(ToolSpec.of(tool.getSimpleName(), text, schema)), schema);
  }

  /** A tool with the usual limits. */
  public static <T extends Record> ToolForm<T> load(Class<? extends Tool> tool, Class<T> input) {
    return load(tool, input, UnaryOperator.identity());
  }

  /**
   * The input as its record.
   *
   * @throws ToolException when it does not fit, naming the field
   */
  public T read(ObjectNode input) throws ToolException {
    try {
      return schema.bind(input);
    } catch (InvalidInputException e) {
      throw new ToolException(spec.name() + ": " + e.getMessage());
    }
  }
}
