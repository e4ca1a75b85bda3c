import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The built product with a home, a project and a model's server of its own; all of it goes away in
 * the end.
 */
final class Product implements AutoCloseable {
  /** What begins each line of the composer. */
  static final String PROMPT = "> ";

  private static final String WORDS =
      "the parser reads a line and keeps what it knows of the words before it so that a caller who"
          + " asks again gets the same answer without another look at the file ";

  final Path product;
  final Path jdk;
  final Path work;
  private final Path home;
  private final Path project;
  private final List<Process> servers = new ArrayList<>();

  Product(Path product, Path jdk) throws IOException {
    this.product = product;
    this.jdk = jdk;
    this.work = Files.createTempDirectory("agent-bench").toRealPath();
    this.home = Files.createDirectory(work.resolve("home"));
    this.project = Files.createDirectory(work.resolve("project"));
    Files.createDirectories(home.resolve(".config/agent"));
  }

  private Map<String, String> environment(String url) {
    Map<String, String> all = new HashMap<>();
    all.put("PATH", System.getenv("PATH"));
    all.put("HOME", home.toString());
    all.put("LANG", "C.UTF-8");
    all.put("TERM", "xterm-256color");
    all.put("COLORTERM", "truecolor");
    all.put("AGENT_JAVA_HOME", jdk.toString());
    all.put("ANTHROPIC_BASE_URL", url);
    all.put("ANTHROPIC_API_KEY", "none");
    all.put("AGENT_JAVA_OPTS", System.getenv().getOrDefault("AGENT_JAVA_OPTS", ""));
    return all;
  }

  /** Starts a server that plays a script; its address. */
  String serve(String script) throws IOException, InterruptedException {
    Path file = Files.writeString(Files.createTempFile(work, "script", ".yaml"), script);
    Path log = Files.createTempFile(work, "server", ".log");
    ProcessBuilder builder =
        new ProcessBuilder(
                product.resolve("bin/agent").toString(), "replay-server", file.toString())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("AGENT_JAVA_HOME", jdk.toString());
    Process server = builder.start();
    servers.add(server);
    for (int i = 0; i < 600 && server.isAlive(); i++) {
      for (String line : Files.readAllLines(log)) {
        if (line.startsWith("listening on ")) {
          return line.substring("listening on ".length());
        }
      }
      Thread.sleep(50);
    }
    throw new IOException("the server does not start: " + Files.readString(log));
  }

