package dev.agent.tui.view;

import dev.agent.loop.AgentEvent;
import dev.agent.message.Usage;
import dev.agent.tool.Display;
import dev.agent.tui.view.Content.Result;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Blocks as bytes, for as long as this program runs: what is written by one version is never read
 * by another. A block's id is not written; it follows from its place.
 */
final class BlockCodec {
  private enum Kind {
    HEADER,
    PROMPT,
    ANSWER,
    THINKING,
    CALL,
    RUN,
    NOTICE,
    INTERRUPTED,
    SUMMARY,
    SHELL,
    MEMORY,
    ASIDE,
    GONE,
    THOUGHT
  }

  private enum Outcome {
    LINES,
    CHANGE,
    GRID,
    TASKS
  }

  /** What keeps texts that are too long for a page; the page refers to them. */
  private final List<SourceStore.Kept> held;

  private BlockCodec(List<SourceStore.Kept> held) {
    this.held = held;
  }

  /**
   * The bytes of blocks.
   *
   * @param held gets what has to stay in memory to read them
   */
  static byte[] write(List<Block> blocks, List<SourceStore.Kept> held) {
    PageWriter out = new PageWriter();
    BlockCodec codec = new BlockCodec(held);
    for (Block block : blocks) {
      out.number(block.version());
      out.flag(block.isUnfolded());
      out.flag(block.spaced());
      out.time(block.at());
      out.text(block.model());
      codec.content(out, block.content());
    }
    return out.bytes();
  }

