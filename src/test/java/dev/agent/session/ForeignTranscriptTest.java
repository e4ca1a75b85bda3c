package dev.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.MessageJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForeignTranscriptTest {
  @TempDir Path temp;

  private static String line(String type, String uuid, String parent, String message) {
    return "{\"parentUuid\":"
        + (parent.isEmpty() ? "null" : "\"" + parent + "\"")
        + ",\"isSidechain\":false,\"type\":\""
        + type
        + "\",\"message\":"
        + message
        + ",\"uuid\":\""
        + uuid
        + "\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"sessionId\":\"s\",\"cwd\":\"/w/shop\",\"version\":\"2\"}";
  }

  private static String user(String content) {
    return "{\"role\":\"user\",\"content\":" + content + "}";
  }

  private static String part(String id, String block) {
    return "{\"id\":\""
        + id
        + "\",\"role\":\"assistant\",\"model\":\"m\",\"content\":["
        + block
        + "]}";
  }

  private static String use(String id) {
    return "{\"type\":\"tool_use\",\"id\":\""
        + id
        + "\",\"name\":\"Read\",\"input\":{\"file_path\":\"/a\"}}";
  }

  private static String answer(String id) {
    return user(
        "[{\"type\":\"tool_result\",\"tool_use_id\":\"" + id + "\",\"content\":\"r-" + id + "\"}]");
  }

  private static final List<String> SESSION =
      List.of(
          "{\"type\":\"queue-operation\",\"operation\":\"enqueue\",\"sessionId\":\"s\"}",
          "{\"type\":\"file-history-snapshot\",\"messageId\":\"u1\",\"snapshot\":{}}",
          line("user", "u1", "", user("\"look\"")),
          line("attachment", "x1", "u1", "{}"),
          line(
              "assistant",
              "a1",
              "x1",
              part("m1", "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"}")),
          line("assistant", "a2", "a1", part("m1", "{\"type\":\"text\",\"text\":\"I look.\"}")),
          line("assistant", "a3", "a2", part("m1", use("t1"))),
          line("user", "r1", "a3", answer("t1")),
          line("assistant", "a4", "a3", part("m1", use("t2"))),
          line("user", "r2", "a4", answer("t2")),
          line("user", "side", "u1", user("\"side\""))
              .replace("\"isSidechain\":false", "\"isSidechain\":true"),
          line("assistant", "a5", "r2", part("m2", "{\"type\":\"text\",\"text\":\"Done.\"}")),
          "{\"type\":\"last-prompt\",\"lastPrompt\":\"look\",\"sessionId\":\"s\"}");

  private Path file(List<String> lines) throws IOException {
    return Files.write(temp.resolve("s.jsonl"), lines);
  }

  @Test
  void aSessionOfAnotherAgentIsContinuedWithAllParallelResults() throws Exception {
    Path file = file(SESSION);
    assertThat(ForeignTranscript.isForeign(file)).isTrue();
    ForeignTranscript.Imported imported = ForeignTranscript.read(file);
    assertThat(imported.conversation())
        .isEqualTo(
            new Conversation(
                List.of(
                    Message.user("look"),
                    MessageJson.readMessage(
                        dev.agent.json.Json.parse(
                            part(
                                "m1",
                                "{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"sig\"},{\"type\":\"text\",\"text\":\"I"
                                    + " look.\"},"
                                    + use("t1")
                                    + ","
                                    + use("t2")))),
                    Message.user(
                        List.of(
                            ContentBlock.ToolResult.text("t1", "r-t1", false),
                            ContentBlock.ToolResult.text("t2", "r-t2", false))),
                    Message.assistant(List.of(new ContentBlock.Text("Done."))))));
    assertThat(imported.problems()).isEmpty();
    assertThat(imported.cwd()).isEqualTo("/w/shop");
  }

  @Test
  void ourOwnFilesAreNotForeign() throws Exception {
    Sessions sessions = SessionFixture.sessions(temp, new ArrayList<>());
    try (SessionLog log = sessions.create(Path.of("/w"), SessionFixture.uuid(1))) {
      log.append(SessionFixture.prompt("x \"isSidechain\""));
    }
    assertThat(ForeignTranscript.isForeign(sessions.file(Path.of("/w"), SessionFixture.uuid(1))))
        .isFalse();
  }

  @Test
  void anotherBranchIsNotMixedIn() throws Exception {
    List<String> lines = new ArrayList<>(SESSION);
    lines.add(line("user", "u9", "u1", user("\"again\"")));
    assertThat(ForeignTranscript.read(file(lines)).conversation())
        .isEqualTo(new Conversation(List.of(Message.user("look"), Message.user("again"))));
  }

  @Test
  void aCallWithoutResultIsNotSaidToBeUndone() throws Exception {
    ForeignTranscript.Imported imported = ForeignTranscript.read(file(SESSION.subList(0, 7)));
    assertThat(ApiRules.broken(imported.conversation())).isEmpty();
    assertThat(MessageJson.plain(imported.conversation().messages().getLast().content()))
        .contains("may or may not have taken effect");
  }

  @Test
  void anyDamageGivesAValidConversation() throws Exception {
    byte[] original = Files.readAllBytes(file(SESSION));
    Random random = new Random(3);
    Path file = temp.resolve("d.jsonl");
    for (int trial = 0; trial < 1000; trial++) {
      List<String> lines = new ArrayList<>(SESSION);
      for (int i = random.nextInt(5); i > 0 && !lines.isEmpty(); i--) {
        lines.remove(random.nextInt(lines.size()));
      }
      java.util.Collections.swap(lines, random.nextInt(lines.size()), random.nextInt(lines.size()));
      Files.write(file, lines);
      assertThat(ApiRules.broken(ForeignTranscript.read(file).conversation()))
          .as("trial %s", trial)
          .isEmpty();
      Files.write(file, java.util.Arrays.copyOf(original, random.nextInt(original.length)));
      assertThat(ApiRules.broken(ForeignTranscript.read(file).conversation()))
          .as("cut %s", trial)
          .isEmpty();
    }
  }
}
