package dev.agent.tui.dialog;

import dev.agent.tui.input.Action;
import java.util.List;

/** Something to read until a key closes it. */
public final class Panel implements Dialog<Panel.Closed> {
  private static final Step<Closed> OPEN = new Step.Open<>();

  private final String title;
  private final String note;
  private final Body body;
  private final Scroll scroll = new Scroll();
  private boolean fullScreen;

  /** It was read. */
  public record Closed() {}

  /**
   * @param note at the right of the title; may be empty
   */
  public Panel(String title, String note, Body body) {
    this.title = title;
    this.note = note;
    this.body = new CachedBody(body);
  }

  @Override
  public Picture draw(Canvas canvas) {
    int indent = canvas.margin() * 3;
    int room = Math.max(1, canvas.width() - indent - canvas.margin());
    List<Line> lines = Line.indented(Line.of(body.rows(room, canvas.theme())), indent);
    return new Frame(
            Text.shown(title),
            "",
            Text.shown(note),
            List.of(),
            lines,
            List.of(),
            List.of(
                canvas.hint(Action.CANCEL, "close"),
                canvas.hint(Action.FULL_SCREEN, fullScreen ? "smaller" : "full screen")))
        .draw(canvas, scroll);
  }

  @Override
  public Step<Closed> on(Input input) {
    if (scroll.on(input)) {
      return OPEN;
    }
    if (!(input instanceof Input.Pressed pressed)) {
      return OPEN;
    }
    String typed = pressed.key().types() ? pressed.key().text() : "";
    if (typed.equals("q") || typed.equals("?")) {
      return new Step.Answered<>(new Closed());
    }
    if (pressed.action().isEmpty()) {
      return new Step.Unused<>();
    }
    return switch (pressed.action().get()) {
      case CANCEL, INTERRUPT, SUBMIT -> new Step.Answered<>(new Closed());
      case UP -> moved(-1);
      case DOWN -> moved(1);
      case FULL_SCREEN -> {
        fullScreen = !fullScreen;
        yield OPEN;
      }
      default -> new Step.Unused<>();
    };
  }

  private Step<Closed> moved(int rows) {
    scroll.move(rows);
    return OPEN;
  }

  @Override
  public boolean isFullScreen() {
    return fullScreen;
  }
}
