package dev.agent.command;

import dev.agent.runtime.UserError;
import java.util.List;

/** How a front-end shows things, as far as commands change it. Safe on any thread. */
public interface Screen {
  /** A front-end that has no screen. */
  Screen NONE =
      new Screen() {
        @Override
        public String value(Option option) {
          return "";
        }

        @Override
        public List<String> values(Option option) {
          return List.of();
        }

        @Override
        public void change(Option option, String value) {
          throw new UserError(
              "There is no screen here.", "Run agent in a terminal to change how it looks.");
        }

        @Override
        public String copy(String text) {
          throw new UserError(
              "There is no clipboard here.", "Write it to a file instead, with /export.");
        }
      };

  /** The present value; empty when the front-end has no such thing. */
  String value(Option option);

  /** The values that it can take; empty when the front-end has no such thing. */
  List<String> values(Option option);

  /**
   * Changes it at once, for this session; {@link SessionControl#set} keeps it.
   *
   * @param value one of {@link #values}
   * @throws UserError when it can't: the old value stays
   */
  void change(Option option, String value);

  /**
   * Puts text into the clipboard.
   *
   * @return what was done, such as {@code copied 812 chars}
   * @throws UserError when there is no way to
   */
  String copy(String text);

  /** What the person was told to be wrong with the set-up, where there was no room to say more. */
  default List<String> warnings() {
    return List.of();
  }

  /** What can be changed. */
  enum Option {
    /** {@code auto}, {@code dark}, …: colours. */
    THEME,
    /** {@code auto}, {@code scroll} or {@code off}: what the mouse does. */
    MOUSE,
    /** {@code fullscreen} or {@code inline}: which part of the terminal is used. */
    SURFACE,
    /** {@code normal} or {@code vim}: keys of the composer. */
    EDITOR,
    /** {@code shown} or {@code hidden}: the list of tasks. */
    TODOS
  }
}
