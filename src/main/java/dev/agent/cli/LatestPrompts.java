package dev.agent.cli;

import dev.agent.context.AttachedFile;
import dev.agent.loop.AgentEvent;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.text.Clip;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the person wrote last in this session, without any result of a tool. Thread-safe. */
final class LatestPrompts implements Consumer<AgentEvent> {
  private static final int MAX_PROMPTS = 5;
  private static final int MAX_CHARS = 4_000;

  private final List<String> texts = new ArrayList<>();

  @Override
  public synchronized void accept(AgentEvent event) {
    if (event instanceof AgentEvent.UserAppended(Message message, AgentEvent.Origin origin)
        && origin == AgentEvent.Origin.PROMPT) {
      String text = written(message);
      if (!text.isBlank()) {
        texts.add(Clip.head(text, MAX_CHARS));
        if (texts.size() > MAX_PROMPTS) {
          texts.removeFirst();
        }
      }
    }
  }

  /**
   * What the agent itself adds, such as a project's instructions or the content of attached files,
   * is nobody's wish.
   */
  private static String written(Message message) {
    StringBuilder text = new StringBuilder();
    for (ContentBlock block : message.content()) {
      if (block instanceof ContentBlock.Text(String part, var _)
          && !part.startsWith("<system-reminder>")
          && AttachedFile.nameOf(block).isEmpty()) {
        text.append(part).append('\n');
      }
    }
    return text.toString().strip();
  }

  /** The latest prompts, oldest first. */
  synchronized List<String> texts() {
    return List.copyOf(texts);
  }
}
