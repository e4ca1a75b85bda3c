package dev.agent.json;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a tool accepts. Implementations are immutable and thread-safe; the schema is made on first
 * use.
 */
public interface InputSchema {
  /**
   * The JSON Schema sent to the model: an object schema with stable bytes. The caller does not
   * change it.
   */
  ObjectNode json();

  /**
   * Checks an input and returns it with harmless mistakes mended ({@code "42"} for an integer,
   * {@code "true"} for a boolean, a list sent as text). The result is what every later stage sees:
   * hooks, permissions and the tool.
   *
   * @throws InvalidInputException when it can't be mended; the message names the field
   */
  ObjectNode check(ObjectNode input) throws InvalidInputException;
}
