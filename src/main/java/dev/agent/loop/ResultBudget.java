package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import dev.agent.tool.ToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts results down to what the model needs: head and tail of about two kilobytes and the path of
 * the whole text.
 */
final class ResultBudget {
  private static final int HEAD_CHARS = 1_200;
  private static final int TAIL_CHARS = 800;

  private final Overflow overflow;

  ResultBudget(Overflow overflow) {
    this.overflow = overflow;
  }

  /**
   * The result itself when it fits, else one with a preview. Pictures and documents are left as
   * they are.
   */
  ToolResult fit(String toolUseId, int maxChars, ToolResult result) {
    long chars = 0;
    StringBuilder text = new StringBuilder();
    List<ContentBlock> others = new ArrayList<>();
    for (ContentBlock block : result.forModel()) {
      if (block instanceof ContentBlock.Text(String part, _)) {
        chars += part.length();
      } else {
        others.add(block);
      }
    }
    if (chars <= maxChars) {
      return result;
    }
    for (ContentBlock block : result.forModel()) {
      if (block instanceof ContentBlock.Text(String part, _)) {
        text.append(part);
      }
    }
    String whole = text.toString();
    Optional<Path> kept = overflow.keep(toolUseId, whole);
    List<ContentBlock> cut = new ArrayList<>(MessageJson.text(preview(whole, kept)));
    cut.addAll(others);
    return new ToolResult(cut, result.forPerson(), result.isError());
  }

  private static String preview(String whole, Optional<Path> kept) {
    int head = boundary(whole, HEAD_CHARS);
    int tail = boundary(whole, whole.length() - TAIL_CHARS);
    String where =
        kept.map(
                path ->
                    "The whole result ("
                        + whole.length()
                        + " characters) is in "
                        + path
                        + "; read the part you need with Read (offset, limit) or search it with"
                        + " Grep.")
            .orElse(
                "The whole result had "
                    + whole.length()
                    + " characters and could not be stored; ask for less.");
    return where
        + "\n\nIt begins:\n"
        + whole.substring(0, head)
        + "\n\n[… "
        + (tail - head)
        + " characters left out …]\n\n"
        + whole.substring(tail);
  }

  /** Never between the halves of a surrogate pair. */
  private static int boundary(String text, int at) {
    return at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at)) ? at - 1 : at;
  }
}
