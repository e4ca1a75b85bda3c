package dev.agent.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.replay.Exchange;
import dev.agent.mode.replay.Reply;
import dev.agent.testing.ModelServer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of the built product against a model that makes these calls, ten in each answer. */
final class HostileSession {
  private static final int CALLS_PER_ANSWER = 10;
  private static final int LIMIT_SECONDS = 600;

  private final HostileFixture fixture;
  private final Path agent;
  private final List<String> tracer;

  /**
   * @param tracer what stands in front of the command line
   */
  HostileSession(HostileFixture fixture, Path agent, List<String> tracer) {
    this.fixture = fixture;
    this.agent = agent;
    this.tracer = List.copyOf(tracer);
  }

  /** What became of a call. */
  enum Fate {
    /** The permissions said no. */
    REFUSED,
    /** There is no such tool, or its input can't be meant. */
    REJECTED,
    /** It was run. */
    ANSWERED,
    /** The model never heard of it again. */
    LOST
  }

  /**
   * What came of it.
   *
   * @param fates of the calls, in their order
   * @param why by which layer calls were decided, and the end of the run where that failed
   */
  record Ended(List<Fate> fates, List<String> why, int exitCode, int port, String errors) {}

  Ended run(List<HostileCall> calls, String session, List<String> options)
      throws IOException, InterruptedException {
    Set<String> answered = new HashSet<>();
    try (ModelServer server = ModelServer.start()) {
      int next = 0;
      while (next < calls.size()) {
        List<ObjectNode> blocks = new ArrayList<>(List.of(home(next)));
        boolean moved = false;
        while (next < calls.size() && blocks.size() <= CALLS_PER_ANSWER && !moved) {
          ObjectNode block = calls.get(next).block();
          blocks.add(block.deepCopy().put("id", "toolu_" + next++));
          moved = block.path("input").path("command").asText().contains("cd ");
        }
        server.replyBy(exchange -> hear(exchange, answered, Reply.of(blocks)));
      }
      server.respond(exchange -> hear(exchange, answered, Reply.text("done")));
      int exitCode = launch(server.url(), session, options);
      Map<String, JsonNode> decided = decided(session);
      List<Fate> fates = new ArrayList<>();
      List<String> why = new ArrayList<>();
      for (int i = 0; i < calls.size(); i++) {
        JsonNode decision = decided.get("toolu_" + i);
        fates.add(fate(answered.contains("toolu_" + i), decision));
        why.add(decision == null ? "" : decision.path("layer").asText());
      }
      int port = Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));
      return new Ended(fates, why, exitCode, port, Files.readString(errors()));
    }
  }

  /**
   * Goes back to the project. Relative names mean what they are meant to mean only there; so an
   * answer begins with this, and ends with a command that may lead elsewhere.
   */
  private ObjectNode home(int number) {
    ObjectNode block = Json.object().put("type", "tool_use").put("id", "toolu_home_" + number);
    block.put("name", "Bash").putObject("input").put("command", "cd " + fixture.project());
    return block;
  }

  private static Reply hear(Exchange exchange, Set<String> answered, Reply reply) {
    for (JsonNode message : exchange.body().path("messages")) {
      for (JsonNode block : message.path("content")) {
        if (block.path("type").asText().equals("tool_result")) {
          answered.add(block.path("tool_use_id").asText());
        }
      }
    }
    return reply;
  }

  private static Fate fate(boolean answered, JsonNode decision) {
    if (decision != null && decision.path("decision").asText().equals("allow")) {
      return Fate.ANSWERED;
    }
    return !answered ? Fate.LOST : decision == null ? Fate.REJECTED : Fate.REFUSED;
  }

  private Path errors() {
    return fixture.logs().resolve("errors");
  }

  private int launch(String url, String session, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(tracer);
    command.addAll(List.of(agent.toString(), "-p", "go", "--session-id", session));
    command.addAll(List.of("--max-turns", "100000"));
    command.addAll(options);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(fixture.project().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(fixture.logs().resolve("answer").toFile())
            .redirectError(errors().toFile());
    Map<String, String> environment = builder.environment();
    String path = environment.get("PATH");
    environment.clear();
    environment.put("PATH", path);
    environment.put("HOME", fixture.home().toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("TMPDIR", fixture.temporary().toString());
    environment.put("AGENT_JAVA_HOME", System.getProperty("java.home"));
    environment.put("AGENT_JAVA_OPTS", "-Djava.io.tmpdir=" + fixture.temporary());
    environment.put("BASH_DEFAULT_TIMEOUT_MS", "2000");
    environment.put("ANTHROPIC_BASE_URL", url);
    environment.put("ANTHROPIC_API_KEY", "sk-hostile-canary");
    Process process = builder.start();
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
      return -1;
    }
    return process.exitValue();
  }

  /** The decisions that the session has on record, by call. */
  private Map<String, JsonNode> decided(String session) throws IOException {
    Map<String, JsonNode> decisions = new HashMap<>();
    Path journal = journal(session);
    for (String line : Files.readAllLines(journal)) {
      JsonNode entry = Json.parse(line);
      if (entry.path("type").asText().equals("permission")) {
        decisions.put(entry.path("toolUseId").asText(), entry);
      }
    }
    return decisions;
  }

  private Path journal(String session) throws IOException {
    try (DirectoryStream<Path> projects =
        Files.newDirectoryStream(fixture.own().getFirst().resolve("projects"))) {
      for (Path project : projects) {
        Path file = project.resolve(session + ".jsonl");
        if (Files.exists(file)) {
          return file;
        }
      }
    }
    throw new IOException("the session left no journal");
  }
}
