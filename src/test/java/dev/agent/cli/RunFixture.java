package dev.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.settings.Places;
import dev.agent.testing.ModelServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Whole runs inside this JVM: a project, a home, an administrator's directory, and a model service
 * on loopback; real options, settings, client, loop, tools, hooks and sessions.
 */
final class RunFixture implements AutoCloseable {
  final ModelServer server = ModelServer.start();
  final Path project;
  final Path home;
  final Path managed;
  final Map<String, String> environment = new HashMap<>();
  final ByteArrayOutputStream out = new ByteArrayOutputStream();
  final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** Where answers go; another stream than {@link #out} where it may fail. */
  OutputStream standardOutput = out;

  /** What stands on standard input. */
  String input = "";

  RunFixture(Path temp) throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    home = Files.createDirectories(temp.toRealPath().resolve("home"));
    managed = temp.toRealPath().resolve("etc/agent");
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("ANTHROPIC_BASE_URL", server.url());
    environment.put("ANTHROPIC_API_KEY", "sk-test-canary-0123456789");
  }

  int agent(String... args) {
    return agent(Cancellation.root(), args);
  }

  int agent(Cancellation cancellation, String... args) {
    Launch.World world =
        new Launch.World(
            Map.copyOf(environment),
            project,
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            standardOutput,
            err,
            false,
            InstantSource.system(),
            () -> UUID.randomUUID().toString(),
            "1.2.3",
            "tester",
            "linux",
            Places.of(environment, "linux").withManaged(List.of(managed)));
    return AgentCommand.run(args, world, cancellation);
  }

  /** What was written since the last time. */
  String stdout() {
    String text = out.toString(StandardCharsets.UTF_8);
    out.reset();
    return text;
  }

  String stderr() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Puts a script into the project's hook directory. */
  Path script(String name, String text) throws IOException {
    Path file = project.resolve(".claude/hooks").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file;
  }

  /** The person's own settings. */
  void settings(String json) throws IOException {
    Path file = home.resolve(".claude/settings.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json);
  }

  /** One hook of the person's own. */
  void hook(String event, String matcher, String handler) throws IOException {
    settings(group(event, matcher, handler));
  }

  static String group(String event, String matcher, String... handlers) {
    return "{\"hooks\":{\"%s\":[{\"matcher\":\"%s\",\"hooks\":[%s]}]}}"
        .formatted(event, matcher, String.join(",", handlers));
  }

  /** A command as JSON. */
  static String command(String line) {
    return Json.write(Json.object().put("type", "command").put("command", line));
  }

  /** The JSON objects that a script has appended to a file. */
  static List<JsonNode> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(
            line -> {
              try {
                return Json.parse(line);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            })
        .toList();
  }

  /** All text that the model has been sent in a request. */
  String sent(int request) {
    return server.requests().get(request).body().path("messages").toString();
  }

  @Override
  public void close() {
    server.close();
  }
}
