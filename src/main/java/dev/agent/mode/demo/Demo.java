package dev.agent.mode.demo;

import dev.agent.workspace.ProjectTemplate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the demonstration. */
public final class Demo {
  /** What the person asks for. */
  public static final String PROMPT = "The tests of this project fail. Find out why and repair it.";

  /** What may run without a question: the project's own tests and nothing else. */
  public static final String ALLOWED = "Bash(sh test.sh)";

  private static final List<String> FILES = List.of("AGENTS.md", "stats.sh", "test.sh");

  private Demo() {}

  /** The model's part, as a script for the replay server. */
  public static String script() {
    return new String(resource("script.yaml"), StandardCharsets.UTF_8);
  }

  /**
   * Puts the sample project into a new temporary directory.
   *
   * @throws IOException when that can't be written
   */
  public static Path unpack() throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : FILES) {
      files.put(name, resource("project/" + name));
    }
    return ProjectTemplate.unpack("agent-demo-", files);
  }

  private static byte[] resource(String name) {
    try (InputStream in = Demo.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
