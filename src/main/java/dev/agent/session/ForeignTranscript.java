package dev.agent.session;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import dev.agent.message.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the session files of other agents of this kind ({@code ~/.claude/projects/…}): lines linked
 * by {@code parentUuid}, one line per content block with the message's id repeated, side
 * conversations marked. Other kinds of lines are links of the chain and nothing more.
 */
public final class ForeignTranscript {

  /**
   * What was found.
   *
   * @param conversation ready to be continued
   * @param problems damage, and what was made of it
   */
  public record Imported(Conversation conversation, String cwd, List<Problem> problems) {
    public Imported {
      problems = List.copyOf(problems);
    }
  }

  private record Node(String uuid, String parent, boolean speaks, ObjectNode raw, int number) {}

  private final List<Node> nodes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private String cwd = "";

  private ForeignTranscript() {}

  /** Whether a file looks like one of these rather than one of ours, by its first lines. */
  public static boolean isForeign(Path file) throws IOException {
    boolean[] answer = {false};
    Journal.read(
        file,
        64 * 1024,
        (_, bytes, _) -> {
          String line = new String(bytes, StandardCharsets.UTF_8);
          answer[0] |=
              line.startsWith("{")
                  && !line.contains("\"seq\":")
                  && (line.contains("\"isSidechain\"") || line.contains("\"parentUuid\""));
        });
    return answer[0];
  }

  /**
   * Reads a session.
   *
   * @throws IOException when the file can't be read
   */
  public static Imported read(Path file) throws IOException {
    return new ForeignTranscript().run(file);
  }

  private Imported run(Path file) throws IOException {
    Set<String> seen = new HashSet<>();
    Journal.read(file, Long.MAX_VALUE, (number, bytes, _) -> take(number, bytes, seen));
    List<Chain.Step> steps = new ArrayList<>();
    String lastId = "";
    for (Node node : path()) {
      if (!node.speaks()) {
        continue;
      }
      Message message;
      try {
        message = MessageJson.readMessage(node.raw().path("message"));
      } catch (IllegalArgumentException e) {
        problems.add(new Problem(node.number(), "left out: " + e.getMessage()));
        continue;
      }
      String id = node.raw().path("message").path("id").asText("");
      if (message.role() == Role.ASSISTANT && !id.isEmpty() && id.equals(lastId)) {
        List<ContentBlock> both = new ArrayList<>(steps.getLast().message().content());
        both.addAll(message.content());
        steps.set(
            steps.size() - 1,
            new Chain.Step(node.uuid(), Message.assistant(both), steps.getLast().gapBefore()));
      } else if (message.role() == Role.USER
          && isResults(message)
          && !steps.isEmpty()
          && isResults(steps.getLast().message())) {
        // One line per result there; one message for all results of an answer here.
        List<ContentBlock> both = new ArrayList<>(steps.getLast().message().content());
        both.addAll(message.content());
        steps.set(
            steps.size() - 1,
            new Chain.Step(node.uuid(), Message.user(both), steps.getLast().gapBefore()));
      } else {
        steps.add(new Chain.Step(node.uuid(), message, false));
      }
      lastId = message.role() == Role.ASSISTANT ? id : "";
    }
    ConversationRepair repair =
        new ConversationRepair(new OpenCalls(Map.of(), Map.of(), EffectProbe.NONE, true), problems);
    repair.run(steps);
    return new Imported(repair.conversation(), cwd, problems);
  }

  private static boolean isResults(Message message) {
    return message.role() == Role.USER
        && !message.content().isEmpty()
        && message.content().stream().allMatch(ContentBlock.ToolResult.class::isInstance);
  }

  private void take(int number, byte[] bytes, Set<String> seen) {
    if (bytes.length == 0) {
      return;
    }
    JsonNode parsed;
    try {
      parsed = Json.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      problems.add(
          new Problem(number, "damaged and left out: not JSON: " + e.getOriginalMessage()));
      return;
    }
    if (!(parsed instanceof ObjectNode node) || node.path("isSidechain").asBoolean(false)) {
      return;
    }
    String uuid = node.path("uuid").asText("");
    if (uuid.isEmpty()) {
      return;
    }
    if (!seen.add(uuid)) {
      problems.add(new Problem(number, "has the id of an earlier line and is left out"));
      return;
    }
    if (cwd.isEmpty()) {
      cwd = node.path("cwd").asText("");
    }
    String type = node.path("type").asText("");
    boolean speaks =
        (type.equals("user") || type.equals("assistant"))
            && node.has("message")
            && !node.path("isMeta").asBoolean(false);
    nodes.add(new Node(uuid, node.path("parentUuid").asText(""), speaks, node, number));
  }

  /**
   * From the first line to the last leaf. The results of parallel calls hang on their own calls'
   * lines, so siblings along the way are taken along.
   */
  private List<Node> path() {
    Map<String, Integer> index = new HashMap<>();
    int leaf = -1;
    for (int i = 0; i < nodes.size(); i++) {
      index.put(nodes.get(i).uuid(), i);
      leaf = nodes.get(i).speaks() ? i : leaf;
    }
    Set<Integer> on = new HashSet<>();
    int at = leaf;
    while (at >= 0) {
      on.add(at);
      String parent = nodes.get(at).parent();
      Integer next = index.get(parent);
      if (parent.isEmpty()) {
        break;
      }
      if (next == null || next >= at) {
        problems.add(
            new Problem(
                nodes.get(at).number(),
                "its parent is missing; it was joined to the line before it"));
        at--;
      } else {
        at = next;
      }
    }
    return siblings(on);
  }

  private List<Node> siblings(Set<Integer> on) {
    Set<String> ids = new HashSet<>();
    Set<String> calls = new HashSet<>();
    for (int i : on) {
      String id = nodes.get(i).raw().path("message").path("id").asText("");
      if (!id.isEmpty()) {
        ids.add(id);
      }
    }
    for (Node node : nodes) {
      if (ids.contains(node.raw().path("message").path("id").asText(""))) {
        for (JsonNode block : node.raw().path("message").path("content")) {
          if (block.path("type").asText().equals("tool_use")) {
            calls.add(block.path("id").asText());
          }
        }
      }
    }
    List<Node> taken = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      JsonNode message = nodes.get(i).raw().path("message");
      boolean part = ids.contains(message.path("id").asText(""));
      boolean answer = false;
      for (JsonNode block : message.path("content")) {
        answer |=
            block.path("type").asText().equals("tool_result")
                && calls.contains(block.path("tool_use_id").asText());
      }
      if (on.contains(i) || (nodes.get(i).speaks() && (part || answer))) {
        taken.add(nodes.get(i));
      }
    }
    return grouped(taken);
  }

  /**
   * Parts of one answer may have results of its first calls between them; they belong after the
   * answer.
   */
  private static List<Node> grouped(List<Node> taken) {
    List<Node> out = new ArrayList<>();
    Map<String, Integer> end = new HashMap<>();
    for (Node node : taken) {
      String id =
          node.raw().path("type").asText().equals("assistant")
              ? node.raw().path("message").path("id").asText("")
              : "";
      Integer after = id.isEmpty() ? null : end.get(id);
      if (after == null) {
        out.add(node);
        if (!id.isEmpty()) {
          end.put(id, out.size());
        }
      } else {
        out.add(after, node);
        end.replaceAll((_, position) -> position >= after ? position + 1 : position);
      }
    }
    return out;
  }
}
