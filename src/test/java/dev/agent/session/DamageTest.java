package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal with any damage opens, says so, and yields a conversation that the service accepts. */
final class DamageTest {
  private static final int TRIALS = Integer.getInteger("session.damage.trials", 2000);
  private static final Path CWD = Path.of("/w/shop");

  @TempDir Path data;

  private byte[] transcript(int seed, int turns) throws IOException {
    Sessions sessions = new Sessions(data.resolve("made"), ids(seed), CLOCK, List.of(), _ -> {});
    String id = uuid(5000 + seed);
    try (SessionLog log = sessions.create(CWD, id)) {
      SessionFixture.write(log, new Random(seed), turns, new ArrayList<>());
    }
    return Files.readAllBytes(sessions.file(CWD, id));
  }

  private static LoadedSession load(Path file) throws IOException {
    return new SessionLoader(EffectProbe.NONE).load(file);
  }

  /** All lines that are whole in the first {@code length} bytes. */
  private static int wholeLines(byte[] bytes, int length) {
    int count = 0;
    for (int i = 0; i < length; i++) {
      count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
  }

  @Test
  void everyPrefixKeepsAllWholeLines() throws IOException {
    Path file = data.resolve("cut.jsonl");
    for (int seed = 0; seed < 50; seed++) {
      byte[] bytes = transcript(seed, 2 + seed % 5);
      // Every byte of a kilobyte for the first one, then every 101st of more from a moving start:
      // the property is the same, the time is not.
      int step = seed == 0 ? 1 : 101;
      int tail = seed == 0 ? 1024 : 4096;
      for (int length = Math.max(0, bytes.length - tail) + seed % step;
          length <= bytes.length;
          length += step) {
        Files.write(file, Arrays.copyOf(bytes, length));
        LoadedSession session = load(file);
        int whole = wholeLines(bytes, length);
        boolean onlyBreakMissing = length < bytes.length && bytes[length] == '\n';
        assertThat(session.lines()).hasSize(whole + (onlyBreakMissing ? 1 : 0));
        assertThat(ApiRules.broken(session.conversation())).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"user\",\"uu",
        "\0\0\0\0\0\0\0\0",
        "garbage",
        "{}",
        "{\"a\":1}}",
        "\u00c3",
        "null",
        "[1,2",
        "\"",
        "{\"type\":\"user\",\"uuid\":\"x\"}"
      })
  void aTornEndIsMovedAsideAndNeverGluedToTheNextRecord(String garbage) throws IOException {
    byte[] tail =
        garbage.getBytes(
            garbage.equals("\u00c3") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    Sessions sessions = new Sessions(data, ids(9), CLOCK, List.of(), _ -> {});
    Path file = sessions.file(CWD, uuid(1));
    Files.createDirectories(file.getParent());
    byte[] bytes = transcript(3, 3);
    ByteArrayOutputStream torn = new ByteArrayOutputStream();
    torn.write(bytes);
    torn.write(tail);
    Files.write(file, torn.toByteArray());
    int before = load(file).lines().size();

    try (SessionLog log = sessions.resume(file, EffectProbe.NONE).log()) {
      log.append(prompt("after the tear"));
    }

    byte[] after = Files.readAllBytes(file);
    assertThat(Arrays.copyOf(after, bytes.length)).isEqualTo(bytes);
    assertThat(Files.readAllBytes(file.resolveSibling(file.getFileName() + ".torn")))
        .startsWith(tail);
    LoadedSession session = load(file);
    assertThat(session.problems()).isEmpty();
    assertThat(session.lines()).hasSize(before + 1);
    assertThat(session.conversation().messages().getLast())
        .isEqualTo(Message.user("after the tear"));
  }

  @Test
  void aLastLineThatLacksOnlyItsBreakIsKept() throws IOException {
    Sessions sessions = new Sessions(data, ids(9), CLOCK, List.of(), _ -> {});
    Path file = sessions.file(CWD, uuid(1));
    Files.createDirectories(file.getParent());
    byte[] bytes = transcript(4, 2);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    try (SessionLog log = sessions.resume(file, EffectProbe.NONE).log()) {
      log.append(prompt("next"));
    }
    assertThat(Arrays.copyOf(Files.readAllBytes(file), bytes.length)).isEqualTo(bytes);
    assertThat(load(file).problems()).isEmpty();
    assertThat(file.resolveSibling(file.getFileName() + ".torn")).doesNotExist();
  }

  @Test
  void flippedBytesNeverMakeTheConversationInvalid() throws IOException {
    Path file = data.resolve("flipped.jsonl");
    Random random = new Random(42);
    List<byte[]> originals = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      originals.add(transcript(100 + seed, 1 + seed % 6));
    }
    for (int trial = 0; trial < TRIALS; trial++) {
      byte[] original = originals.get(trial % originals.size());
      byte[] bytes = original.clone();
      for (int flips = 1 + random.nextInt(100); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, bytes);
      LoadedSession session = load(file);
      assertThat(ApiRules.broken(session.conversation())).as("trial %s", trial).isEmpty();
      if (!Arrays.equals(bytes, original)) {
        assertThat(session.problems()).as("trial %s", trial).isNotEmpty();
      }
    }
  }

  @Test
  void deletedDoubledAndMovedLinesNeverMakeTheConversationInvalid() throws IOException {
    Path file = data.resolve("shuffled.jsonl");
    Random random = new Random(7);
    List<byte[]> originals = new ArrayList<>();
    for (int seed = 0; seed < 10; seed++) {
      originals.add(transcript(300 + seed, 4));
    }
    for (int trial = 0; trial < 1000; trial++) {
      List<String> lines =
          new ArrayList<>(
              List.of(new String(originals.get(trial % 10), StandardCharsets.UTF_8).split("\n")));
      for (int changes = 1 + random.nextInt(8); changes > 0 && !lines.isEmpty(); changes--) {
        int at = random.nextInt(lines.size());
        switch (random.nextInt(4)) {
          case 0, 1 -> lines.remove(at);
          case 2 -> lines.add(random.nextInt(lines.size() + 1), lines.get(at));
          default -> lines.add(random.nextInt(lines.size()), lines.remove(at));
        }
      }
      Files.writeString(file, String.join("\n", lines) + "\n");
      LoadedSession session = load(file);
      assertThat(ApiRules.broken(session.conversation())).as("trial %s", trial).isEmpty();
    }
  }

  @Test
  void nothingThatSurvivesIsDroppedWhenALineBeforeItIsLost() throws IOException {
    Sessions sessions = new Sessions(data, ids(1), CLOCK, List.of(), _ -> {});
    Path file = sessions.file(CWD, uuid(1));
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      for (int i = 0; i < 6; i++) {
        log.append(prompt("question " + i));
        log.append(
            reply(
                "m" + i,
                "end_turn",
                new ContentBlock.Thinking("t", "s"),
                new ContentBlock.Text("answer " + i)));
      }
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(file));
    lines.set(6, lines.get(6).replace("question 3", "question 4"));
    Files.write(file, lines);

    LoadedSession session = load(file);

    List<String> texts = session.conversation().messages().stream().map(Message::text).toList();
    assertThat(texts)
        .containsExactly(
            "question 0",
            "answer 0",
            "question 1",
            "answer 1",
            "question 2",
            "answer 2",
            "[Part of the conversation is missing here: the session's file was damaged.]",
            "answer 3",
            "question 4",
            "answer 4",
            "question 5",
            "answer 5");
    assertThat(session.problems())
        .extracting(Problem::toString)
        .anyMatch(text -> text.startsWith("line 7: damaged and left out: its checksum"));
    assertThat(session.problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("joined to the entry before the gap"));
    // Thinking before the gap is still bound to what it was bound to; thinking after it is not.
    assertThat(session.conversation().messages().get(1).content()).hasSize(2);
    assertThat(session.conversation().messages().get(9).content()).hasSize(1);
  }

  @Test
  void aDamagedOutcomeBecomesAnHonestResult() throws IOException {
    Sessions sessions = new Sessions(data, ids(1), CLOCK, List.of(), _ -> {});
    Path file = sessions.file(CWD, uuid(1));
    try (SessionLog log = sessions.create(CWD, uuid(1))) {
      log.append(prompt("go"));
      log.append(reply("m", "tool_use", use("t1", "Edit")));
      log.append(intent("t1", "Edit"));
      log.append(outcome("t1", "edited"));
      log.append(results(result("t1", "edited")));
      log.append(reply(new ContentBlock.Text("fine")));
    }
    Files.writeString(
        file, Files.readString(file).replace("\"text\":\"edited\"", "\"text\":\"edit!d\""));
    LoadedSession session = load(file);
    assertThat(ApiRules.broken(session.conversation())).isEmpty();
    assertThat(
            dev.agent.message.MessageJson.plain(session.conversation().messages().get(2).content()))
        .contains("may or may not have taken effect");
    assertThat(session.conversation().messages()).hasSize(4);
  }

  @Test
  void aLineWrittenByHandWithoutChecksumCounts() throws IOException {
    Path file = data.resolve("hand.jsonl");
    Files.writeString(
        file,
        "{\"type\":\"user\",\"uuid\":\"a\",\"origin\":\"prompt\",\"message\":{\"role\":\"user\",\"content\":\"hello\"}}\r\n\n"
            + "{\"type\":\"from-the-future\",\"uuid\":\"b\",\"parentUuid\":\"a\",\"x\":[1,2.50]}\n");
    LoadedSession session = load(file);
    assertThat(session.conversation()).isEqualTo(new Conversation(List.of(Message.user("hello"))));
    assertThat(session.problems()).isEmpty();
    assertThat(session.lines().get(1).entry()).isInstanceOf(Entry.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n\n", "\0\0\0", "not json at all", "{\"type\":\"user\"}", "[[[[[["})
  void aFileOfNothingUsefulIsAnEmptyConversation(String text) throws IOException {
    Path file = data.resolve("x.jsonl");
    Files.writeString(file, text);
    assertThat(load(file).conversation()).isEqualTo(Conversation.empty());
  }

  @Test
  void aForkOfItselfEnds() throws IOException {
    Path file = data.resolve("self.jsonl");
    Files.writeString(
        file,
        "{\"type\":\"forked-from\",\"uuid\":\"a\",\"parentSessionId\":\"self\",\"file\":\"self.jsonl\",\"bytes\":100000,\"leafUuid\":\"\"}\n");
    assertThat(load(file).problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("circle"));
  }
}
