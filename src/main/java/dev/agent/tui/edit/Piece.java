package dev.agent.tui.edit;

/**
 * Where in a text an inset's label stands.
 *
 * @param from the position of its first character
 * @param to the position behind its last
 */
public record Piece(int from, int to, Inset inset) {

  Piece shifted(int by) {
    return new Piece(from + by, to + by, inset);
  }
}
