package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that run what a project's files say, even when they are asked for their version. */
final class ObeyedFilesTest {
  @TempDir Path temp;
  private Path project;

  @BeforeEach
  void project() throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    Files.createDirectories(project.resolve("src"));
  }

  private boolean reads(String command) {
    return new CommandJudge(temp.resolve("home"), List.of(project))
        .judge(command, project)
        .onlyReads();
  }

  private void put(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  @ParameterizedTest
  @CsvSource({
    "mvn --version, .mvn/jvm.config, -javaagent:x.jar",
    "mvn -v, .mvn/maven.config, x",
    "cargo --version, rust-toolchain.toml, path = 'x'",
    "rustc --version, rust-toolchain.toml, path = 'x'",
    "cargo tree --offline, .cargo/config.toml, rustc = 'x'",
    "pytest --version, conftest.py, import os",
    "pytest --help, tests/conftest.py, import os",
    "pylint --version, pylintrc, init-hook=x",
    "flake8 --version, .flake8, [flake8:local-plugins]",
    "rspec --version, .rspec, <% x %>",
    "rubocop --version, .rubocop, --require ./x",
    "rails --version, bin/rails, x",
    "mocha --version, .mocharc.js, x",
    "jest --version, node_modules/jest/package.json, {}",
    "poetry --version, .poetry/plugins/x, x",
    "dotnet --version, global.json, '{\"sdk\":{\"paths\":[\".x\"]}}'",
    "bazel --version, tools/bazel, x"
  })
  void withSuchAFileNothingIsProvenAlsoBelowAndBehindOthers(
      String command, String file, String text) throws IOException {
    assertThat(reads(command)).isTrue();
    assertThat(reads("cd src && " + command)).isTrue();
    put(file, text);
    assertThat(reads(command)).isFalse();
    assertThat(reads("cd src && " + command)).isFalse();
    assertThat(reads("timeout 5 " + command)).isFalse();
    assertThat(reads("ls | xargs " + command)).isFalse();
  }

  @Test
  void aFileThatNamesNoProgramChangesNothing() throws IOException {
    put("rust-toolchain.toml", "[toolchain]\nchannel = \"stable\"\n");
    put(".cargo/config.toml", "[net]\noffline = true\n");
    put("global.json", "{\"sdk\":{\"version\":\"9.0.100\"}}");
    put("pyproject.toml", "[project]\nname = \"x\"\n");
    assertThat(reads("cargo --version && rustc --version && cargo tree --offline")).isTrue();
    assertThat(reads("dotnet --version; pytest --version")).isTrue();
  }

  @Test
  void programsThatObeyNoneAreAsTheyWere() throws IOException {
    put("conftest.py", "x");
    put(".mvn/jvm.config", "x");
    assertThat(reads("git --version && node --version && java -version && ls")).isTrue();
  }
}