  /** Starts the product in a terminal. */
  PtyProgram start(String url, int columns, int rows, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(product.resolve("bin/agent").toString()));
    command.addAll(List.of(arguments));
    return PtyProgram.start(command, environment(url), project, columns, rows);
  }

  /** Starts a class of these benches in a terminal, with the JVM options of the product. */
  PtyProgram startJava(Path classes, String name) throws IOException {
    List<String> command =
        List.of(
            jdk.resolve("bin/java").toString(),
            "-XX:+UseSerialGC",
            "-Xmn16m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classes + ":" + classPath(),
            name);
    return PtyProgram.start(command, environment("http://127.0.0.1:9"), project, 100, 30);
  }

  String classPath() throws IOException {
    try (Stream<Path> jars = Files.list(product.resolve("lib"))) {
      return String.join(
          ":", jars.map(Path::toString).filter(it -> it.endsWith(".jar")).sorted().toList());
    }
  }

  /**
   * Writes a session of the project to disk: in turns of four blocks (a prompt, a text, a call with
   * its result, an answer).
   *
   * @param chars about how many characters each turn has
   * @return its id
   */
  String session(int turns, int chars) throws IOException {
    String id = String.format("00000000-0000-4000-8000-%012d", turns);
    String name = project.toString().replaceAll("[^A-Za-z0-9-]", "-");
    Path directory =
        Files.createDirectories(home.resolve(".local/share/agent/projects").resolve(name));
    try (BufferedWriter out = Files.newBufferedWriter(directory.resolve(id + ".jsonl"))) {
      Lines lines = new Lines(out, id);
      lines.add(
          "meta",
          false,
          "\"cwd\":\""
              + project
              + "\",\"version\":\"0.1.0\",\"model\":\"\",\"gitBranch\":\"\",\"title\":\"\"");
      for (int turn = 1; turn <= turns; turn++) {
        String call = "toolu_" + turn;
        lines.add(
            "user",
            true,
            message("prompt", "{\"type\":\"text\",\"text\":\"question " + turn + "\"}"));
        lines.add(
            "assistant",
            true,
            reply(
                turn + "a",
                "tool_use",
                text(markdown(turn, chars * 3 / 10))
                    + ",{\"type\":\"tool_use\",\"id\":\""
                    + call
                    + "\",\"name\":\"Bash\",\"input\":{\"command\":\"make step-"
                    + turn
                    + "\"}}"));
        lines.add(
            "tool-outcome",
            false,
            "\"toolUseId\":\""
                + call
                + "\",\"status\":\"done\",\"result\":{\"type\":\"tool_result\",\"tool_use_id\":\""
                + call
                + "\",\"content\":["
                + text(output(turn, chars / 2))
                + "]}");
        lines.add(
            "user",
            true,
            message(
                "tool-results", "{\"type\":\"tool_result_ref\",\"tool_use_id\":\"" + call + "\"}"));
        lines.add(
            "assistant",
            true,
            reply(
                turn + "b", "end_turn", text(markdown(turn, chars / 5) + "\\n\\nanswer " + turn)));
      }
    }
    return id;
  }

  private static String message(String origin, String block) {
    return "\"origin\":\""
        + origin
        + "\",\"message\":{\"role\":\"user\",\"content\":["
        + block
        + "]}";
  }

  private static String reply(String id, String reason, String blocks) {
    return "\"messageId\":\"msg_"
        + id
        + "\",\"requestId\":\"req_"
        + id
        + "\",\"model\":\"claude-opus-5-5\",\"stopReason\":\""
        + reason
        + "\",\"usage\":{\"input_tokens\":10,\"output_tokens\":10},\"costUsd\":0.001,"
        + "\"message\":{\"role\":\"assistant\",\"content\":["
        + blocks
        + "]}";
  }

  private static String text(String escaped) {
    return "{\"type\":\"text\",\"text\":\"" + escaped + "\"}";
  }

  /** Markdown of about so many characters, as it stands in JSON. */
  static String markdown(int seed, int chars) {
    StringBuilder text = new StringBuilder("## Step " + seed + "\\n\\n");
    int part = 0;
    while (text.length() < chars) {
      int from = (seed * 31 + part * 17) % (WORDS.length() / 2);
      String words = WORDS.substring(from, from + WORDS.length() / 2);
      switch (part++ % 4) {
        case 0 ->
            text.append("Here **")
                .append(words, 0, 20)
                .append("** is `code` and ")
                .append(words)
                .append(".\\n\\n");
        case 1 ->
            text.append("- ").append(words).append("\\n- ").append(words, 0, 40).append("\\n\\n");
        case 2 ->
            text.append("```java\\nint x")
                .append(part)
                .append(" = ")
                .append(seed)
                .append("; // ")
                .append(words, 0, 30)
                .append("\\n```\\n\\n");
        default -> text.append(words).append("\\n\\n");
      }
    }
    return text.toString().strip();
  }

  private static String output(int seed, int chars) {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < chars; line++) {
      int from = (seed * 13 + line * 7) % (WORDS.length() / 2);
      text.append(line).append(": ").append(WORDS, from, from + 60).append("\\n");
    }
    return text.toString();
  }

  /**
   * Entries in the order of a journal; what belongs to the conversation follows what did before.
   */
  private static final class Lines {
    private final BufferedWriter out;
    private final String session;
    private int seq;
    private String parent = "null";

    Lines(BufferedWriter out, String session) {
      this.out = out;
      this.session = session;
    }

    void add(String type, boolean inConversation, String members) throws IOException {
      seq++;
      String uuid = String.format("\"10000000-0000-4000-8000-%012d\"", seq);
      out.write(
          "{\"type\":\""
              + type
              + "\",\"seq\":"
              + seq
              + ",\"uuid\":"
              + uuid
              + ",\"parentUuid\":"
              + parent
              + ",\"timestamp\":\"2026-01-01T00:00:00Z\",\"sessionId\":\""
              + session
              + "\","
              + members
              + "}\n");
      parent = inConversation ? uuid : parent;
    }
  }

  /** Ends the servers and removes all files. */
  @Override
  public void close() throws IOException {
    servers.forEach(Process::destroyForcibly);
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
