package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SessionEndTest {
  private static final Path CWD = Path.of("/w/shop");

  @TempDir Path data;

  private Path written(long seed, int turns) {
    Sessions sessions = SessionFixture.sessions(data, new ArrayList<>());
    String id = uuid(1000 + seed);
    try (SessionLog log = sessions.create(CWD, id)) {
      SessionFixture.write(log, new Random(seed), turns, new ArrayList<>());
      assertThat(log.flush(Duration.ofSeconds(20))).isTrue();
    }
    return sessions.file(CWD, id);
  }

  private static List<Message> whole(Path file) throws IOException {
    return new SessionLoader(EffectProbe.NONE).load(file).conversation().messages();
  }

  @Test
  void aShortSessionIsThereWhole() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      Path file = written(seed, 5);
      SessionEnd.Said said = SessionEnd.read(file, 10_000_000);
      assertThat(said.isWhole()).isTrue();
      assertThat(said.conversation().messages()).isEqualTo(whole(file));
    }
  }

  @Test
  void theEndOfALongOneIsWhatTheWholeEndsWith() throws IOException {
    Sessions sessions = SessionFixture.sessions(data, new ArrayList<>());
    try (SessionLog log = sessions.create(CWD, uuid(7))) {
      log.append(META);
      for (int i = 0; i < 200; i++) {
        log.append(prompt("Prompt " + i));
        log.append(reply("msg_" + i, "tool_use", use("toolu_" + i, "Edit")));
        log.append(intent("toolu_" + i, "Edit"));
        log.append(outcome("toolu_" + i, "done " + i));
        log.append(results(result("toolu_" + i, "done " + i)));
        log.append(reply("msg_end" + i, "end_turn", new ContentBlock.Text("Done " + i)));
      }
      assertThat(log.flush(Duration.ofSeconds(20))).isTrue();
    }
    Path file = sessions.file(CWD, uuid(7));
    List<Message> all = whole(file);
    for (int bytes = 3_000; bytes < 60_000; bytes += 777) {
      SessionEnd.Said said = SessionEnd.read(file, bytes);
      List<Message> end = said.conversation().messages();
      assertThat(said.isWhole()).isFalse();
      assertThat(end).hasSizeGreaterThanOrEqualTo(4);
      assertThat(end.getFirst().text()).startsWith("Prompt ");
      assertThat(all.subList(all.size() - end.size(), all.size())).isEqualTo(end);
    }
  }

  @Test
  void aLineThatIsBeingWrittenIsPassedOver() throws IOException {
    Path file = written(1, 5);
    List<Message> all = whole(file);
    Files.writeString(file, "{\"type\":\"user\",\"seq\":99", StandardOpenOption.APPEND);

    assertThat(SessionEnd.read(file, 10_000_000).conversation().messages()).isEqualTo(all);
  }

  @Test
  void withoutAPromptInItNothingIsTold() throws IOException {
    Sessions sessions = SessionFixture.sessions(data, new ArrayList<>());
    try (SessionLog log = sessions.create(CWD, uuid(7))) {
      log.append(META);
      log.append(prompt("early"));
      log.append(reply(new ContentBlock.Text("x".repeat(5_000))));
      assertThat(log.flush(Duration.ofSeconds(20))).isTrue();
    }
    SessionEnd.Said said = SessionEnd.read(sessions.file(CWD, uuid(7)), 1_000);

    assertThat(said.conversation().messages()).isEmpty();
    assertThat(said.isWhole()).isFalse();
  }
}
