package dev.agent.tool;

import java.util.List;

/** A result as data for people. Front-ends draw it; tools never do. */
public sealed interface Display {

  /** Plain text, possibly with several lines. */
  record Text(String text) implements Display {}

  /** A change of one file. {@code before} is empty for a new file. */
  record Diff(String path, List<Hunk> hunks, boolean created) implements Display {
    public Diff {
      hunks = List.copyOf(hunks);
    }
  }

  /**
   * A run of changed lines with its surroundings.
   *
   * @param oldStart first line before, from 1
   * @param newStart first line after, from 1
   * @param lines each begins with a blank, {@code -} or {@code +}
   */
  record Hunk(int oldStart, int oldLines, int newStart, int newLines, List<String> lines) {
    public Hunk {
      lines = List.copyOf(lines);
    }
  }

  /** Files that were found; {@code more} counts those not listed. */
  record FileList(List<String> paths, int more) implements Display {
    public FileList {
      paths = List.copyOf(paths);
    }
  }

  /** Rows under headings. */
  record Table(List<String> headings, List<List<String>> rows) implements Display {
    public Table {
      headings = List.copyOf(headings);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /** The task list. */
  record Todos(List<Todo> items) implements Display {
    public Todos {
      items = List.copyOf(items);
    }
  }

  /** One task; status is {@code pending}, {@code in_progress} or {@code completed}. */
  record Todo(String content, String activeForm, String status) {}

  /** A picture by its type and size in bytes. */
  record Image(String mediaType, long bytes) implements Display {}

  /**
   * A finished or backgrounded command.
   *
   * @param exitCode −1 when it did not end by itself
   */
  record Command(String output, int exitCode, boolean timedOut, String backgroundId)
      implements Display {}
}
