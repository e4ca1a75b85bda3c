package dev.agent.cli;

import static dev.agent.testing.ModelServer.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.agent.mode.replay.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole run on a small disk that is full for a while. */
@Timeout(120)
class FullDiskRunTest {
  private @TempDir Path temp;

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @Test
  void workGoesOnNothingIsCutOffAndTheSessionIsSavedOnceThereIsRoom() throws Exception {
    Path disk = Files.createDirectory(temp.resolve("disk"));
    assumeTrue(
        Files.isExecutable(Path.of("/bin/mount"))
            && run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
        "no right to mount");
    try (RunFixture run = new RunFixture(temp)) {
      run.environment.put("XDG_DATA_HOME", disk.resolve("data").toString());
      Path file = Files.writeString(disk.resolve("a.txt"), "old content\n");
      String ballast = disk.resolve("ballast").toString();
      String write = "{\"file_path\":\"" + file + "\",\"content\":\"" + "new ".repeat(3000) + "\"}";
      run.server
          .reply(call("t1", "Read", "{\"file_path\":\"" + file + "\"}"))
          .reply(call("t2", "Bash", "{\"command\":\"dd if=/dev/zero of=" + ballast + " bs=1k\"}"))
          .reply(call("t3", "Write", write))
          .reply(call("t4", "Bash", "{\"command\":\"rm " + ballast + "\"}"))
          .reply(call("t5", "Write", write))
          .reply(Reply.text("done"));

      int code =
          run.agent(
              "-p",
              "go",
              "--add-dir",
              disk.toString(),
              "--permission-mode",
              "acceptEdits",
              "--allowedTools",
              "Bash");

      assertThat(code).isZero();
      assertThat(run.stdout()).isEqualTo("done\n");
      assertThat(run.server.requests().get(3).lastResults()).contains("The disk is full");
      assertThat(file).hasContent("new ".repeat(3000));
      assertThat(run.stderr())
          .containsOnlyOnce("The session can't be saved: No space left on device")
          .containsOnlyOnce("The session is saved again.");
      run.server.reply(Reply.text("went on"));
      assertThat(run.agent("-p", "more", "--continue")).isZero();
      assertThat(run.sent(6)).contains("The disk is full").contains("done");
    } finally {
      assertThat(run("umount", disk.toString())).isTrue();
    }
  }
}
