package dev.agent.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Placeholder until the real one lands. */
public final class JsonRepair {
  private JsonRepair() {}

  public static Optional<ObjectNode> repair(String raw) {
    return Optional.empty();
  }
}
