package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.runtime.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResumeTest {
  private static final Path CWD = Path.of("/w/shop");

  @TempDir Path data;
  private final List<String> notices = new ArrayList<>();
  private Sessions sessions;

  @BeforeEach
  void open() {
    sessions = SessionFixture.sessions(data, notices);
  }

  private Path saved(Entry... entries) {
    Path file = sessions.file(CWD, uuid(77));
    try (SessionLog log = sessions.create(CWD, uuid(77))) {
      for (Entry entry : entries) {
        log.append(entry);
      }
      assertThat(log.flush(Duration.ofSeconds(20))).isTrue();
    }
    return file;
  }

  private LoadedSession load(Path file) {
    try {
      return new SessionLoader(EffectProbe.NONE).load(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aConversationComesBackExactlyAsItWasSent() {
    for (int seed = 0; seed < 60; seed++) {
      List<Message> sent = new ArrayList<>();
      String id = uuid(1000 + seed);
      try (SessionLog log = sessions.create(CWD, id)) {
        SessionFixture.write(log, new Random(seed), 1 + seed % 7, sent);
      }
      LoadedSession session = load(sessions.file(CWD, id));
      assertThat(session.conversation()).isEqualTo(new Conversation(sent));
      assertThat(session.problems()).isEmpty();
      assertThat(session.openTools()).isEmpty();
      assertThat(ApiRules.broken(session.conversation())).isEmpty();
    }
  }

  @Test
  void aRecordedResultIsStoredOnce() throws Exception {
    String marker = "a-large-result-" + "z".repeat(5000);
    Path file =
        saved(
            META,
            prompt("go"),
            reply("m1", "tool_use", use("t1", "Edit")),
            intent("t1", "Edit"),
            outcome("t1", marker),
            results(result("t1", marker)));
    assertThat(Files.readString(file).split("a-large-result", -1)).hasSize(2);
    assertThat(load(file).conversation().messages().getLast())
        .isEqualTo(Message.user(List.of(result("t1", marker))));
  }

  @Test
  void aResumedSessionGoesOnInTheSameFileWithoutChangingItsBytes() throws Exception {
    List<Message> sent = new ArrayList<>();
    Path file = sessions.file(CWD, uuid(5));
    byte[] before = {};
    for (int round = 0; round < 6; round++) {
      try (SessionLog log =
          round == 0
              ? sessions.create(CWD, uuid(5))
              : sessions.resume(file, EffectProbe.NONE).log()) {
        SessionFixture.write(log, new Random(round), 2, sent);
      }
      byte[] now = Files.readAllBytes(file);
      assertThat(Arrays.copyOf(now, before.length)).isEqualTo(before);
      before = now;
    }
    LoadedSession session = load(file);
    assertThat(session.conversation()).isEqualTo(new Conversation(sent));
    List<Long> numbers = session.lines().stream().map(Line::seq).toList();
    assertThat(numbers).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void aCallThatEndedButWasNotSentBackGivesItsRecordedResult() {
    LoadedSession session =
        load(
            saved(
                prompt("go"),
                reply("m1", "tool_use", use("t1", "Edit")),
                intent("t1", "Edit"),
                outcome("t1", "edited")));
    assertThat(session.conversation().messages().getLast())
        .isEqualTo(Message.user(List.of(result("t1", "edited"))));
    assertThat(session.openTools())
        .extracting(OpenTool::state)
        .containsExactly(OpenTool.State.DONE);
    assertThat(session.repairs()).hasSize(1);
  }

  @Test
  void aCallWithoutIntentIsSaidNotToHaveStarted() {
    LoadedSession session =
        load(
            saved(
                prompt("go"),
                reply("m1", "tool_use", use("t1", "Edit"), use("t2", "Bash")),
                intent("t1", "Edit"),
                outcome("t1", "edited")));
    assertThat(session.openTools())
        .extracting(OpenTool::state)
        .containsExactly(OpenTool.State.DONE, OpenTool.State.NOT_STARTED);
    ContentBlock.ToolResult second =
        (ContentBlock.ToolResult) session.conversation().messages().getLast().content().get(1);
    assertThat(second.isError()).isTrue();
    assertThat(dev.agent.message.MessageJson.plain(second.content())).contains("Not carried out");
  }

  @Test
  void aCallWithIntentAndWithoutOutcomeIsSaidToBeUnknown() {
    LoadedSession session =
        load(saved(prompt("go"), reply("m1", "tool_use", use("t1", "Bash")), intent("t1", "Bash")));
    assertThat(session.openTools())
        .extracting(OpenTool::state)
        .containsExactly(OpenTool.State.UNKNOWN);
    assertThat(
            dev.agent.message.MessageJson.plain(
                session.conversation().messages().getLast().content()))
        .isEqualTo(
            "This call was interrupted when the session ended; it may or may not have taken effect:"
                + " check before repeating.");
  }

  @Test
  void fileHashesTellWhetherAnInterruptedEditTookEffect() throws Exception {
    Path target = data.resolve("target.txt");
    Files.writeString(target, "old");
    Entry.ToolIntent intent =
        new Entry.ToolIntent(
            "t1",
            "Edit",
            dev.agent.json.Json.object(),
            "writes",
            List.of(target.toString()),
            java.util.Map.of(target.toString(), EffectProbe.hash(target)));
    Path file = saved(prompt("go"), reply("m1", "tool_use", use("t1", "Edit")), intent);
    assertThat(new SessionLoader(EffectProbe.files()).load(file).openTools())
        .extracting(OpenTool::state)
        .containsExactly(OpenTool.State.NOT_STARTED);
    Files.writeString(target, "new");
    OpenTool changed = new SessionLoader(EffectProbe.files()).load(file).openTools().getFirst();
    assertThat(changed.state()).isEqualTo(OpenTool.State.UNKNOWN);
    assertThat(changed.said()).contains("has changed");
    assertThat(EffectProbe.hash(data.resolve("nothing"))).isEqualTo("absent");
  }

  @Test
  void whatWasSaidAboutOpenCallsStaysAsItWasAfterResuming() {
    Path file =
        saved(prompt("go"), reply("m1", "tool_use", use("t1", "Bash")), intent("t1", "Bash"));
    Sessions.Opened opened = sessions.resume(file, EffectProbe.NONE);
    Entry.User next = prompt("and now?");
    try (SessionLog log = opened.log()) {
      log.append(next);
    }
    LoadedSession again = load(file);
    assertThat(again.conversation())
        .isEqualTo(opened.session().conversation().plus(next.message()));
    assertThat(again.problems()).isEmpty();
  }

  @Test
  void aCallThatRanWhileTheAnswerWasStillArrivingIsNotLost() {
    LoadedSession session =
        load(
            saved(
                prompt("go"),
                reply("m1", "", new ContentBlock.Thinking("hm", "sig"), use("t1", "Edit")),
                intent("t1", "Edit"),
                outcome("t1", "edited")));
    assertThat(session.conversation().messages())
        .containsExactly(
            Message.user("go"),
            Message.assistant(List.of(new ContentBlock.Thinking("hm", "sig"), use("t1", "Edit"))),
            Message.user(List.of(result("t1", "edited"))));
  }

  @Test
  void anAnswerThatWasCutOffBeforeAnyCallBeganIsLeftOutAndSaid() {
    LoadedSession session =
        load(saved(prompt("go"), reply("m1", "", new ContentBlock.Text("I wi"))));
    assertThat(session.conversation()).isEqualTo(new Conversation(List.of(Message.user("go"))));
    assertThat(session.problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("cut off"));
  }

  @Test
  void aDiscardedAnswerDoesNotComeBack() {
    LoadedSession session =
        load(
            saved(
                prompt("go"),
                reply("m1", "", new ContentBlock.Text("half")),
                new Entry.Discarded("m1", "overloaded"),
                reply("m2", "end_turn", new ContentBlock.Text("whole"))));
    assertThat(session.conversation())
        .isEqualTo(
            new Conversation(
                List.of(
                    Message.user("go"),
                    Message.assistant(List.of(new ContentBlock.Text("whole"))))));
    assertThat(session.problems()).isEmpty();
  }

  @Test
  void threeCompactionsAreHonouredAndTheFullHistoryIsStillThere() {
    Path file = sessions.file(CWD, uuid(9));
    List<Message> expected = new ArrayList<>();
    try (SessionLog log = sessions.create(CWD, uuid(9))) {
      for (int i = 0; i < 3; i++) {
        log.append(prompt("a" + i));
        log.append(reply(new ContentBlock.Text("b" + i)));
        String kept = log.append(prompt("c" + i));
        log.append(
            reply(
                "m" + i,
                "end_turn",
                new ContentBlock.Thinking("t", "s"),
                new ContentBlock.Text("d" + i)));
        log.append(
            new Entry.CompactBoundary(
                "", "", kept, "summary " + i, List.of(), true, "auto", 100, 10));
        expected =
            new ArrayList<>(
                List.of(
                    Message.user("summary " + i),
                    Message.user("c" + i),
                    Message.assistant(List.of(new ContentBlock.Text("d" + i)))));
      }
      log.append(prompt("last"));
      expected.add(Message.user("last"));
    }
    LoadedSession session = load(file);
    assertThat(session.conversation()).isEqualTo(new Conversation(expected));
    assertThat(session.lines().stream().filter(line -> line.entry() instanceof Entry.User))
        .hasSize(7);
  }

  @Test
  void aRewindContinuesFromTheEarlierEntry() {
    Path file = sessions.file(CWD, uuid(10));
    try (SessionLog log = sessions.create(CWD, uuid(10))) {
      log.append(prompt("one"));
      String answer = log.append(reply(new ContentBlock.Text("1")));
      log.append(prompt("wrong way"));
      log.append(reply(new ContentBlock.Text("2")));
      log.append(new Entry.Rewound(answer));
      log.append(prompt("right way"));
    }
    assertThat(load(file).conversation())
        .isEqualTo(
            new Conversation(
                List.of(
                    Message.user("one"),
                    Message.assistant(List.of(new ContentBlock.Text("1"))),
                    Message.user("right way"))));
    assertThat(load(file).problems()).isEmpty();
  }

  @Test
  void forksShareTheirPastAndNothingElse() throws Exception {
    Path parent = saved(META, prompt("shared"), reply(new ContentBlock.Text("past")));
    byte[] bytes = Files.readAllBytes(parent);
    for (long fork = 201; fork <= 202; fork++) {
      try (SessionLog log = sessions.fork(parent, uuid(fork), EffectProbe.NONE).log()) {
        log.append(prompt("fork " + fork));
      }
    }
    assertThat(Files.readAllBytes(parent)).isEqualTo(bytes);
    try (SessionLog log = sessions.resume(parent, EffectProbe.NONE).log()) {
      log.append(prompt("parent goes on"));
    }
    for (long fork = 201; fork <= 202; fork++) {
      LoadedSession session = load(sessions.file(CWD, uuid(fork)));
      assertThat(session.conversation())
          .isEqualTo(
              new Conversation(
                  List.of(
                      Message.user("shared"),
                      Message.assistant(List.of(new ContentBlock.Text("past"))),
                      Message.user("fork " + fork))));
      assertThat(session.sessionId()).isEqualTo(uuid(fork));
      assertThat(session.problems()).isEmpty();
    }
    assertThat(Files.size(sessions.file(CWD, uuid(201)))).isLessThan(2000);
    Files.delete(parent);
    assertThat(load(sessions.file(CWD, uuid(201))).problems())
        .extracting(Problem::text)
        .anyMatch(text -> text.contains("whose file is gone"));
  }

  @Test
  void filesAreTheirOwnersAlone() throws Exception {
    Path file = saved(prompt("go"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
    assertThat(file.getParent().getFileName().toString()).isEqualTo("-w-shop");
    assertThat(Sessions.lockFile(file)).doesNotExist();
  }

  @Test
  void aSecondWriterIsTurnedAwayAndToldWhatToDo() {
    try (SessionLog log = sessions.create(CWD, uuid(3))) {
      log.appendDurably(prompt("go"));
      Path file = sessions.file(CWD, uuid(3));
      assertThatThrownBy(() -> sessions.resume(file, EffectProbe.NONE))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "Session "
                  + uuid(3)
                  + " is open in this process. Add --fork-session to go on in a copy, or end the"
                  + " other one first; it can be read meanwhile.");
      assertThat(load(file).conversation())
          .isEqualTo(new Conversation(List.of(Message.user("go"))));
    }
    sessions.resume(sessions.file(CWD, uuid(3)), EffectProbe.NONE).log().close();
  }

  @Test
  void badAndTakenIdsAreRefused() {
    saved(prompt("go"));
    assertThatThrownBy(() -> sessions.create(CWD, uuid(77))).hasMessageContaining("already in use");
    for (String bad :
        List.of(
            "",
            "x",
            "../../../etc/passwd",
            uuid(1) + "x",
            uuid(1).replace('-', '_'),
            "zzzzzzzz-0000-4000-8000-000000000000")) {
      assertThatThrownBy(() -> sessions.create(CWD, bad))
          .isInstanceOf(UserError.class)
          .hasMessageContaining("is not a session ID");
    }
  }

  @Test
  void secretsNeverReachTheFile() throws Exception {
    String key = "sk-ant-canary\"quoted\"-0123456789";
    Sessions careful = new Sessions(data, ids(4), CLOCK, List.of(key, "short"), notices::add);
    try (SessionLog log = careful.create(CWD, uuid(8))) {
      log.append(prompt("my key is " + key + " and short stays"));
    }
    String text = Files.readString(careful.file(CWD, uuid(8)));
    assertThat(text).doesNotContain("canary").contains("[secret removed]").contains("short stays");
  }

  @Test
  void halfASurrogatePairSurvives() {
    LoadedSession session = load(saved(prompt("a\ud83dz\ude00 😀")));
    assertThat(session.conversation())
        .isEqualTo(new Conversation(List.of(Message.user("a\ud83dz\ude00 😀"))));
  }

  @Test
  void aSessionThatIsNotSavedWritesNothing() throws Exception {
    try (SessionLog log = new MemoryLog(uuid(1), ids(), CLOCK)) {
      SessionFixture.write(log, new Random(1), 5, new ArrayList<>());
      assertThat(log.appendDurably(prompt("x"))).isTrue();
      assertThat(log.leaf()).isNotEmpty();
    }
    try (var files = Files.list(data)) {
      assertThat(files).isEmpty();
    }
  }
}
