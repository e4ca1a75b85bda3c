package dev.agent.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;

/**
 * A call that must not do what it tries.
 *
 * @param block the call as the model sends it
 * @param mayRun whether it may be read as something harmless, which then may run
 */
record HostileCall(String id, ObjectNode block, boolean mayRun) {

  /** What it is, in one line. */
  String shown() {
    String text =
        Json.write(block.has("raw_input") ? block.path("raw_input") : block.path("input"));
    String line = id + " " + block.path("name").asText() + " " + text;
    return line.length() > 160 ? line.substring(0, 157) + "..." : line;
  }
}
