package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A key with its modifiers, in the one form in which keys are compared: a letter with Ctrl or Alt
 * is lower case and has Shift or not; a letter alone is upper or lower case and never has Shift;
 * Shift and Tab is Tab with Shift.
 *
 * @param type {@code Character} for a key that types
 * @param text what it types; empty for a named key
 */
public record Chord(KeyType type, String text, boolean ctrl, boolean alt, boolean shift) {
  private static final Map<String, KeyType> NAMES =
      Map.ofEntries(
          Map.entry("enter", KeyType.Enter),
          Map.entry("esc", KeyType.Escape),
          Map.entry("tab", KeyType.Tab),
          Map.entry("backspace", KeyType.Backspace),
          Map.entry("delete", KeyType.Delete),
          Map.entry("insert", KeyType.Insert),
          Map.entry("up", KeyType.ArrowUp),
          Map.entry("down", KeyType.ArrowDown),
          Map.entry("left", KeyType.ArrowLeft),
          Map.entry("right", KeyType.ArrowRight),
          Map.entry("home", KeyType.Home),
          Map.entry("end", KeyType.End),
          Map.entry("pageup", KeyType.PageUp),
          Map.entry("pagedown", KeyType.PageDown));

  private static final Map<KeyType, String> TYPES =
      NAMES.entrySet().stream()
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "return", "enter",
          "escape", "esc",
          "del", "delete",
          "ins", "insert",
          "pgup", "pageup",
          "page-up", "pageup",
          "pgdn", "pagedown",
          "pgdown", "pagedown",
          "page-down", "pagedown",
          "bs", "backspace");

  private static final List<String> CTRL = List.of("ctrl", "control", "c");
  private static final List<String> ALT = List.of("alt", "meta", "option", "opt", "m", "a");
  private static final List<String> SHIFT = List.of("shift", "s");

  /** The chord that a key is. */
  public static Chord of(Key key) {
    boolean ctrl = key.isCtrlDown();
    boolean alt = key.isAltDown();
    return switch (key.getKeyType()) {
      case Character -> character(key.text(), ctrl, alt, key.isShiftDown());
      case ReverseTab -> new Chord(KeyType.Tab, "", ctrl, alt, true);
      default -> new Chord(key.getKeyType(), "", ctrl, alt, key.isShiftDown());
    };
  }

  /**
   * Reads {@code ctrl+shift+enter}, {@code alt+_}, {@code G}, {@code f5}; case counts only for a
   * letter alone. Empty when it names no key.
   */
  public static Optional<Chord> parse(String text) {
    String rest = text.strip();
    boolean ctrl = false;
    boolean alt = false;
    boolean shift = false;
    while (true) {
      int plus = rest.indexOf('+', 1);
      if (plus < 0 || plus == rest.length() - 1) {
        break;
      }
      String modifier = rest.substring(0, plus).strip().toLowerCase(Locale.ROOT);
      if (CTRL.contains(modifier)) {
        ctrl = true;
      } else if (ALT.contains(modifier)) {
        alt = true;
      } else if (SHIFT.contains(modifier)) {
        shift = true;
      } else {
        return Optional.empty();
      }
      rest = rest.substring(plus + 1).strip();
    }
    if (rest.isEmpty()) {
      return Optional.empty();
    }
    if (rest.codePointCount(0, rest.length()) == 1) {
      boolean chord = ctrl || alt;
      if (shift && !chord && !Character.isLetter(rest.codePointAt(0))) {
        return Optional.empty();
      }
      return Optional.of(character(chord ? rest.toLowerCase(Locale.ROOT) : rest, ctrl, alt, shift));
    }
    String lower = rest.toLowerCase(Locale.ROOT);
    if (lower.equals("space")) {
      return Optional.of(new Chord(KeyType.Character, " ", ctrl, alt, shift));
    }
    Optional<KeyType> type =
        Optional.ofNullable(NAMES.get(OTHER_NAMES.getOrDefault(lower, lower)))
            .or(() -> functionKey(lower));
    return type.isPresent()
        ? Optional.of(new Chord(type.get(), "", ctrl, alt, shift))
        : Optional.empty();
  }

  /** The form in which {@link #parse} reads it, lower case but for a capital letter alone. */
  @Override
  public String toString() {
    String key =
        type == KeyType.Character
            ? text.equals(" ") ? "space" : text
            : TYPES.getOrDefault(type, type.name().toLowerCase(Locale.ROOT));
    return (ctrl ? "ctrl+" : "") + (alt ? "alt+" : "") + (shift ? "shift+" : "") + key;
  }

  /** Whether pressing it would type a character. */
  public boolean types() {
    return type == KeyType.Character && !ctrl && !alt;
  }

  private static Chord character(String text, boolean ctrl, boolean alt, boolean shift) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (ctrl || alt) {
      return new Chord(KeyType.Character, lower, ctrl, alt, shift || !lower.equals(text));
    }
    return new Chord(
        KeyType.Character, shift ? text.toUpperCase(Locale.ROOT) : text, false, false, false);
  }

  private static Optional<KeyType> functionKey(String name) {
    return Arrays.stream(KeyType.values())
        .filter(type -> type.name().matches("F\\d+") && type.name().equalsIgnoreCase(name))
        .findFirst();
  }
}
