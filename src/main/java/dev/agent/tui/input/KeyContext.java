package dev.agent.tui.input;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a key is pressed. A key that a context doesn't bind means what the next one says. */
public enum KeyContext {
  /** Everywhere. */
  GLOBAL("Everywhere"),
  /** In every field that text is typed into. */
  TEXT("Editing text"),
  /** In the composer. */
  COMPOSER("Composer"),
  /** In the composer while the agent works. */
  WORKING("While the agent works"),
  /** In a dialog or a list. */
  DIALOG("Dialogs and lists"),
  /** In a text row of a dialog. */
  FIELD("Text rows of dialogs"),
  /** In the view of the whole transcript. */
  TRANSCRIPT("Transcript view");

  private final String title;

  KeyContext(String title) {
    this.title = title;
  }

  /** A heading for people. */
  public String title() {
    return title;
  }

  /** Its name in keybindings.json. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether letters are typed here, so that they can't be bound. */
  public boolean takesText() {
    return switch (this) {
      case TEXT, COMPOSER, WORKING, FIELD, GLOBAL -> true;
      case DIALOG, TRANSCRIPT -> false;
    };
  }

  /** The contexts that are asked one after the other, this one first. */
  public List<KeyContext> chain() {
    return switch (this) {
      case GLOBAL -> List.of(GLOBAL);
      case TEXT -> List.of(TEXT, GLOBAL);
      case COMPOSER -> List.of(COMPOSER, TEXT, GLOBAL);
      case WORKING -> List.of(WORKING, COMPOSER, TEXT, GLOBAL);
      case DIALOG -> List.of(DIALOG, GLOBAL);
      case FIELD -> List.of(FIELD, TEXT, DIALOG, GLOBAL);
      case TRANSCRIPT -> List.of(TRANSCRIPT, GLOBAL);
    };
  }

  /** What must stay possible here: without it nobody would get out. */
  List<Action> essential() {
    return switch (this) {
      case GLOBAL, TEXT -> List.of();
      case COMPOSER, WORKING -> List.of(Action.SUBMIT, Action.CANCEL, Action.INTERRUPT);
      case DIALOG, FIELD -> List.of(Action.SUBMIT, Action.CANCEL);
      case TRANSCRIPT -> List.of(Action.CANCEL);
    };
  }

  /** The context with that name. */
  public static Optional<KeyContext> named(String id) {
    for (KeyContext context : values()) {
      if (context.id().equalsIgnoreCase(id)) {
        return Optional.of(context);
      }
    }
    return Optional.empty();
  }
}
