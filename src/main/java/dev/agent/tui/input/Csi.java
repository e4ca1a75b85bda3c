package dev.agent.tui.input;

import java.util.Optional;

/**
 * A control sequence, taken apart.
 *
 * @param prefix one of {@code <=>?}, or 0
 * @param parameters what stands between the prefix and the intermediate bytes
 * @param intermediates bytes from 0x20 to 0x2F
 * @param last the final byte
 */
record Csi(char prefix, String parameters, String intermediates, char last) {
  private static final int MAX_NUMBER = 0x110000;

  /**
   * @param body all between {@code CSI} and the final byte; empty when it is none
   */
  static Optional<Csi> parse(String body, char last) {
    int start = !body.isEmpty() && "<=>?".indexOf(body.charAt(0)) >= 0 ? 1 : 0;
    int end = start;
    while (end < body.length() && body.charAt(end) >= '0' && body.charAt(end) <= ';') {
      end++;
    }
    for (int at = end; at < body.length(); at++) {
      if (body.charAt(at) > '/') {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Csi(
            start == 1 ? body.charAt(0) : 0,
            body.substring(start, end),
            body.substring(end),
            last));
  }

  /** How many parameters there are; none at all counts as one that is left out. */
  int count() {
    int count = 1;
    for (int at = 0; at < parameters.length(); at++) {
      if (parameters.charAt(at) == ';') {
        count++;
      }
    }
    return count;
  }

  /** A parameter's number, or what holds when it is left out. Both positions count from 0. */
  int number(int parameter, int part, int otherwise) {
    int at = 0;
    for (int left = parameter; left > 0; left--) {
      at = parameters.indexOf(';', at) + 1;
      if (at == 0) {
        return otherwise;
      }
    }
    for (int left = part; left > 0; left--) {
      while (at < parameters.length() && Character.isDigit(parameters.charAt(at))) {
        at++;
      }
      if (at == parameters.length() || parameters.charAt(at) != ':') {
        return otherwise;
      }
      at++;
    }
    int value = -1;
    while (at < parameters.length() && Character.isDigit(parameters.charAt(at))) {
      value = Math.min(MAX_NUMBER, Math.max(0, value) * 10 + parameters.charAt(at) - '0');
      at++;
    }
    return value < 0 ? otherwise : value;
  }

  /** A parameter's first number, or what holds when it is left out. */
  int number(int parameter, int otherwise) {
    return number(parameter, 0, otherwise);
  }

  /** The code points of a parameter whose parts are code points; empty when there are none. */
  String text(int parameter) {
    StringBuilder text = new StringBuilder();
    for (int part = 0; part < 16; part++) {
      int point = number(parameter, part, -1);
      if (point < 0) {
        break;
      }
      if (KeyCodes.isText(point)) {
        text.appendCodePoint(point);
      }
    }
    return text.toString();
  }
}