  /**
   * The blocks of bytes.
   *
   * @param firstId the id of the first one
   * @param held what {@link #write} gave
   */
  static List<Block> read(byte[] bytes, int count, long firstId, List<SourceStore.Kept> held) {
    PageReader in = new PageReader(bytes);
    BlockCodec codec = new BlockCodec(held);
    List<Block> blocks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      blocks.add(
          new Block(
              firstId + i,
              in.number(),
              in.flag(),
              in.flag(),
              in.instant(),
              in.text(),
              codec.content(in)));
    }
    return blocks;
  }

  private void content(PageWriter out, Content content) {
    switch (content) {
      case Content.Header(String product, String model, String place, List<String> facts) -> {
        out.choice(Kind.HEADER);
        out.text(product);
        out.text(model);
        out.text(place);
        out.texts(facts);
      }
      case Content.Prompt(Source text, List<String> attachments) -> {
        out.choice(Kind.PROMPT);
        text.write(out, held);
        out.texts(attachments);
      }
      case Content.Answer(Source text, boolean isOpen) -> {
        out.choice(Kind.ANSWER);
        text.write(out, held);
        out.flag(isOpen);
      }
      case Content.Thinking(Source text, var took, boolean isOpen) -> {
        out.choice(Kind.THINKING);
        text.write(out, held);
        out.time(took);
        out.flag(isOpen);
      }
      case Content.Call call -> call(out, call);
      case Content.Run(List<Content.Item> items) -> {
        out.choice(Kind.RUN);
        out.list(items, this::item);
      }
      case Content.Notice(AgentEvent.Level level, String text, String hint) -> {
        out.choice(Kind.NOTICE);
        out.choice(level);
        out.text(text);
        out.text(hint);
      }
      case Content.Interrupted _ -> out.choice(Kind.INTERRUPTED);
      case Content.Summary(var took, Usage usage, Optional<BigDecimal> cost) -> {
        out.choice(Kind.SUMMARY);
        out.time(took);
        usage(out, usage);
        out.text(cost.map(BigDecimal::toString).orElse(""));
      }
      case Content.Shell shell -> {
        out.choice(Kind.SHELL);
        out.text(shell.command());
        out.choice(shell.state());
        out.large(shell.startedAt());
        out.time(shell.elapsed());
        out.text(shell.progress());
        result(out, shell.result());
      }
      case Content.Memory(String text, String where) -> {
        out.choice(Kind.MEMORY);
        out.text(text);
        out.text(where);
      }
      case Content.Aside(String question, Source answer) -> {
        out.choice(Kind.ASIDE);
        out.text(question);
        answer.write(out, held);
      }
      case Content.Gone _ -> out.choice(Kind.GONE);
    }
  }

  private Content content(PageReader in) {
    Kind kind = in.choice(Kind.values());
    return switch (kind) {
      case HEADER -> new Content.Header(in.text(), in.text(), in.text(), in.texts());
      case PROMPT -> new Content.Prompt(Source.read(in, held), in.texts());
      case ANSWER -> new Content.Answer(Source.read(in, held), in.flag());
      case THINKING -> new Content.Thinking(Source.read(in, held), in.duration(), in.flag());
      case CALL -> call(in);
      case RUN -> new Content.Run(in.list(this::item));
      case NOTICE -> new Content.Notice(in.choice(AgentEvent.Level.values()), in.text(), in.text());
      case INTERRUPTED -> new Content.Interrupted();
      case SUMMARY -> new Content.Summary(in.duration(), usage(in), cost(in.text()));
      case SHELL ->
          new Content.Shell(
              in.text(),
              in.choice(Content.State.values()),
              in.large(),
              in.duration(),
              in.text(),
              result(in));
      case MEMORY -> new Content.Memory(in.text(), in.text());
      case ASIDE -> new Content.Aside(in.text(), Source.read(in, held));
      case GONE -> new Content.Gone();
      case THOUGHT -> throw new IllegalArgumentException("a thought outside of a run");
    };
  }

  private void item(PageWriter out, Content.Item item) {
    switch (item) {
      case Content.Call call -> call(out, call);
      case Content.Thought(Source text, var took) -> {
        out.choice(Kind.THOUGHT);
        text.write(out, held);
        out.time(took);
      }
    }
  }

  private Content.Item item(PageReader in) {
    return in.choice(Kind.values()) == Kind.THOUGHT
        ? new Content.Thought(Source.read(in, held), in.duration())
        : call(in);
  }

  private void call(PageWriter out, Content.Call call) {
    out.choice(Kind.CALL);
    out.text(call.id());
    out.text(call.tool());
    out.text(call.title().name());
    out.text(call.title().argument());
    out.choice(call.state());
    out.large(call.startedAt());
    out.time(call.elapsed());
    out.text(call.progress());
    result(out, call.result());
  }

  private Content.Call call(PageReader in) {
    return new Content.Call(
        in.text(),
        in.text(),
        new ToolTitle(in.text(), in.text()),
        in.choice(Content.State.values()),
        in.large(),
        in.duration(),
        in.text(),
        result(in));
  }

  private void result(PageWriter out, Result result) {
    switch (result) {
      case Result.Lines(String headline, Source text, Content.Part folded) -> {
        out.choice(Outcome.LINES);
        out.text(headline);
        text.write(out, held);
        out.choice(folded);
      }
      case Result.Change(Display.Diff(String path, List<Display.Hunk> hunks, boolean created)) -> {
        out.choice(Outcome.CHANGE);
        out.text(path);
        out.list(hunks, BlockCodec::hunk);
        out.flag(created);
      }
      case Result.Grid(Display.Table(List<String> headings, List<List<String>> rows)) -> {
        out.choice(Outcome.GRID);
        out.texts(headings);
        out.list(rows, PageWriter::texts);
      }
      case Result.Tasks(Display.Todos(List<Display.Todo> items)) -> {
        out.choice(Outcome.TASKS);
        out.list(
            items,
            (to, item) -> to.texts(List.of(item.content(), item.activeForm(), item.status())));
      }
    }
  }

  private Result result(PageReader in) {
    return switch (in.choice(Outcome.values())) {
      case LINES ->
          new Result.Lines(in.text(), Source.read(in, held), in.choice(Content.Part.values()));
      case CHANGE ->
          new Result.Change(new Display.Diff(in.text(), in.list(BlockCodec::hunk), in.flag()));
      case GRID -> new Result.Grid(new Display.Table(in.texts(), in.list(PageReader::texts)));
      case TASKS -> new Result.Tasks(new Display.Todos(in.list(BlockCodec::todo)));
    };
  }

  private static void hunk(PageWriter out, Display.Hunk hunk) {
    out.number(hunk.oldStart());
    out.number(hunk.oldLines());
    out.number(hunk.newStart());
    out.number(hunk.newLines());
    out.texts(hunk.lines());
  }

  private static Display.Hunk hunk(PageReader in) {
    return new Display.Hunk(in.number(), in.number(), in.number(), in.number(), in.texts());
  }

  private static Display.Todo todo(PageReader in) {
    List<String> texts = in.texts();
    return new Display.Todo(texts.get(0), texts.get(1), texts.get(2));
  }

  private static void usage(PageWriter out, Usage usage) {
    out.large(usage.inputTokens());
    out.large(usage.outputTokens());
    out.large(usage.cacheReadTokens());
    out.large(usage.cacheWrite5mTokens());
    out.large(usage.cacheWrite1hTokens());
    out.large(usage.thinkingTokens());
    out.large(usage.webSearches());
  }

  private static Usage usage(PageReader in) {
    return new Usage(
        in.large(), in.large(), in.large(), in.large(), in.large(), in.large(), in.large());
  }

  private static Optional<BigDecimal> cost(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(new BigDecimal(text));
  }
}
