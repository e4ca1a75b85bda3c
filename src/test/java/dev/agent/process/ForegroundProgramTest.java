package dev.agent.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.runtime.Cancellation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForegroundProgramTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin", "X", "x1");

  private final Cancellation life = Cancellation.root();
  @TempDir Path dir;

  private ForegroundProgram program() {
    return new ForegroundProgram(ENVIRONMENT, dir, life);
  }

  @Test
  void runsInItsDirectoryWithItsEnvironment() throws Exception {
    Optional<String> fault = program().run("sh -c 'echo \"$X\" > out' sh", "x");

    assertThat(fault).isEmpty();
    assertThat(dir.resolve("out")).hasContent("x1");
  }

  @Test
  void wordsMayHoldArgumentsAndTheLastOneIsTakenAsItIs() throws Exception {
    Path file = Files.writeString(dir.resolve("a b$(touch c)"), "");

    Optional<String> fault = program().run("env Y=y1 sh -c 'echo $Y > \"$0\"'", file.toString());

    assertThat(fault).isEmpty();
    assertThat(file).hasContent("y1");
    assertThat(dir.resolve("c")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "exit 3;: | \"exit 3;:\" ended with exit code 3.",
        "no-such-program | \"no-such-program\" was not found.",
        "/dev/null | \"/dev/null\" is no program that may be run.",
        "kill -9 $$;: | \"kill -9 $$;:\" was ended by signal 9.",
      })
  void saysWhatWentWrong(String words, String said) throws Exception {
    assertThat(program().run(words, "x")).contains(said);
  }

  @Test
  void isEndedWithTheProcess() throws Exception {
    life.cancel(Cancellation.Reason.SHUTDOWN);

    assertThat(program().run("sleep", "100")).contains("\"sleep\" was ended by signal 15.");
  }

  @Test
  void programsAreFoundByThePathOnly() throws Exception {
    Path bin = Files.createDirectory(dir.resolve("bin"));
    Files.writeString(bin.resolve("plain"), "");
    Files.writeString(bin.resolve("tool"), "").toFile().setExecutable(true);
    SearchPath path = new SearchPath(Map.of("PATH", "relative::" + bin));

    assertThat(path.find("tool")).contains(bin.resolve("tool"));
    assertThat(path.find("plain")).isEmpty();
    assertThat(path.find("bin")).isEmpty();
  }
}
