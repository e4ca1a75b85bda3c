package dev.agent.mode.screen;

import dev.agent.tui.view.TranscriptView;
import java.util.Optional;

/** What hands ask for that takes the terminal, other programs or the session. UI thread only. */
interface Chores {
  /** Runs a line that begins with a slash. */
  void command(String line);

  /**
   * Lets the person edit a text in their own editor, which has the terminal meanwhile; empty when
   * nothing came of it.
   */
  Optional<String> editText(String text, String suffix);

  /** Puts a text into the clipboard and says so. */
  void copy(String text);

  /** The same with what is selected, which is selected no more. */
  void copySelection();

  /** Shows a page in the browser, and says which. */
  void browse(String address);

  /** Something was selected with the mouse: says how to copy it, or copies it. */
  void selected();

  /** Takes a picture from the clipboard into the draft. */
  void pasteImage();

  /** Whether a paste is the name of a picture, which is in the draft then. */
  boolean pastedPicture(String text);

  /** Writes the transcript to the normal screen until a key comes. */
  void print(TranscriptView view);

  /** Shows the list of things to do, or hides it. */
  void toggleTodos();

  /** Shows the prompts to go back to. */
  void rewind();

  /** Draws everything anew. */
  void redraw();

  /** Gives the terminal back and stops. */
  void suspend();
}
