package dev.agent.tui.cell;

import java.io.IOException;

/**
 * The driver's side of a terminal: line discipline, size, job control. Calls come from any thread,
 * one at a time.
 */
interface Tty {
  /** What the driver is set to, as the system keeps it. */
  byte[] attributes() throws IOException;

  /** Sets the driver to what {@link #attributes} gave. */
  void set(byte[] attributes) throws IOException;

  /** The same attributes with every byte handed through as it is. */
  byte[] raw(byte[] attributes) throws IOException;

  /** Columns in the upper 16 bits and rows in the lower ones; 0 if nobody knows. */
  int size();

  /** Stops this process and all of its job, until somebody continues it. */
  void stop();
}
