package dev.agent.session;

import static dev.agent.session.SessionFixture.*;

import dev.agent.message.ContentBlock;
import dev.agent.runtime.UserError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

/** Programs that tests run in a JVM of their own, to kill it or to race it. */
final class JournalChild {
  private JournalChild() {}

  public static void main(String[] args) throws Exception {
    Path data = Path.of(args[1]);
    Sessions sessions =
        new Sessions(
            data, () -> UUID.randomUUID().toString(), CLOCK, List.of(), System.err::println);
    Path file = sessions.file(Path.of("/w/shop"), args[2]);
    switch (args[0]) {
      case "work" -> work(sessions, file, args[2], data.resolve("effects.txt"));
      case "race" -> race(sessions, args[2]);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Turns with one effect each: a line added to a file, between intent and outcome. */
  private static void work(Sessions sessions, Path file, String id, Path effects) throws Exception {
    SessionLog log =
        Files.exists(file)
            ? sessions.resume(file, EffectProbe.NONE).log()
            : sessions.create(Path.of("/w/shop"), id);
    System.out.println("ready");
    System.out.flush();
    for (int i = 0; ; i++) {
      String call = "toolu_" + UUID.randomUUID();
      log.appendDurably(prompt("step " + i));
      log.append(reply("msg_" + call, "", new ContentBlock.Text("I do it"), use(call, "Edit")));
      log.appendDurably(intent(call, "Edit"));
      Files.writeString(effects, call + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      log.appendDurably(outcome(call, "did " + call));
      Files.writeString(
          effects.resolveSibling("completed.txt"),
          call + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      log.append(reply("msg_" + call, "tool_use"));
      log.append(results(result(call, "did " + call)));
      log.append(reply("msg_end" + call, "end_turn", new ContentBlock.Text("Done.")));
    }
  }

  /**
   * For each line on stdin tries to become the writer of a session of that id, says so, and lets go
   * at the next line.
   */
  private static void race(Sessions sessions, String unused) throws Exception {
    var in =
        new java.io.BufferedReader(
            new java.io.InputStreamReader(System.in, java.nio.charset.StandardCharsets.UTF_8));
    System.out.println("ready");
    System.out.flush();
    String id;
    while ((id = in.readLine()) != null) {
      String answer;
      SessionLog log = null;
      try {
        log = sessions.create(Path.of("/w/shop"), id);
        answer = "won";
      } catch (UserError e) {
        answer = e.getMessage();
      }
      System.out.println(answer);
      System.out.flush();
      in.readLine();
      if (log != null) {
        log.close();
      }
      System.out.println("closed");
      System.out.flush();
    }
  }
}
