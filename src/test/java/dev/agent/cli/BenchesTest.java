package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of {@code scripts/bench} are compiled where they run, and no build sees them. */
class BenchesTest {
  @TempDir Path classes;

  @Test
  void theProgramsOfTheBenchesFitTheCodeTheyMeasure() throws IOException {
    List<Path> sources;
    try (Stream<Path> files = Files.list(Path.of("scripts/bench.d/lib"))) {
      sources = files.filter(file -> file.toString().endsWith(".java")).toList();
    }
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiled =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
    assertThat(sources).hasSizeGreaterThan(5);
  }
}
