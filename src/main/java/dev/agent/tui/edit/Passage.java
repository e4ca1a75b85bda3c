package dev.agent.tui.edit;

import dev.agent.tui.cell.Cells;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Text with insets, whose labels are part of the text. Lines end with LF. Immutable. Positions are
 * those of {@link String}.
 *
 * @param pieces the labels, in order, none over another
 */
public record Passage(String text, List<Piece> pieces) {
  /** Nothing. */
  public static final Passage EMPTY = new Passage("", List.of());

  public Passage {
    pieces = List.copyOf(pieces);
  }

  /** Text without insets. */
  public static Passage of(String text) {
    return text.isEmpty() ? EMPTY : new Passage(text, List.of());
  }

  /** An inset alone. */
  public static Passage of(Inset inset) {
    String label = inset.label();
    return new Passage(label, List.of(new Piece(0, label.length(), inset)));
  }

  /** How long the text is. */
  public int length() {
    return text.length();
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /** A part; an inset that is not whole in it is a text there. */
  public Passage slice(int from, int to) {
    if (pieces.isEmpty()) {
      return of(text.substring(from, to));
    }
    List<Piece> inside = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.from() >= from && piece.to() <= to) {
        inside.add(piece.shifted(-from));
      }
    }
    return new Passage(text.substring(from, to), inside);
  }

  /** This with a part replaced; an inset that is hit becomes text. */
  public Passage replace(int from, int to, Passage with) {
    String changed =
        new StringBuilder(text.length() - (to - from) + with.length())
            .append(text, 0, from)
            .append(with.text)
            .append(text, to, text.length())
            .toString();
    if (pieces.isEmpty() && with.pieces.isEmpty()) {
      return of(changed);
    }
    List<Piece> kept = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.to() <= from) {
        kept.add(piece);
      }
    }
    for (Piece piece : with.pieces) {
      kept.add(piece.shifted(from));
    }
    int shift = with.length() - (to - from);
    for (Piece piece : pieces) {
      if (piece.from() >= to && piece.to() > from) {
        kept.add(piece.shifted(shift));
      }
    }
    return new Passage(changed, kept);
  }

  /** This and another one behind it. */
  public Passage then(Passage other) {
    return replace(length(), length(), other);
  }

  /**
   * This with pictures where their labels are in the text; a picture without a label is left out.
   */
  Passage with(List<Inset.Image> images) {
    List<Piece> found = new ArrayList<>(pieces);
    for (Inset.Image image : images) {
      int from = text.indexOf(image.label());
      if (from >= 0) {
        found.add(new Piece(from, from + image.label().length(), image));
      }
    }
    found.sort(Comparator.comparingInt(Piece::from));
    return new Passage(text, found);
  }

  /** The inset whose label holds a position between its characters, begins or ends there. */
  public Optional<Piece> pieceAt(int position) {
    return pieces.stream().filter(p -> p.from() <= position && position <= p.to()).findFirst();
  }

  /** The inset whose label begins there. */
  Optional<Piece> pieceFrom(int position) {
    return pieces.stream().filter(p -> p.from() == position).findFirst();
  }

  /** The inset whose label ends there. */
  Optional<Piece> pieceTo(int position) {
    return pieces.stream().filter(p -> p.to() == position).findFirst();
  }

  /** The position one character behind another; a label is one character. */
  public int next(int position) {
    return pieceFrom(position).map(Piece::to).orElseGet(() -> Cells.next(text, position));
  }

  /** The position one character before another; a label is one character. */
  public int previous(int position) {
    return pieceTo(position).map(Piece::from).orElseGet(() -> Cells.previous(text, position));
  }

  /** Where the line (up to a line end, however many rows it takes) of a position begins. */
  public int lineStart(int position) {
    return position == 0 ? 0 : text.lastIndexOf('\n', position - 1) + 1;
  }

  /** Where the line of a position ends. */
  public int lineEnd(int position) {
    int end = text.indexOf('\n', position);
    return end < 0 ? text.length() : end;
  }

  /** A position that is not inside a label: there, or behind the label. */
  int outside(int position) {
    for (Piece piece : pieces) {
      if (piece.from() < position && position < piece.to()) {
        return piece.to();
      }
    }
    return position;
  }

  /** The text with all pastes in the place of their labels. */
  public String expanded() {
    StringBuilder all = new StringBuilder();
    int at = 0;
    for (Piece piece : pieces) {
      if (piece.inset() instanceof Inset.Paste paste) {
        all.append(text, at, piece.from()).append(paste.text());
        at = piece.to();
      }
    }
    return at == 0 ? text : all.append(text, at, text.length()).toString();
  }

  /** The pictures, in the order of their labels. */
  public List<Inset.Image> images() {
    List<Inset.Image> images = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece.inset() instanceof Inset.Image image) {
        images.add(image);
      }
    }
    return List.copyOf(images);
  }
}
