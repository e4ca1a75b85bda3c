package dev.agent.session;

import static dev.agent.session.SessionFixture.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that die or compete. {@code -Dsession.kills=N} and {@code -Dsession.races=N} set the
 * number of trials.
 */
final class CrashTest {
  private static final int KILLS = Integer.getInteger("session.kills", 8);
  private static final int RACES = Integer.getInteger("session.races", 200);
  private static final Path CWD = Path.of("/w/shop");

  @TempDir Path data;

  private Process child(String job, Path dir) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path").contains("junit-platform-console")
                ? classPath()
                : System.getProperty("java.class.path"),
            JournalChild.class.getName(),
            job,
            dir.toString(),
            uuid(1))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * Where the classes that the child needs came from, when a launcher hides them from the class
   * path property.
   */
  private static String classPath() {
    Set<String> places = new HashSet<>();
    for (Class<?> type :
        List.of(
            JournalChild.class,
            Sessions.class,
            com.fasterxml.jackson.databind.ObjectMapper.class,
            com.fasterxml.jackson.core.JsonFactory.class,
            com.fasterxml.jackson.annotation.JsonProperty.class)) {
      places.add(
          Path.of(
                  java.net.URI.create(
                      type.getProtectionDomain().getCodeSource().getLocation().toString()))
              .toString());
    }
    return String.join(java.io.File.pathSeparator, places);
  }

  @Test
  void whateverTheMomentOfDeathNoResultIsLostAndNothingIsDoneTwice() throws Exception {
    Random random = new Random(11);
    Path effects = data.resolve("effects.txt");
    for (int trial = 0; trial < KILLS; trial++) {
      Process process = child("work", data);
      try (BufferedReader out = process.inputReader()) {
        assertThat(out.readLine()).isEqualTo("ready");
        // The moment of death is the point of this test; nothing is waited for.
        process.waitFor(random.nextInt(300_000), TimeUnit.MICROSECONDS);
      } finally {
        process.destroyForcibly().waitFor();
      }
      check(effects);
    }
  }

  private void check(Path effects) throws IOException {
    Sessions sessions = new Sessions(data, ids(1), CLOCK, List.of(), _ -> {});
    Path file = sessions.file(CWD, uuid(1));
    if (!Files.exists(file)) {
      assertThat(effects).doesNotExist();
      return;
    }
    LoadedSession session = new SessionLoader(EffectProbe.NONE).load(file);
    assertThat(ApiRules.broken(session.conversation())).isEmpty();
    Set<String> intents = new HashSet<>();
    for (Line line : session.lines()) {
      if (line.entry() instanceof Entry.ToolIntent intent) {
        assertThat(intents.add(intent.toolUseId())).isTrue();
      }
    }
    if (Files.exists(effects)) {
      assertThat(intents).containsAll(Files.readAllLines(effects));
    }
    Path completed = effects.resolveSibling("completed.txt");
    if (Files.exists(completed)) {
      Set<String> answered = new HashSet<>();
      for (Message message : session.conversation().messages()) {
        for (ContentBlock block : message.content()) {
          if (block instanceof ContentBlock.ToolResult result && !result.isError()) {
            answered.add(result.toolUseId());
          }
        }
      }
      assertThat(answered).containsAll(Files.readAllLines(completed));
    }
  }

  @Test
  void theLockOfAKilledProcessIsTakenOver() throws Exception {
    Process process = child("work", data);
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("ready");
      Sessions sessions = new Sessions(data, ids(1), CLOCK, List.of(), _ -> {});
      Path file = sessions.file(CWD, uuid(1));
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(() -> sessions.create(CWD, uuid(1))))
          .hasMessageMatching(
              "(?s).*(is open in (process "
                  + process.pid()
                  + "|another process)|already in use).*");
      process.destroyForcibly().waitFor();
      assertThat(Sessions.lockFile(file)).exists();
      if (Files.exists(file)) {
        sessions.resume(file, EffectProbe.NONE).log().close();
      } else {
        sessions.create(CWD, uuid(1)).close();
      }
      assertThat(Sessions.lockFile(file)).doesNotExist();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  @Test
  void ofTwoStartersOneWins() throws Exception {
    List<Process> children = List.of(child("race", data), child("race", data));
    try {
      List<BufferedReader> outs = new ArrayList<>();
      List<PrintStream> ins = new ArrayList<>();
      for (Process process : children) {
        outs.add(process.inputReader());
        ins.add(new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8));
      }
      for (BufferedReader out : outs) {
        assertThat(out.readLine()).isEqualTo("ready");
      }
      for (int race = 0; race < RACES; race++) {
        for (PrintStream in : ins) {
          in.println(uuid(100 + race));
        }
        List<String> answers = List.of(outs.get(0).readLine(), outs.get(1).readLine());
        assertThat(answers)
            .as("race %s", race)
            .containsOnlyOnce("won")
            .anyMatch(answer -> answer.contains("is open in"));
        for (PrintStream in : ins) {
          in.println();
        }
        for (BufferedReader out : outs) {
          assertThat(out.readLine()).isEqualTo("closed");
        }
      }
    } finally {
      for (Process process : children) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
