package dev.agent.tools.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** A directory to search in, the tools that do it, and the true programs to compare with. */
record SearchTree(Path root) {

  SearchTree with(String name, String text) {
    return with(name, text.getBytes(StandardCharsets.UTF_8));
  }

  SearchTree with(String name, byte[] bytes) {
    try {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  SearchTree modified(String name, long seconds) throws IOException {
    Files.setLastModifiedTime(root.resolve(name), FileTime.fromMillis(seconds * 1000));
    return this;
  }

  SearchTree repository() throws Exception {
    run(List.of("git", "init", "-q", root.toString()));
    return this;
  }

  SearchPlace place() {
    return place(true);
  }

  SearchPlace place(boolean respectIgnores) {
    return new SearchPlace(
        new Workspace(root, List.of(), root, () -> root), respectIgnores, List.of());
  }

  String glob(String pattern) throws Exception {
    return answer(new Glob(place()), input("pattern", pattern));
  }

  String grep(Object... pairs) throws Exception {
    return answer(new Grep(place(), Optional.empty()), input(pairs));
  }

  String grepWithRipgrep(Object... pairs) throws Exception {
    return answer(
        new Grep(
            place(),
            Optional.of(
                (arguments, cwd, cancellation) -> {
                  List<String> command = new ArrayList<>(List.of("rg"));
                  command.addAll(arguments);
                  return Optional.of(run(command));
                })),
        input(pairs));
  }

  String failure(Object... pairs) {
    try {
      return "no failure: " + grep(pairs);
    } catch (ToolException e) {
      return String.valueOf(e.getMessage());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode input(Object... pairs) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < pairs.length; i += 2) {
      input.putPOJO(pairs[i].toString(), pairs[i + 1]);
      switch (pairs[i + 1]) {
        case Integer number -> input.put(pairs[i].toString(), number);
        case Boolean flag -> input.put(pairs[i].toString(), flag);
        default -> input.put(pairs[i].toString(), pairs[i + 1].toString());
      }
    }
    return input;
  }

  static String answer(Tool tool, ObjectNode input) throws Exception {
    return answer(tool, input, Cancellation.root());
  }

  static String answer(Tool tool, ObjectNode input, Cancellation cancellation) throws Exception {
    ToolContext context =
        new ToolContext() {
          @Override
          public Cancellation cancellation() {
            return cancellation;
          }

          @Override
          public void progress(String text) {}
        };
    StringBuilder out = new StringBuilder();
    for (ContentBlock block :
        tool.run(new ToolCall("1", tool.spec().name(), input), context).forModel()) {
      out.append(((ContentBlock.Text) block).text());
    }
    return out.toString();
  }

  /** The files that a walk visits, relative and sorted. */
  TreeSet<String> walked(boolean hidden) {
    TreeSet<String> byTheSystem = walked(hidden, 0);
    TreeSet<String> byTheJdk = walked(hidden, Integer.MAX_VALUE);
    if (!byTheSystem.equals(byTheJdk)) {
      throw new AssertionError("not the same: " + byTheSystem + " and " + byTheJdk);
    }
    return byTheJdk;
  }

  private TreeSet<String> walked(boolean hidden, int slowDirectories) {
    ConcurrentSkipListSet<String> files = new ConcurrentSkipListSet<>();
    new TreeWalk(
            hidden,
            true,
            List.of(),
            () -> false,
            () -> file -> files.add(root.relativize(file.path()).toString()),
            slowDirectories)
        .walk(root);
    return new TreeSet<>(files);
  }

  /** What a program prints. */
  String run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean hasRipgrep() {
    for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
      if (Files.isExecutable(Path.of(directory, "rg"))) {
        return true;
      }
    }
    return false;
  }
}
