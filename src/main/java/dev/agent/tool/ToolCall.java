package dev.agent.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call.
 *
 * @param id the model's id of the tool use
 * @param name the tool's own name, after aliases and wrong case were resolved
 * @param input checked against the schema
 */
public record ToolCall(String id, String name, ObjectNode input) {}
