package dev.agent.tui.edit;

import dev.agent.tui.input.Action;
import java.util.List;

/** What an event meant to the composer: what its owner has to do, besides drawing it anew. */
public sealed interface Outcome {

  /** The event means nothing to it. */
  record Ignored() implements Outcome {}

  /** It has changed; nothing else is to do. */
  record Changed() implements Outcome {}

  /**
   * Send this; the composer is empty again.
   *
   * @param draft what was written; {@link Draft#text} is what belongs into the history on disk
   * @param text what to send: pastes in full, without the mode's character and blanks around; one
   *     stays where the line is a prompt only because of it
   * @param images the pictures, in the order of their labels in the text
   */
  record Submit(Draft draft, String text, List<Inset.Image> images) implements Outcome {
    public Submit {
      images = List.copyOf(images);
    }
  }

  /** The draft was cleared; it is in the history of this session, and may go to that on disk. */
  record Cleared(Draft draft) implements Outcome {}

  /** Stop what the agent does. */
  record Interrupt() implements Outcome {}

  /** Leave the program. */
  record Exit() implements Outcome {}

  /** Show the places to go back to. */
  record Rewind() implements Outcome {}

  /** Show the keys. */
  record Help() implements Outcome {}

  /** Take what waits to be sent back: {@link Composer#takeBack}. */
  record TakeBackQueue() implements Outcome {}

  /** Edit this text elsewhere: {@link Composer#edited}. */
  record OpenEditor(String text) implements Outcome {}

  /** Read a picture from the clipboard: {@link Composer#image}. */
  record PasteImage() implements Outcome {}

  /** An action that is not the composer's: its owner does it. */
  record Perform(Action action) implements Outcome {}
}
