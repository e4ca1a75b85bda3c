package dev.agent.tools.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Wire;
import dev.agent.text.NearestNames;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolForm;
import dev.agent.tool.ToolResult;
import dev.agent.tool.ToolSpec;
import dev.agent.tools.search.SearchQuery.FileHits;
import dev.agent.tools.search.SearchQuery.HitLine;
import dev.agent.tools.search.SearchQuery.Hits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Finds text in files. */
public final class Grep implements Tool {
  private static final int DEFAULT_HEAD = 250;

  private final SearchPlace place;
  private final List<SearchEngine> engines;
  private final ToolForm<Input> form;

  enum OutputMode {
    CONTENT,
    FILES_WITH_MATCHES,
    COUNT
  }

  record Input(
      String pattern,
      Optional<String> path,
      Optional<String> glob,
      Optional<String> type,
      Optional<OutputMode> outputMode,
      @Wire("-A") Optional<Integer> after,
      @Wire("-B") Optional<Integer> before,
      @Wire("-C") Optional<Integer> around,
      @Wire("-n") Optional<Boolean> numbers,
      @Wire("-i") Optional<Boolean> ignoreCase,
      Optional<Boolean> multiline,
      Optional<Integer> headLimit,
      Optional<Integer> offset) {}

  /**
   * @param ripgrep runs ripgrep; empty = our own engine alone
   */
  public Grep(SearchPlace place, Optional<RipgrepEngine.Runner> ripgrep) {
    this.place = place;
    this.engines = new ArrayList<>();
    ripgrep.ifPresent(runner -> engines.add(new RipgrepEngine(place, runner)));
    engines.add(new OwnEngine(place));
    this.form = ToolForm.load(Grep.class, Input.class);
  }

  @Override
  public ToolSpec spec() {
    return form.spec();
  }

  @Override
  public Effect effect(ObjectNode input) {
    String path = input.path("path").asText("");
    return Effect.reads(path.isBlank() ? place.workspace().cwd() : place.workspace().resolve(path));
  }

  @Override
  public ToolResult run(ToolCall call, ToolContext context)
      throws ToolException, InterruptedException {
    Input input = form.read(call.input());
    SearchQuery query = query(input);
    for (SearchEngine engine : engines) {
      Optional<Hits> hits = engine.search(query, context.cancellation());
      if (hits.isPresent()) {
        return result(input, query, hits.get());
      }
    }
    throw new IllegalStateException("our own engine answers every query");
  }

  private SearchQuery query(Input input) throws ToolException {
    if (input.pattern().isEmpty()) {
      throw new ToolException("\"pattern\" is empty. Say what to look for.");
    }
    OutputMode mode = input.outputMode().orElse(OutputMode.FILES_WITH_MATCHES);
    boolean ignoreCase = input.ignoreCase().orElse(false);
    boolean multiline = input.multiline().orElse(false);
    List<String> names = input.glob().map(Grep::splitOutsideBraces).orElse(List.of());
    List<String> types = types(input);
    Pattern pattern;
    try {
      pattern = Expression.compile(input.pattern(), ignoreCase, multiline);
      NameFilter.of(names, types);
    } catch (PatternSyntaxException e) {
      throw new ToolException(
          "\"pattern\" is no regular expression: "
              + e.getDescription()
              + " near character "
              + (e.getIndex() + 1)
              + ". Put a backslash before characters that mean themselves, such as \\( or \\[.");
    } catch (IllegalArgumentException e) {
      throw new ToolException("\"glob\": " + e.getMessage() + ".");
    }
    int around = bounded(input.around());
    return new SearchQuery(
        input.pattern(),
        pattern,
        multiline ? Optional.empty() : Expression.required(input.pattern()),
        Expression.isLiteral(input.pattern()),
        ignoreCase,
        multiline,
        place.resolve(input.path()),
        names,
        types,
        input.before().isPresent() ? bounded(input.before()) : around,
        input.after().isPresent() ? bounded(input.after()) : around,
        mode == OutputMode.CONTENT,
        mode == OutputMode.FILES_WITH_MATCHES,
        head(input) == Integer.MAX_VALUE ? Long.MAX_VALUE : (long) offset(input) + head(input));
  }

