package dev.agent.mode.print;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;

/** One JSON object at the end; with {@code --verbose} a list of all messages. */
final class JsonOutput implements Output {
  private final Lines out;
  private final boolean verbose;
  private final ArrayNode messages = Json.MAPPER.createArrayNode();
  private final StreamJsonOutput collector;

  JsonOutput(Lines out, AgentSession session, Launch launch) {
    this.out = out;
    this.verbose = launch.verbose();
    this.collector =
        new StreamJsonOutput(
            node -> {
              synchronized (messages) {
                messages.add(node);
              }
            },
            session,
            launch);
  }

  @Override
  public void begin() {
    if (verbose) {
      collector.begin();
    }
  }

  @Override
  public void accept(AgentEvent event) {
    if (verbose) {
      collector.accept(event);
    }
  }

  @Override
  public void result(TurnResult result) {
    if (verbose) {
      collector.result(result);
      synchronized (messages) {
        out.print(Json.write(messages));
        messages.removeAll();
      }
    } else {
      out.print(Json.write(result.toJson()));
    }
  }
}
