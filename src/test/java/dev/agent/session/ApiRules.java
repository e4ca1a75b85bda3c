package dev.agent.session;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The rules of the Messages API for a list of messages, after the merging of neighbours with one
 * role.
 */
final class ApiRules {
  private ApiRules() {}

  /** What is wrong; empty when nothing is. */
  static List<String> broken(Conversation conversation) {
    List<String> faults = new ArrayList<>();
    List<Message> messages = merged(conversation.messages(), faults);
    Set<String> ids = new HashSet<>();
    Set<String> due = new HashSet<>();
    for (int i = 0; i < messages.size(); i++) {
      Message message = messages.get(i);
      if (i == 0 && message.role() != Role.USER) {
        faults.add("the first message is not the user's");
      }
      if (message.role() == Role.USER) {
        user(message, due, faults);
      } else {
        due = assistant(message, ids, faults);
      }
    }
    if (!due.isEmpty()) {
      faults.add("no results for " + due);
    }
    return faults;
  }

  private static void user(Message message, Set<String> due, List<String> faults) {
    boolean others = false;
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.ToolResult result -> {
          if (!due.remove(result.toolUseId())) {
            faults.add("unexpected result " + result.toolUseId());
          }
          if (others) {
            faults.add("a result after other blocks");
          }
        }
        case ContentBlock.ToolUse _, ContentBlock.Thinking _, ContentBlock.RedactedThinking _ ->
            faults.add("assistant block in a user message");
        case ContentBlock.Unknown(var raw) -> faults.add("unknown block " + raw);
        default -> others = true;
      }
      text(block, faults);
    }
    if (!due.isEmpty()) {
      faults.add("no results for " + due);
      due.clear();
    }
  }

  private static Set<String> assistant(Message message, Set<String> ids, List<String> faults) {
    Set<String> due = new HashSet<>();
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.ToolUse use -> {
          if (!ids.add(use.id())) {
            faults.add("id twice: " + use.id());
          }
          due.add(use.id());
        }
        case ContentBlock.ToolResult _ -> faults.add("result in an answer");
        case ContentBlock.Unknown(var raw) -> faults.add("unknown block " + raw);
        default -> {}
      }
      text(block, faults);
    }
    return due;
  }

  private static void text(ContentBlock block, List<String> faults) {
    if (block instanceof ContentBlock.Text text && text.text().isBlank()) {
      faults.add("blank text");
    }
  }

  private static List<Message> merged(List<Message> messages, List<String> faults) {
    List<Message> out = new ArrayList<>();
    for (Message message : messages) {
      if (message.content().isEmpty()) {
        faults.add("empty message");
      }
      if (!out.isEmpty() && out.getLast().role() == message.role()) {
        List<ContentBlock> both = new ArrayList<>(out.removeLast().content());
        both.addAll(message.content());
        out.add(new Message(message.role(), both));
      } else {
        out.add(message);
      }
    }
    return out;
  }
}
