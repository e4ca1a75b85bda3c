package dev.agent.tui.view;

import dev.agent.context.AttachedFile;
import dev.agent.message.ContentBlock;
import dev.agent.message.Message;
import dev.agent.text.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a person said in a message, without what the program put beside it. */
final class Prompts {
  private static final String REMINDER = "<system-reminder>";

  private Prompts() {}

  static Optional<Content.Prompt> of(Message message, SourceStore store) {
    StringBuilder text = new StringBuilder();
    List<String> attachments = new ArrayList<>();
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.Text(String part, _) -> {
          Optional<String> file = AttachedFile.nameOf(block);
          if (file.isPresent()) {
            attachments.add("[" + Visible.of(file.get()) + "]");
          } else if (!part.isBlank() && !part.stripLeading().startsWith(REMINDER)) {
            text.append(text.isEmpty() ? "" : "\n").append(part.strip());
          }
        }
        case ContentBlock.Image(var source, _) ->
            attachments.add("[" + Visible.of(source.path("media_type").asText("image")) + "]");
        case ContentBlock.Document(var source, _) ->
            attachments.add("[" + Visible.of(source.path("media_type").asText("document")) + "]");
        case ContentBlock.Thinking _,
            ContentBlock.RedactedThinking _,
            ContentBlock.ToolUse _,
            ContentBlock.ToolResult _,
            ContentBlock.Unknown _ -> {}
      }
    }
    return text.isEmpty() && attachments.isEmpty()
        ? Optional.empty()
        : Optional.of(new Content.Prompt(Source.of(text.toString(), store), attachments));
  }
}