  private static int offset(Input input) {
    return Math.max(0, input.offset().orElse(0));
  }

  private static int head(Input input) {
    int head = input.headLimit().orElse(DEFAULT_HEAD);
    return head <= 0 ? Integer.MAX_VALUE : head;
  }

  private static int bounded(Optional<Integer> lines) {
    return Math.clamp(lines.orElse(0), 0, 1_000);
  }

  private static List<String> types(Input input) throws ToolException {
    if (input.type().isPresent()) {
      Map<String, List<String>> types = FileTypes.load();
      List<String> patterns = types.get(input.type().get());
      if (patterns == null) {
        List<String> near = NearestNames.of(input.type().get(), types.keySet(), 3);
        throw new ToolException(
            "\"type\": \""
                + input.type().get()
                + "\" is not known."
                + (near.isEmpty()
                    ? " Use \"glob\" instead."
                    : " Did you mean " + String.join(", ", near) + "?"));
      }
      return patterns;
    }
    return List.of();
  }

  private static List<String> splitOutsideBraces(String globs) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    StringBuilder part = new StringBuilder();
    for (char c : (globs + " ").toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (depth == 0 && (c == ' ' || c == ',')) {
        if (!part.isEmpty()) {
          parts.add(part.toString());
        }
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (!part.isEmpty()) {
      parts.add(part.toString());
    }
    return parts;
  }

  private ToolResult result(Input input, SearchQuery query, Hits hits) {
    List<FileHits> files = hits.files();
    List<String> lines = new ArrayList<>();
    boolean single = query.root().equals(files.isEmpty() ? null : files.getFirst().file());
    for (FileHits file : files) {
      String name = SearchPlace.shown(place.workspace().shown(file.file()));
      if (query.firstOnly()) {
        lines.add(name);
      } else if (!query.wantsLines()) {
        lines.add(name + ":" + file.count());
      } else {
        content(file, single ? "" : name, input.numbers().orElse(true), query, lines);
      }
    }
    int offset = offset(input);
    int end = (int) Math.min(lines.size(), (long) offset + head(input));
    List<String> shown = offset >= lines.size() ? List.of() : lines.subList(offset, end);
    StringBuilder text = new StringBuilder();
    if (lines.isEmpty()) {
      text.append("Nothing found.");
    } else if (shown.isEmpty()) {
      text.append("There are only ").append(hits.lines()).append(" lines of output.");
    } else {
      text.append(String.join("\n", shown));
    }
    if (end < hits.lines() && !shown.isEmpty()) {
      text.append("\n(")
          .append(hits.lines() - end)
          .append(" more. Narrow the search, or go on with offset ")
          .append(end)
          .append(".)");
    } else if (!query.wantsLines() && !query.firstOnly() && !files.isEmpty()) {
      text.append("\n(")
          .append(hits.matches())
          .append(" in ")
          .append(hits.fileCount())
          .append(hits.fileCount() == 1 ? " file.)" : " files.)");
    }
    if (hits.stoppedEarly()) {
      text.append(
          "\n"
              + "(There are very many matches; the search ended before it had seen all files."
              + " Narrow it.)");
    }
    if (hits.unreadable() > 0) {
      text.append("\n(")
          .append(hits.unreadable())
          .append(" files or directories could not be read.)");
    }
    return ToolResult.text(
        text.toString(),
        query.firstOnly()
            ? new Display.FileList(shown, (int) (hits.lines() - shown.size()))
            : new Display.Text(text.toString()));
  }

  private static void content(
      FileHits file, String name, boolean numbers, SearchQuery query, List<String> lines) {
    int previous = -1;
    for (HitLine line : file.lines()) {
      boolean gap = previous >= 0 && line.number() != previous + 1;
      if (gap && query.before() + query.after() > 0) {
        lines.add("--");
      }
      previous = line.number();
      char mark = line.isMatch() ? ':' : '-';
      lines.add(
          (name.isEmpty() ? "" : name + mark)
              + (numbers ? line.number() + String.valueOf(mark) : "")
              + line.text());
    }
  }
}
