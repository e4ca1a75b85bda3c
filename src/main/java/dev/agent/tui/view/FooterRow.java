package dev.agent.tui.view;

import dev.agent.permission.Mode;
import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.cell.Span;
import dev.agent.tui.cell.Style;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws the footer: what does not fit is left out, the least important first. */
final class FooterRow {
  private static final int WIDE = 80;
  private static final int NARROW = 40;
  private static final int MAX_HINTS = 2;
  private static final int WARN_PERCENT = 70;
  private static final int ALARM_PERCENT = 85;

  private final Look look;
  private Optional<Made> last = Optional.empty();

  FooterRow(Look look) {
    this.look = look;
  }

  /** A piece of the row; the one with the highest rank goes first when it is narrow. */
  private record Piece(Span span, int rank, boolean left) {}

  /** The row that was made last: at most keys nothing of it changes. */
  private record Made(Footer footer, int width, Row row) {}

  Row row(Footer footer, int width) {
    if (last.isEmpty() || last.get().width != width || !last.get().footer.equals(footer)) {
      last = Optional.of(new Made(footer, width, make(footer, width)));
    }
    return last.get().row;
  }

  private Row make(Footer footer, int width) {
    int margin = width >= NARROW ? 2 : 0;
    int right = width >= WIDE ? 2 : 0;
    int room = width - margin - right;
    List<Piece> pieces = new ArrayList<>(left(footer, width));
    pieces.addAll(right(footer));
    Row row = join(pieces, room);
    while (row.width() > room && pieces.size() > 1) {
      pieces.remove(pieces.stream().max(Comparator.comparingInt(Piece::rank)).orElseThrow());
      row = join(pieces, room);
    }
    return Rows.cut(row, Math.max(0, room), look.glyphs().ellipsis())
        .after(Span.decoration(" ".repeat(margin), Style.PLAIN));
  }

  private List<Piece> left(Footer footer, int width) {
    List<Piece> pieces = new ArrayList<>();
    if (!footer.flash().isEmpty()) {
      pieces.add(
          new Piece(Span.of(Cells.visible(footer.flash()), look.style(Token.TEXT)), -1, true));
      return pieces;
    }
    if (!footer.editing().isEmpty()) {
      pieces.add(new Piece(Span.of(footer.editing(), look.style(Token.TEXT)), 1, true));
    }
    for (int i = 0; i < Math.min(MAX_HINTS, footer.hints().size()); i++) {
      Footer.Hint hint = footer.hints().get(i);
      String text = width < WIDE ? hint.brief() : hint.text();
      pieces.add(new Piece(Span.of(text, look.style(Token.DIM)), 4 + i, true));
    }
    return pieces;
  }

  private List<Piece> right(Footer footer) {
    List<Piece> pieces = new ArrayList<>();
    if (!footer.model().isEmpty()) {
      pieces.add(piece(Cells.visible(footer.model()), Token.DIM, 8));
    }
    footer
        .contextPercent()
        .ifPresent(
            percent -> {
              boolean alarm = percent >= ALARM_PERCENT;
              Token token =
                  alarm ? Token.ERROR : percent >= WARN_PERCENT ? Token.WARNING : Token.DIM;
              pieces.add(piece("ctx " + percent + "%", token, 2));
              if (alarm) {
                footer
                    .compactPercent()
                    .ifPresent(at -> pieces.add(piece("auto-compact at " + at + "%", token, 6)));
              }
            });
    footer.cost().ifPresent(cost -> pieces.add(piece(Amounts.cost(cost), Token.DIM, 7)));
    pieces.add(piece(name(footer.mode()), token(footer.mode()), 0));
    if (footer.backgroundTasks() > 0) {
      pieces.add(piece(footer.backgroundTasks() + " bg", Token.ACCENT, 3));
    }
    return pieces;
  }

  private Piece piece(String text, Token token, int rank) {
    return new Piece(Span.of(text, look.style(token)), rank, false);
  }

  private Row join(List<Piece> pieces, int room) {
    Row left = joined(pieces.stream().filter(Piece::left).toList());
    Row right = joined(pieces.stream().filter(piece -> !piece.left()).toList());
    int gap = Math.max(left.spans().isEmpty() ? 0 : 2, room - left.width() - right.width());
    List<Span> spans = new ArrayList<>(left.spans());
    spans.add(Span.decoration(" ".repeat(gap), Style.PLAIN));
    spans.addAll(right.spans());
    return Row.of(spans.toArray(Span[]::new));
  }

  private Row joined(List<Piece> pieces) {
    List<Span> spans = new ArrayList<>();
    for (Piece piece : pieces) {
      if (!spans.isEmpty()) {
        spans.add(Span.decoration(look.separator(), look.style(Token.DIM)));
      }
      spans.add(piece.span());
    }
    return Row.of(spans.toArray(Span[]::new));
  }

  private static String name(Mode mode) {
    return switch (mode) {
      case DEFAULT -> "default";
      case ACCEPT_EDITS -> "accept edits";
      case PLAN -> "plan";
      case AUTO -> "auto";
      case DONT_ASK -> "don't ask";
      case BYPASS -> "bypass";
    };
  }

  private static Token token(Mode mode) {
    return switch (mode) {
      case DEFAULT, DONT_ASK -> Token.DIM;
      case ACCEPT_EDITS, AUTO -> Token.AUTO;
      case PLAN -> Token.PLAN;
      case BYPASS -> Token.BYPASS;
    };
  }
}
