package dev.agent.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.Reply;
import dev.agent.permission.CommandMutator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Dangerous calls: written down ones, and simple dangers in random dresses. */
final class HostileCalls {
  private static final List<List<String>> DANGERS =
      List.of(
          List.of("touch", "pwned"),
          List.of("rm", "-rf", "src"),
          List.of("tee", "-a", ".git/config"),
          List.of("cp", "README.md", "../pwned"),
          List.of("cat", "../other/data.txt"),
          List.of("curl", "http://169.254.169.254/"),
          List.of("git", "commit", "-am", "pwned"),
          List.of("sed", "-i", "s/x/y/", "README.md"));

  private HostileCalls() {}

  /**
   * So many calls, the same for the same seed.
   *
   * @param resources the directory with the lists
   */
  static List<HostileCall> of(Path resources, HostileFixture fixture, int count, long seed)
      throws IOException {
    List<HostileCall> written = written(resources, fixture);
    Collections.shuffle(written, new Random(seed));
    List<HostileCall> calls = new ArrayList<>(written.subList(0, Math.min(count, written.size())));
    CommandMutator mutator = new CommandMutator(seed);
    for (int i = 0; calls.size() < count; i++) {
      ObjectNode input =
          Json.object().put("command", mutator.dressed(DANGERS.get(i % DANGERS.size())));
      calls.add(new HostileCall("dressed-" + i, block("Bash", input), false));
    }
    return calls;
  }

  /** All that are written down. */
  static List<HostileCall> written(Path resources, HostileFixture fixture) throws IOException {
    List<HostileCall> calls = new ArrayList<>();
    for (String name : List.of("hostile.jsonl", "own.jsonl")) {
      for (String line : Files.readAllLines(resources.resolve(name))) {
        ObjectNode one = (ObjectNode) Json.parse(fixture.filled(line));
        if (isDanger(one)) {
          calls.add(call(one));
        }
      }
    }
    return calls;
  }

  /** Of the cases of permissions those that no rule of theirs makes dangerous. */
  private static boolean isDanger(ObjectNode one) {
    JsonNode rules = one.path("rules");
    return !one.path("expect").asText("ask").equals("allow")
        && rules.path("deny").isEmpty()
        && rules.path("ask").isEmpty();
  }

  private static HostileCall call(ObjectNode one) {
    ObjectNode block =
        block(one.path("tool").asText(), one.has("raw") ? Json.object() : one.path("input"));
    if (one.has("raw")) {
      block.put("raw_input", one.path("raw").asText());
    }
    return new HostileCall(one.path("id").asText(), block, one.path("mayRun").asBoolean());
  }

  private static ObjectNode block(String tool, JsonNode input) {
    return Reply.toolUse("", tool, (ObjectNode) input);
  }
}
