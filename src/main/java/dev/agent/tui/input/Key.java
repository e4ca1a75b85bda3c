package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyStroke;
import com.googlecode.lanterna.input.KeyType;

/**
 * A key, with the whole text that it types: Lanterna's key stroke holds one {@code char}, which is
 * too small for an emoji or a cluster.
 */
public final class Key extends KeyStroke {
  private final String text;

  private Key(String text, boolean ctrl, boolean alt, boolean shift) {
    super(text.charAt(0), ctrl, alt, shift);
    this.text = text;
  }

  private Key(KeyType type, boolean ctrl, boolean alt, boolean shift) {
    super(type, ctrl, alt, shift);
    this.text = "";
  }

  /** A key that types text; with ctrl or alt it is a chord and types nothing. */
  public static Key typed(String text, boolean ctrl, boolean alt, boolean shift) {
    return new Key(text, ctrl, alt, shift);
  }

  /** A key with a name: an arrow, Enter, F1. */
  public static Key named(KeyType type, boolean ctrl, boolean alt, boolean shift) {
    return new Key(type, ctrl, alt, shift);
  }

  /** What it types; for a chord the letter; empty for a named key. */
  public String text() {
    return text;
  }

  /** Whether it types its text. */
  public boolean types() {
    return getKeyType() == KeyType.Character && !isCtrlDown() && !isAltDown();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Key key && super.equals(key) && text.equals(key.text);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + text.hashCode();
  }
}
