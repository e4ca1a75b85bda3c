package dev.agent.tools.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/** Finds files by their names, newest first. */
public final class Glob implements Tool {
  private static final int MAX_RESULTS = 100;

  private final SearchPlace place;
  private final ToolForm<Input> form;

  record Input(String pattern, Optional<String> path) {}

  private record Found(Path path, long modified) {
    static final Comparator<Found> OLDEST_FIRST =
        Comparator.comparingLong(Found::modified)
            .thenComparing(Found::path, Comparator.reverseOrder());
  }

  public Glob(SearchPlace place) {
    this.place = place;
    this.form = ToolForm.load(Glob.class, Input.class);
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    String path = input.path("path").asText("");
    String pattern = input.path("pattern").asText("");
    boolean absolute = pattern.startsWith("/") || pattern.startsWith("~");
    String fixed = wildAt(pattern) == 0 && !absolute ? "" : fixedPart(pattern);
    if (pattern.substring(Math.min(wildAt(pattern), pattern.length())).contains("..")) {
      return Effect.reads(Path.of("/")); // climbs out of what it finds: anywhere
    }
    Path from = path.isBlank() ? place.workspace().cwd() : place.workspace().resolve(path);
    if (fixed.isEmpty()) {
      return Effect.reads(from);
    }
    return Effect.reads(
        absolute ? place.workspace().resolve(fixed) : from.resolve(fixed).normalize());
  }

  /** Where the first wild segment begins. */
  private static int wildAt(String pattern) {
    int start = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '/') {
        start = i + 1;
      } else if (c == '*' || c == '?' || c == '[' || c == '{') {
        return start;
      }
    }
    return pattern.lastIndexOf('/') + 1;
  }

  /** The directory in front of the first wild segment. */
  static String fixedPart(String pattern) {
    StringBuilder out = new StringBuilder();
    for (String segment : pattern.split("/")) {
      if (segment.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{')) {
        break;
      }
      out.append(segment).append('/');
    }
    return out.isEmpty() ? "/" : out.toString();
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    Input input;
    GlobPattern pattern;
    Path root;
    String wanted;
    try {
      input = form.read(call.input());
      wanted = input.pattern().strip();
      if (wanted.isEmpty()) {
        throw new ToolException("\"pattern\" is empty. Name files such as \"**/*.java\".");
      }
      boolean absolute = wanted.startsWith("/") || wanted.startsWith("~");
      String fixed = absolute ? fixedPart(wanted) : "";
      root = absolute ? place.resolve(Optional.of(fixed)) : place.resolve(input.path());
      if (absolute) {
        wanted = wanted.length() >= fixed.length() ? wanted.substring(fixed.length()) : "**";
      }
      wanted = wanted.startsWith("./") ? wanted.substring(2) : wanted;
      pattern = GlobPattern.compile(wanted.indexOf('/') < 0 && !absolute ? "**/" + wanted : wanted);
    } catch (IllegalArgumentException e) {
      throw new ToolException("\"pattern\": " + e.getMessage() + ".");
    }
    if (!Files.isDirectory(root)) {
      throw new ToolException(root + " is no directory. Leave \"path\" out, or name a directory.");
    }
    return search(root, pattern, wanted, context);
  }

  private static void keep(WalkedFile file, PriorityQueue<Found> newest, int[] total)
      throws IOException {
    long modified = file.modified();
    synchronized (newest) {
      total[0]++;
      Found last = newest.peek();
      // Nearly all files of a large tree are older than the newest hundred: no path for them.
      if (newest.size() < MAX_RESULTS || last == null || modified >= last.modified()) {
        newest.add(new Found(file.path(), modified));
        if (newest.size() > MAX_RESULTS) {
          newest.remove();
        }
      }
    }
  }

  private ToolResult search(Path root, GlobPattern pattern, String wanted, ToolContext context)
      throws InterruptedException {
    PriorityQueue<Found> newest = new PriorityQueue<>(Found.OLDEST_FIRST);
    int[] total = {0};
    boolean hidden = wanted.startsWith(".") || wanted.contains("/.");
    TreeWalk.Visitor visitor =
        file -> {
          if (pattern.matches(file.prefix().concat(file.name()))) {
            try {
              keep(file, newest, total);
            } catch (IOException e) {
              // It vanished meanwhile.
            }
          }
        };
    TreeWalk walk =
        new TreeWalk(
            hidden,
            place.respectIgnores(),
            place.globalIgnoreFiles(),
            context.cancellation()::isCancelled,
            () -> visitor);
    walk.walk(root);
    context.cancellation().check();
    List<String> names =
        newest.stream()
            .sorted(Found.OLDEST_FIRST.reversed())
            .map(found -> SearchPlace.shown(place.workspace().shown(found.path())))
            .toList();
    int more = total[0] - names.size();
    StringBuilder text =
        new StringBuilder(names.isEmpty() ? "No file fits." : String.join("\n", names));
    if (more > 0) {
      text.append("\n(")
          .append(more)
          .append(" more; these are the newest. Narrow the pattern or the path.)");
    }
    if (walk.unreadable() > 0) {
      text.append("\n(").append(walk.unreadable()).append(" directories could not be read.)");
    }
    return ToolResult.text(text.toString(), new Display.FileList(names, more));
  }
}
