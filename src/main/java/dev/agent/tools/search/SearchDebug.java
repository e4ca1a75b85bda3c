package dev.agent.tools.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Runs one search with our own engine, as the model would ask for it: {@code grep [-i] [-l|-c]
 * [--multiline] [--type KIND] [--glob PATTERN] [--stats] PATTERN [PATH]} or {@code glob [--stats]
 * PATTERN [PATH]}. For measuring, and for the question "why is this file not found?".
 */
public final class SearchDebug {
  private static final String USAGE =
      "Usage: grep [-i] [-l|-c] [--multiline] [--type KIND] [--glob PATTERN] [--stats]"
          + " PATTERN [PATH]\n       glob [--stats] PATTERN [PATH]\n";

  private SearchDebug() {}

  /**
   * Runs it. {@code -l} gives names, {@code -c} counts, else lines; {@code --stats} adds the time
   * within the JVM and the process's peak memory.
   *
   * @return 0, 1 when the search failed, 2 when the arguments are not understood
   */
  public static int run(List<String> arguments, Path cwd, Path home, Appendable out)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    boolean stats = false;
    String kind = arguments.isEmpty() ? "" : arguments.getFirst();
    if (!kind.equals("grep") && !kind.equals("glob")) {
      out.append(USAGE);
      return 2;
    }
    boolean grep = kind.equals("grep");
    if (grep) {
      input.put("output_mode", "content");
    }
    for (int i = 1; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      boolean isLast = i + 1 == arguments.size();
      if (argument.equals("--stats")) {
        stats = true;
      } else if (grep && argument.equals("-i")) {
        input.put("-i", true);
      } else if (grep && argument.equals("-l")) {
        input.put("output_mode", "files_with_matches");
      } else if (grep && argument.equals("-c")) {
        input.put("output_mode", "count");
      } else if (grep && argument.equals("--multiline")) {
        input.put("multiline", true);
      } else if (grep && !isLast && (argument.equals("--type") || argument.equals("--glob"))) {
        input.put(argument.substring(2), arguments.get(++i));
      } else if (argument.startsWith("-") || input.has("path")) {
        out.append('"').append(argument).append("\" is not understood.\n").append(USAGE);
        return 2;
      } else {
        input.put(input.has("pattern") ? "path" : "pattern", argument);
      }
    }
    if (!input.has("pattern")) {
      out.append("No pattern is given.\n").append(USAGE);
      return 2;
    }
    SearchPlace place =
        new SearchPlace(new Workspace(cwd, List.of(), home, () -> cwd), true, List.of());
    Tool tool = grep ? new Grep(place, Optional.empty()) : new Glob(place);
    try {
      ToolResult result = tool.run(new ToolCall("debug", tool.spec().name(), input), new Context());
      for (ContentBlock block : result.forModel()) {
        if (block instanceof ContentBlock.Text text) {
          out.append(text.text()).append('\n');
        }
      }
    } catch (ToolException e) {
      out.append(String.valueOf(e.getMessage())).append('\n');
      return 1;
    }
    if (stats) {
      out.append(
          String.format(
              Locale.ROOT,
              "stats: %.1f ms, peak %d kB%n",
              (System.nanoTime() - begin) / 1e6,
              peakKilobytes()));
    }
    return 0;
  }

  /** From Linux's /proc; 0 elsewhere. */
  private static long peakKilobytes() {
    Path status = Path.of("/proc/self/status");
    try {
      if (Files.isReadable(status)) {
        for (String line : Files.readAllLines(status)) {
          if (line.startsWith("VmHWM:")) {
            return Long.parseLong(line.substring(6).replace("kB", "").strip());
          }
        }
      }
    } catch (IOException e) {
      return 0; // no such figure here
    }
    return 0;
  }

  private static final class Context implements ToolContext {
    private final Cancellation cancellation = Cancellation.root();

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public void progress(String text) {
      // Nobody watches.
    }
  }
}
