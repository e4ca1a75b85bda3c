package dev.agent.tui.view;

import dev.agent.loop.AgentEvent;
import dev.agent.message.ContentBlock;
import dev.agent.message.Usage;
import dev.agent.tool.Display;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a block of the transcript says: data, drawn by {@link BlockRenderer}. */
public sealed interface Content {

  /**
   * The first rows of a session.
   *
   * @param place the directory, with the branch when there is one
   * @param facts short facts of the second row, most important first
   */
  record Header(String product, String model, String place, List<String> facts) implements Content {
    public Header {
      facts = List.copyOf(facts);
    }
  }

  /** What the person wrote; pictures and documents as labels such as {@code [image/png]}. */
  record Prompt(Source text, List<String> attachments) implements Content {
    public Prompt {
      attachments = List.copyOf(attachments);
    }
  }

  /** Text of the answer, as Markdown; open while more comes. */
  record Answer(Source text, boolean isOpen) implements Content {}

  /** What the model thought; the time is that from its first to its last word. */
  record Thinking(Source text, Duration took, boolean isOpen) implements Content {}

  /**
   * One call of a tool.
   *
   * @param tool its own name, not the shown one
   * @param startedAt seconds since the epoch; 0 before it runs
   * @param elapsed how long it has run
   * @param progress its last word while it runs
   */
  record Call(
      String id,
      String tool,
      ToolTitle title,
      State state,
      long startedAt,
      Duration elapsed,
      String progress,
      Result result)
      implements Content, Item {

    /** One that does not run yet. */
    static Call waiting(String id, String tool, ToolTitle title) {
      return new Call(id, tool, title, State.WAITING, 0, Duration.ZERO, "", Result.NONE);
    }

    /**
     * One that the model asks for.
     *
     * @param shownPath a path as the person should see it
     */
    static Call waiting(ContentBlock.ToolUse use, UnaryOperator<String> shownPath) {
      return waiting(use.id(), use.name(), ToolTitle.of(use.name(), use.input(), shownPath));
    }

    /** It runs from now on; its input, and so its title, may be another one than before. */
    Call started(ToolTitle newTitle, long at) {
      return new Call(id, tool, newTitle, State.RUNNING, at, Duration.ZERO, "", Result.NONE);
    }

    /** It said something; its last line counts. */
    Call progressed(String news) {
      String last = ShellBlock.lastLine(news).orElse(progress);
      return new Call(id, tool, title, state, startedAt, elapsed, last, result);
    }

    /** It has run for so long. */
    Call lasting(Duration soFar) {
      return new Call(id, tool, title, state, startedAt, soFar, progress, result);
    }

    /** It is over. */
    Call ended(State newState, Result newResult, Duration took) {
      return new Call(id, tool, title, newState, startedAt, took, "", newResult);
    }
  }

  /** Calls that only read, one after another, and the thoughts between them. */
  record Run(List<Item> items) implements Content {
    public Run {
      items = List.copyOf(items);
    }

    /** The calls alone. */
    public List<Call> calls() {
      return items.stream().filter(Call.class::isInstance).map(Call.class::cast).toList();
    }
  }

  /** A part of a run. */
  sealed interface Item {}

  /** Thinking between two calls of a run. */
  record Thought(Source text, Duration took) implements Item {}

  /** Something that the person should know, with what can be done about it. */
  record Notice(AgentEvent.Level level, String text, String hint) implements Content {}

  /** The person stopped the work. */
  record Interrupted() implements Content {}

  /** What a turn took. */
  record Summary(Duration took, Usage usage, Optional<BigDecimal> cost) implements Content {}

  /**
   * A command that the person ran without the model.
   *
   * @param startedAt seconds since the epoch
   * @param progress its last line while it runs
   */
  record Shell(
      String command, State state, long startedAt, Duration elapsed, String progress, Result result)
      implements Content {}

  /** A note for later sessions; {@code where} is the file, empty while it is not written. */
  record Memory(String text, String where) implements Content {}

  /** A question that is no part of the conversation, with its answer. */
  record Aside(String question, Source answer) implements Content {}

  /** Was thrown away: takes no row. */
  record Gone() implements Content {}

  /** Where a call stands. */
  enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    DENIED,
    CANCELLED,
    /** Was asked to stop and may still run. */
    ABANDONED;

    /** Whether nothing more comes of it. */
    public boolean isOver() {
      return this != WAITING && this != RUNNING;
    }
  }

  /** What came of a call. */
  sealed interface Result {
    /** Nothing yet, or nothing to show. */
    Result NONE = new Lines("", Source.EMPTY, Part.HEADLINE);

    /**
     * Text below a headline; either may be empty.
     *
     * @param folded which part stays when the block is folded
     */
    record Lines(String headline, Source text, Part folded) implements Result {}

    /** A changed file. */
    record Change(Display.Diff diff) implements Result {}

    /** Rows under headings. */
    record Grid(Display.Table table) implements Result {}

    /** The task list. */
    record Tasks(Display.Todos todos) implements Result {}
  }

  /** Which lines of a text stay when it is folded. */
  enum Part {
    /** The headline alone. */
    HEADLINE,
    /** The first lines. */
    FIRST,
    /** The last lines: where a failure says what it is. */
    LAST
  }
}
