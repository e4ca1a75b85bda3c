package dev.agent.tools.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.process.BackgroundShells;
import dev.agent.process.OutputSink;
import dev.agent.process.Processes;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The shell tools in a directory of their own, with real processes. */
final class ShellFixture {
  final Path project;
  final Processes processes = new Processes(System.getenv(), UUID.randomUUID().toString());
  final BackgroundShells background = new BackgroundShells();
  final ShellPlace place;
  final Bash bash;
  final BashOutput bashOutput = new BashOutput(background);
  final KillShell killShell = new KillShell(background);
  final Cancellation cancellation = Cancellation.root();
  Consumer<String> progress = _ -> {};

  ShellFixture(Path dir) throws IOException {
    this(dir, Map.of());
  }

  ShellFixture(Path dir, Map<String, String> limits) throws IOException {
    project = Files.createDirectories(dir.resolve("project")).toRealPath();
    Path scratch = Files.createDirectories(dir.resolve("scratch"));
    place = new ShellPlace(project, List.of(project), project);
    bash =
        new Bash(
            processes,
            background,
            place,
            scratch,
            id -> new FileSink(dir.resolve(id + ".txt")),
            ShellLimits.of(limits),
            ShellGuards.none(processes));
  }

  static ObjectNode input(Object... pairs) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < pairs.length; i += 2) {
      String name = (String) pairs[i];
      switch (pairs[i + 1]) {
        case Integer number -> input.put(name, number);
        case Boolean flag -> input.put(name, flag);
        case Object other -> input.put(name, other.toString());
      }
    }
    return input;
  }

  ToolResult call(Tool tool, Object... pairs) throws ToolException, InterruptedException {
    ToolContext context =
        new ToolContext() {
          @Override
          public Cancellation cancellation() {
            return cancellation;
          }

          @Override
          public void progress(String text) {
            progress.accept(text);
          }
        };
    return tool.run(new ToolCall("call-1", tool.spec().name(), input(pairs)), context);
  }

  ToolResult run(String command) throws ToolException, InterruptedException {
    return call(bash, "command", command);
  }

  String text(String command) throws ToolException, InterruptedException {
    return text(run(command));
  }

  static String text(ToolResult result) {
    return ((ContentBlock.Text) result.forModel().getFirst()).text();
  }

  private static final class FileSink implements OutputSink {
    private final Path file;
    private boolean used;

    FileSink(Path file) {
      this.file = file;
    }

    @Override
    public synchronized boolean append(byte[] bytes, int offset, int length) {
      used = true;
      try (OutputStream out =
          Files.newOutputStream(
              file,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND)) {
        out.write(bytes, offset, length);
        return Files.size(file) < 3_000_000;
      } catch (IOException e) {
        return false;
      }
    }

    @Override
    public synchronized Optional<Path> path() {
      return used ? Optional.of(file) : Optional.empty();
    }

    @Override
    public void close() {}
  }
}
