package dev.agent.command;

import dev.agent.tool.Display;
import java.util.List;

/** Something to look at, as data: a title and what stands below it, in order. */
public record Panel(String title, List<Section> sections) {
  public Panel {
    sections = List.copyOf(sections);
  }

  /** A panel of these sections. */
  public static Panel of(String title, Section... sections) {
    return new Panel(title, List.of(sections));
  }

  /** One part of a panel. */
  public sealed interface Section {

    /** Running text in Markdown. */
    record Text(String text) implements Section {}

    /**
     * Rows under headings.
     *
     * @param heading what the table is about; may be empty
     * @param rows as many cells each as there are columns
     */
    record Table(String heading, List<Column> columns, List<List<String>> rows) implements Section {
      public Table {
        columns = List.copyOf(columns);
        int width = columns.size();
        rows =
            rows.stream()
                .map(
                    row -> {
                      if (row.size() != width) {
                        throw new IllegalArgumentException(
                            "a row of " + row.size() + " cells under " + width + " headings");
                      }
                      return List.copyOf(row);
                    })
                .toList();
      }
    }

    /**
     * Entries one below the other.
     *
     * @param heading what they are; may be empty
     */
    record Items(String heading, List<Item> items) implements Section {
      public Items {
        items = List.copyOf(items);
      }
    }

    /** The change of one file. */
    record Diff(Display.Diff diff) implements Section {}

    /**
     * How a whole is shared out: one bar of coloured parts, or a table.
     *
     * @param total what all parts, the free one among them, add up to
     */
    record Shares(String heading, List<Share> parts, long total) implements Section {
      public Shares {
        parts = List.copyOf(parts);
      }
    }
  }

  /** A heading. {@code number}: its cells stand at the right. */
  public record Column(String heading, boolean number) {
    static Column text(String heading) {
      return new Column(heading, false);
    }

    static Column number(String heading) {
      return new Column(heading, true);
    }
  }

  /**
   * One entry.
   *
   * @param label what it is
   * @param detail more about it; may be empty, may have several lines
   */
  public record Item(Mark mark, String label, String detail) {}

  /** How an entry stands. */
  public enum Mark {
    NONE,
    GOOD,
    WARNING,
    BAD,
    /** It is being worked on. */
    NOW,
    /** It is still to come. */
    OPEN
  }

  /** One part of a whole. {@code free}: nobody uses it. */
  public record Share(String name, long amount, boolean free) {}
}
