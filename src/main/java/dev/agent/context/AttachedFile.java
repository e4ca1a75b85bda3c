package dev.agent.context;

import dev.agent.message.ContentBlock;
import java.util.Optional;

/**
 * The content of a file that a prompt names, as a block of a message: data, marked as such, with
 * the name in front. Whoever shows a prompt to a person leaves these blocks out: {@link #nameOf}.
 */
public final class AttachedFile {
  private static final String OPENING = "<attached-file name=\"";
  private static final String CLOSING = "</attached-file";

  private AttachedFile() {}

  /** The block; what looks like the mark inside of the text can't end it. */
  static ContentBlock block(String name, String text) {
    return new ContentBlock.Text(
        OPENING
            + name.replace("\"", "'").replace("\n", " ")
            + "\">\n"
            + text.replace(CLOSING, "<\\/attached-file").stripTrailing()
            + "\n"
            + CLOSING
            + ">");
  }

  /** The name in such a block; empty for all other blocks. */
  public static Optional<String> nameOf(ContentBlock block) {
    if (block instanceof ContentBlock.Text(String text, _)
        && text.startsWith(OPENING)
        && text.endsWith(CLOSING + ">")) {
      int end = text.indexOf("\">\n", OPENING.length());
      return end < 0 ? Optional.empty() : Optional.of(text.substring(OPENING.length(), end));
    }
    return Optional.empty();
  }
}
