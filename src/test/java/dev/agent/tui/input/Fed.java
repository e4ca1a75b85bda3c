package dev.agent.tui.input;

import com.googlecode.lanterna.input.KeyType;
import dev.agent.tui.input.InputEvent.Pasted;
import dev.agent.tui.input.InputEvent.Pressed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** A decoder, what it said, and a clock that stands still until it is moved. */
final class Fed {
  static final long MILLISECOND = 1_000_000;

  final List<InputEvent> events = new ArrayList<>();
  final InputDecoder decoder = new InputDecoder(InputDecoder.LOCAL_WAIT, events::add);
  long now = 1000 * MILLISECOND;

  Fed feed(String text) {
    return feed(text.getBytes(StandardCharsets.UTF_8));
  }

  Fed feed(byte[] bytes) {
    decoder.feed(bytes, now);
    return this;
  }

  /** Time passes without bytes; timeouts are kept as the caller of a decoder has to. */
  Fed pass(long milliseconds) {
    long end = now + milliseconds * MILLISECOND;
    OptionalLong wait = decoder.timeout(now);
    while (wait.isPresent() && now + wait.getAsLong() <= end) {
      now += wait.getAsLong();
      decoder.expire(now);
      wait = decoder.timeout(now);
    }
    now = end;
    return this;
  }

  /** The events of these bytes, fed in one piece. */
  static List<InputEvent> whole(byte[] bytes) {
    Fed fed = new Fed().feed(bytes);
    fed.decoder.finish(fed.now);
    return fed.events;
  }

  /** The events of these bytes, cut at a place, with no time between the parts. */
  static List<InputEvent> cut(byte[] bytes, int at) {
    Fed fed = new Fed().feed(Arrays.copyOf(bytes, at));
    fed.feed(Arrays.copyOfRange(bytes, at, bytes.length));
    fed.decoder.finish(fed.now);
    return fed.events;
  }

  /** What the events put into a text field that knows letters, Enter, TAB and pastes. */
  static String text(List<InputEvent> events) {
    StringBuilder text = new StringBuilder();
    for (InputEvent event : events) {
      switch (event) {
        case Pasted paste -> text.append(paste.text());
        case Pressed(Key key) -> {
          if (key.types()) {
            text.append(key.text());
          } else if (key.getKeyType() == KeyType.Enter || key.text().equals("j")) {
            text.append('\n');
          } else if (key.getKeyType() == KeyType.Tab) {
            text.append('\t');
          }
        }
        default -> {}
      }
    }
    return text.toString();
  }
}
