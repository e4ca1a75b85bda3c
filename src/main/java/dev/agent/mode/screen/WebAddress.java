package dev.agent.mode.screen;

import dev.agent.tui.cell.Cells;
import dev.agent.tui.cell.Row;
import dev.agent.tui.view.Screen;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the address of a page that a click is on. Addresses of other kinds are never opened. */
final class WebAddress {
  private static final int MAX_LENGTH = 2_000;
  private static final Pattern WRITTEN =
      Pattern.compile("https?://[!-~&&[^\"<>`{}|\\\\^]]+", Pattern.CASE_INSENSITIVE);

  private WebAddress() {}

  /** The address at a cell: of a link, or as it is written there. */
  static Optional<String> at(Screen screen, int column, int row) {
    Optional<String> link = screen.linkAt(column, row);
    return link.isPresent() ? link.filter(WebAddress::isOpened) : written(screen, column, row);
  }

  private static Optional<String> written(Screen screen, int column, int row) {
    if (row < 0 || row >= screen.rows().size()) {
      return Optional.empty();
    }
    Row shown = screen.rows().get(row);
    String text = shown.text();
    Matcher matcher = WRITTEN.matcher(text);
    while (matcher.find()) {
      String address = trimmed(matcher.group());
      int from = Cells.width(text.substring(0, matcher.start()));
      boolean foreign =
          matcher.end() < text.length()
              && Character.isLetterOrDigit(text.codePointAt(matcher.end()));
      boolean cut =
          foreign
              || matcher.end() == text.stripTrailing().length()
                  && row + 1 < screen.rows().size()
                  && screen.rows().get(row + 1).continues();
      // What goes on, there or in other letters, is not whole here, and half an address is another
      // one.
      if (column >= from && column < from + Cells.width(address) && !cut) {
        return Optional.of(address).filter(WebAddress::isOpened);
      }
    }
    return Optional.empty();
  }

  /** Without what ends the sentence that the address stands in. */
  private static String trimmed(String address) {
    int end = address.length();
    while (end > 0
        && (".,;:!?'*".indexOf(address.charAt(end - 1)) >= 0
            || closes(address, end, '(', ')')
            || closes(address, end, '[', ']'))) {
      end--;
    }
    return address.substring(0, end);
  }

  private static boolean closes(String address, int end, char opening, char closing) {
    String all = address.substring(0, end);
    return all.charAt(end - 1) == closing
        && all.chars().filter(c -> c == closing).count()
            > all.chars().filter(c -> c == opening).count();
  }

  private static boolean isOpened(String address) {
    String lower = address.toLowerCase(Locale.ROOT);
    int from = lower.startsWith("https://") ? 8 : lower.startsWith("http://") ? 7 : -1;
    return from > 0
        && address.length() > from
        && address.length() <= MAX_LENGTH
        && address.chars().allMatch(c -> c > ' ' && c < 0x7F);
  }
}
