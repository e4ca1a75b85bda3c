package dev.agent.session;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes any list of messages one that the service accepts, and leaves a good one as it is: the
 * first message is the user's, each tool use has exactly one result in what follows, results come
 * first, nothing is empty. Where something that was once sent is missing or changed, later thinking
 * blocks are dropped, because they are bound to the words before them.
 */
final class ConversationRepair {
  private static final String GAP =
      "[Part of the conversation is missing here: the session's file was damaged.]";

  private final OpenCalls calls;
  private final List<Problem> problems;
  private final List<Message> out = new ArrayList<>();
  private final List<OpenTool> open = new ArrayList<>();
  private final List<Entry> repairs = new ArrayList<>();
  private final Set<String> usedIds = new HashSet<>();
  private final Map<String, ContentBlock.ToolUse> pending = new LinkedHashMap<>();
  private boolean altered;

  ConversationRepair(OpenCalls calls, List<Problem> problems) {
    this.calls = calls;
    this.problems = problems;
  }

  void run(List<Chain.Step> steps) {
    for (int i = 0; i < steps.size(); i++) {
      Chain.Step step = steps.get(i);
      altered |= step.gapBefore();
      if (step.message().role() == Role.ASSISTANT) {
        assistant(step.message());
      } else if (step.message().role() == Role.USER && !pending.isEmpty()) {
        int end = i + 1;
        while (end < steps.size() && steps.get(end).message().role() == Role.USER) {
          end++;
        }
        answers(steps.subList(i, end));
        i = end - 1;
      } else {
        add(withoutResults(step.message(), Set.of()));
      }
    }
    if (!pending.isEmpty()) {
      Message results = Message.user(missing(true));
      repairs.add(new Entry.User(results, Entry.Origin.TOOL_RESULTS));
      out.add(results);
      pending.clear();
    }
  }

  Conversation conversation() {
    return new Conversation(out);
  }

  List<OpenTool> openTools() {
    return open;
  }

  List<Entry> repairs() {
    return repairs;
  }

  private void assistant(Message given) {
    if (!pending.isEmpty()) {
      altered = true;
      out.add(Message.user(missing(false)));
      pending.clear();
    } else if (out.isEmpty() || out.getLast().role() == Role.ASSISTANT) {
      altered = true;
      problem("a message of the user is missing before an answer; a note takes its place");
      out.add(Message.user(GAP));
    }
    List<ContentBlock> content = new ArrayList<>();
    for (ContentBlock block : given.content()) {
      if (block instanceof ContentBlock.ToolUse use) {
        if (use.id().isEmpty() || use.name().isEmpty() || !usedIds.add(use.id())) {
          problem("a tool call without id or name, or with the id of an earlier one, is left out");
          continue;
        }
        pending.put(use.id(), use);
      } else if (block instanceof ContentBlock.ToolResult || !isSound(block)) {
        problem("an empty or misplaced block of an answer is left out");
        continue;
      }
      content.add(block);
    }
    Message message = content.size() == given.content().size() ? given : Message.assistant(content);
    altered |= content.size() != given.content().size();
    if (altered) {
      Message without = Chain.withoutThinking(message);
      if (without.content().size() != message.content().size()) {
        problem("thinking is left out of an answer, as what came before it has changed");
      }
      message = without;
    }
    if (!message.content().isEmpty()) {
      out.add(message);
    }
  }

  /** The user's messages that follow tool uses. */
  private void answers(List<Chain.Step> steps) {
    if (answersAll(steps.getFirst().message())) {
      Set<String> ids = Set.copyOf(pending.keySet());
      pending.clear();
      add(withoutResults(steps.getFirst().message(), ids));
      for (Chain.Step step : steps.subList(1, steps.size())) {
        altered |= step.gapBefore();
        add(withoutResults(step.message(), Set.of()));
      }
      return;
    }
    altered = true;
    Map<String, ContentBlock.ToolResult> given = new LinkedHashMap<>();
    List<Message> others = new ArrayList<>();
    for (Chain.Step step : steps) {
      List<ContentBlock> rest = new ArrayList<>();
      for (ContentBlock block : step.message().content()) {
        if (!(block instanceof ContentBlock.ToolResult result)) {
          rest.add(block);
        } else if (!pending.containsKey(result.toolUseId())
            || given.putIfAbsent(result.toolUseId(), result) != null) {
          orphan(result);
        }
      }
      others.add(new Message(Role.USER, rest));
    }
    List<ContentBlock> results = new ArrayList<>();
    for (ContentBlock.ToolUse use : pending.values()) {
      ContentBlock.ToolResult result = given.get(use.id());
      results.add(result == null ? answer(use, false) : result);
    }
    pending.clear();
    out.add(Message.user(results));
    for (Message other : others) {
      add(other);
    }
  }

  /** Whether a message has exactly the results that are due, before anything else. */
  private boolean answersAll(Message message) {
    Set<String> due = new HashSet<>(pending.keySet());
    boolean others = false;
    for (ContentBlock block : message.content()) {
      if (block instanceof ContentBlock.ToolResult result) {
        if (others || !due.remove(result.toolUseId())) {
          return false;
        }
      } else {
        others = true;
      }
    }
    return due.isEmpty();
  }

  private List<ContentBlock> missing(boolean atEnd) {
    List<ContentBlock> results = new ArrayList<>();
    for (ContentBlock.ToolUse use : pending.values()) {
      results.add(answer(use, atEnd));
    }
    return results;
  }

  private ContentBlock.ToolResult answer(ContentBlock.ToolUse use, boolean atEnd) {
    OpenTool state = calls.state(use, atEnd);
    if (atEnd) {
      open.add(state);
    }
    problem(
        "call "
            + use.id()
            + " of "
            + use.name()
            + switch (state.state()) {
              case DONE -> " had ended; its recorded result is used";
              case NOT_STARTED -> " was not carried out; the model is told so";
              case UNKNOWN -> " was interrupted; the model is told to check before repeating it";
            });
    return calls.result(state);
  }

  private Message withoutResults(Message message, Set<String> allowed) {
    List<ContentBlock> kept = new ArrayList<>(message.content().size());
    for (ContentBlock block : message.content()) {
      switch (block) {
        case ContentBlock.ToolResult result when !allowed.contains(result.toolUseId()) ->
            orphan(result);
        case ContentBlock.ToolUse _, ContentBlock.Thinking _, ContentBlock.RedactedThinking _ ->
            problem("a block that only an answer can hold is left out of a user's message");
        default -> {
          if (isSound(block)) {
            kept.add(block);
          } else {
            problem("an empty or broken block of a user's message is left out");
          }
        }
      }
    }
    if (kept.size() == message.content().size()) {
      return message;
    }
    altered = true;
    return new Message(message.role(), kept);
  }

  private void orphan(ContentBlock.ToolResult result) {
    altered = true;
    problem(
        "the result of call " + result.toolUseId() + " is left out, as the call itself is missing");
  }

  private static boolean isSound(ContentBlock block) {
    return switch (block) {
      case ContentBlock.Text text -> !text.text().isBlank();
      case ContentBlock.Unknown(var raw) ->
          switch (raw.path("type").asText("")) {
            // A known kind that could not be read as such lacks what it needs.
            case "",
                "text",
                "thinking",
                "redacted_thinking",
                "tool_use",
                "tool_result",
                "image",
                "document" ->
                false;
            default -> true;
          };
      default -> true;
    };
  }

  private void add(Message message) {
    if (!message.content().isEmpty()) {
      out.add(message);
    }
  }

  private void problem(String text) {
    problems.add(new Problem(0, text));
  }
}
