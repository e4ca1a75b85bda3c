package dev.agent.tui.input;

import dev.agent.tui.input.InputEvent.Focused;
import dev.agent.tui.input.InputEvent.Mouse;
import dev.agent.tui.input.InputEvent.MouseKind;
import dev.agent.tui.input.InputEvent.Pressed;
import dev.agent.tui.input.InputEvent.ReportKind;
import dev.agent.tui.input.InputEvent.Reported;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What whole escape sequences mean; those that mean nothing here are empty. Pure. */
final class Sequences {
  private static final int RELEASED = 3;
  private static final int COLOR_SCHEME = 997;

  private static final Pattern COLOR =
      Pattern.compile("11;rgba?:(\\p{XDigit}{1,4})/(\\p{XDigit}{1,4})/(\\p{XDigit}{1,4}).*");

  private Sequences() {}

  /**
   * A control sequence.
   *
   * @param alt whether one more ESC stood before it, which means Alt in old terminals
   */
  static Optional<InputEvent> control(Csi csi, boolean alt) {
    return switch (csi.prefix()) {
      case 0 -> csi.intermediates().isEmpty() ? key(csi, alt) : rxvtShift(csi);
      case '<' -> mouse(csi);
      case '?' -> report(csi);
      default -> Optional.empty();
    };
  }

  /** {@code SS3} and one byte, perhaps with a modifier before it. */
  static Optional<InputEvent> application(Csi csi, boolean alt) {
    int modifiers = csi.number(csi.count() - 1, 1);
    return KeyCodes.application(csi.last(), alt ? KeyCodes.withAlt(modifiers) : modifiers)
        .map(Pressed::new);
  }

  /**
   * A string sequence.
   *
   * @param introducer the byte behind ESC
   */
  static Optional<InputEvent> string(char introducer, String body) {
    if (introducer == 'P' && body.startsWith(">|")) {
      return Optional.of(
          new Reported(ReportKind.NAME_AND_VERSION, PasteText.clean(body.substring(2))));
    }
    if (introducer == ']') {
      Matcher color = COLOR.matcher(body);
      if (color.matches()) {
        return Optional.of(
            new Reported(
                ReportKind.BACKGROUND,
                channel(color.group(1)) + channel(color.group(2)) + channel(color.group(3))));
      }
    }
    return Optional.empty();
  }

  private static Optional<InputEvent> key(Csi csi, boolean alt) {
    if (csi.number(1, 1, 1) == RELEASED) {
      return Optional.empty();
    }
    int told = csi.number(1, 1);
    int modifiers = alt ? KeyCodes.withAlt(told) : told;
    Optional<Key> key =
        switch (csi.last()) {
          case 'u' ->
              KeyCodes.point(
                  csi.number(0, -1),
                  csi.number(0, 1, -1),
                  csi.number(0, 2, -1),
                  modifiers,
                  csi.text(2));
          case '~' ->
              csi.number(0, -1) == 27 && csi.count() == 3
                  ? KeyCodes.point(csi.number(2, -1), -1, -1, modifiers, "")
                  : KeyCodes.number(csi.number(0, -1), modifiers);
          case '^' -> KeyCodes.number(csi.number(0, -1), 5);
          case '@' -> KeyCodes.number(csi.number(0, -1), 6);
          case 'Z' -> KeyCodes.point('\t', -1, -1, ((modifiers - 1) | 1) + 1, "");
          case 'a', 'b', 'c', 'd' ->
              csi.parameters().isEmpty()
                  ? KeyCodes.letter(Character.toUpperCase(csi.last()), 2)
                  : Optional.empty();
          case 'R' -> {
            // Also F3 with a modifier; the cursor is asked for with CSI ?6n, whose answer differs.
            if (csi.count() == 2 && !(csi.number(0, 1) == 1 && told >= 2 && told <= 16)) {
              yield Optional.empty();
            }
            yield KeyCodes.letter('R', modifiers);
          }
          default -> KeyCodes.letter(csi.last(), modifiers);
        };
    if (key.isPresent()) {
      return key.map(Pressed::new);
    }
    return switch (csi.last()) {
      case 'I' -> Optional.of(new Focused(true));
      case 'O' -> Optional.of(new Focused(false));
      case 'R' -> cursor(csi);
      default -> Optional.empty();
    };
  }

  /** {@code CSI 3 $}: rxvt's Shift. */
  private static Optional<InputEvent> rxvtShift(Csi csi) {
    return csi.last() == '$'
        ? KeyCodes.number(csi.number(0, -1), 2).map(Pressed::new)
        : Optional.empty();
  }

  private static Optional<InputEvent> mouse(Csi csi) {
    if (csi.count() != 3 || (csi.last() != 'M' && csi.last() != 'm')) {
      return Optional.empty();
    }
    int bits = csi.number(0, 0);
    int button = bits & 3;
    MouseKind kind;
    if (bits >= 128) {
      return Optional.empty();
    } else if ((bits & 64) != 0) {
      if (button > 1 || csi.last() == 'm') {
        return Optional.empty();
      }
      kind = button == 0 ? MouseKind.WHEEL_UP : MouseKind.WHEEL_DOWN;
    } else if (csi.last() == 'm') {
      kind = MouseKind.RELEASE;
    } else if ((bits & 32) != 0) {
      if (button == 3) {
        return Optional.empty();
      }
      kind = MouseKind.DRAG;
    } else {
      kind =
          switch (button) {
            case 0 -> MouseKind.PRESS_LEFT;
            case 1 -> MouseKind.PRESS_MIDDLE;
            case 2 -> MouseKind.PRESS_RIGHT;
            default -> MouseKind.RELEASE;
          };
    }
    return Optional.of(
        new Mouse(
            kind,
            Math.max(0, csi.number(1, 1) - 1),
            Math.max(0, csi.number(2, 1) - 1),
            (bits & 4) != 0,
            (bits & 8) != 0,
            (bits & 16) != 0));
  }

  private static Optional<InputEvent> report(Csi csi) {
    if (csi.intermediates().equals("$")) {
      return csi.last() == 'y' && csi.count() == 2
          ? Optional.of(new Reported(ReportKind.MODE, csi.number(0, 0) + ";" + csi.number(1, 0)))
          : Optional.empty();
    }
    if (!csi.intermediates().isEmpty()) {
      return Optional.empty();
    }
    return switch (csi.last()) {
      case 'u' ->
          Optional.of(new Reported(ReportKind.KITTY_FLAGS, String.valueOf(csi.number(0, 0))));
      case 'c' -> Optional.of(new Reported(ReportKind.PRIMARY_ATTRIBUTES, csi.parameters()));
      case 'R' -> cursor(csi);
      case 'n' ->
          csi.number(0, 0) == COLOR_SCHEME && csi.number(1, 0) >= 1 && csi.number(1, 0) <= 2
              ? Optional.of(
                  new Reported(ReportKind.COLOR_SCHEME, csi.number(1, 0) == 1 ? "dark" : "light"))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Optional<InputEvent> cursor(Csi csi) {
    return csi.count() < 2
        ? Optional.empty()
        : Optional.of(new Reported(ReportKind.CURSOR, csi.number(0, 1) + ";" + csi.number(1, 1)));
  }

  /** A colour channel of 1 to 4 hexadecimal digits as two. */
  private static String channel(String digits) {
    int most = (1 << (4 * digits.length())) - 1;
    int value = (Integer.parseInt(digits, 16) * 255 + most / 2) / most;
    return String.format(Locale.ROOT, "%02x", value);
  }
}
