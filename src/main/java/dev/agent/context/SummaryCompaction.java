package dev.agent.context;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.model.Ledger;
import dev.agent.model.ModelClient;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.runtime.Cancellation;
import dev.agent.text.Clip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Replaces the older part of a conversation by a summary that the model itself writes. The request
 * for it begins with the same bytes as those of the session, so that the service reads them from
 * its cache; only the demand for a summary is new. The latest messages stay word for word, and so
 * does the latest prompt; calls and their results stay together. Thinking in the part that stays is
 * left out: it is bound to the words that stood before it.
 */
public final class SummaryCompaction implements CompactionStrategy {
  /** What a summary may be long; longer ones were not seen in practice. */
  private static final int MAX_SUMMARY_TOKENS = 20_000;

  /** The part that stays: at most so much, and at most so large a share of all. */
  private static final long MAX_KEPT_TOKENS = 20_000;

  private static final int KEPT_SHARE = 4;

  /** Results are cut to this length when the conversation is too long even to be summarised. */
  private static final int SHORT_RESULT_CHARS = 2_000;

  private static final String NO_TOOLS =
      "A tool call is no answer to this, and none is run now: write the summary itself, as text.";

  private final ModelClient client;
  private final ModelInfo model;
  private final Ledger ledger;
  private final RequestAssembler assembler;
  private final Supplier<String> reminder;
  private final String focus;

  /**
   * @param ledger takes what the summary costs
   * @param assembler that of the session
   * @param reminder the instruction files as they are now, sent anew in front of the summary; empty
   *     when there are none
   * @param focus what the person wants the summary to take care of; may be empty
   */
  public SummaryCompaction(
      ModelClient client,
      ModelInfo model,
      Ledger ledger,
      RequestAssembler assembler,
      Supplier<String> reminder,
      String focus) {
    this.client = client;
    this.model = model;
    this.ledger = ledger;
    this.assembler = assembler;
    this.reminder = reminder;
    this.focus = focus;
  }

  @Override
  public Optional<Compaction> compact(
      Conversation conversation, Budget budget, Cancellation cancellation)
      throws ModelException, InterruptedException {
    List<Message> messages = conversation.messages();
    int cut = cut(messages, budget);
    if (cut < 2) {
      return Optional.empty();
    }
    Optional<String> summary = summarise(conversation, cancellation);
    if (summary.isEmpty()) {
      return Optional.empty();
    }
    Conversation shorter = joined(messages, cut, summary.get());
    long before = budget.tokens(conversation);
    long after = budget.tokens(shorter);
    return after < before
        ? Optional.of(new Compaction(shorter, summary.get(), before, after))
        : Optional.empty();
  }

  /**
   * Where the part that stays begins: at a prompt or an answer, so that no result loses its call.
   */
  private static int cut(List<Message> messages, Budget budget) {
    long all = budget.tokens(ContextUse.chars(messages));
    long most = Math.min(MAX_KEPT_TOKENS, all / KEPT_SHARE);
    int cut = messages.size();
    for (int i = messages.size() - 1; i > 0; i--) {
      if (budget.tokens(ContextUse.chars(messages.subList(i, messages.size()))) > most) {
        break;
      }
      if (!holdsResults(messages.get(i))) {
        cut = i;
      }
    }
    return cut;
  }

  private static boolean holdsResults(Message message) {
    return message.content().stream().anyMatch(ContentBlock.ToolResult.class::isInstance);
  }

  private Optional<String> summarise(Conversation conversation, Cancellation cancellation)
      throws ModelException, InterruptedException {
    Conversation asked = conversation;
    try {
      return ask(asked, cancellation);
    } catch (ModelException e) {
      boolean tooLong =
          e.kind() == ModelException.Kind.CONTEXT_TOO_LONG
              || e.kind() == ModelException.Kind.TOO_LARGE
              || e.kind() == ModelException.Kind.MEDIA;
      if (!tooLong) {
        throw e;
      }
      return ask(shortened(asked), cancellation);
    }
  }

  private Optional<String> ask(Conversation conversation, Cancellation cancellation)
      throws ModelException, InterruptedException {
    Conversation asked = conversation.plus(Message.user(demand()));
    ModelReply reply = sample(asked, cancellation);
    if (!reply.message().toolUses().isEmpty()) {
      // The tools stay in the request because they are part of the cached prefix.
      reply = sample(conversation.plus(Message.user(demand() + "\n\n" + NO_TOOLS)), cancellation);
    }
    boolean refused = reply.stopReason().equals("refusal");
    String text = summaryOf(reply.message().text());
    return refused || text.isBlank() || !reply.message().toolUses().isEmpty()
        ? Optional.empty()
        : Optional.of(
            reply.stopReason().equals("max_tokens") ? text + "\n[The summary ends here.]" : text);
  }

  private ModelReply sample(Conversation asked, Cancellation cancellation)
      throws ModelException, InterruptedException {
    ModelRequest request =
        assembler.assemble(asked, Math.min(MAX_SUMMARY_TOKENS, model.maxOutput()), _ -> {});
    try (ModelStream stream = client.open(request, cancellation)) {
      while (stream.hasNext()) {
        if (stream.next() instanceof StreamEvent.Completed(ModelReply reply)) {
          ledger.add(model, reply.usage());
          return reply;
        }
      }
    }
    throw new ModelException(
        ModelException.Kind.INCOMPLETE, "The summary was not finished. Try again.");
  }

  private String demand() {
    String text = resource("compact.md");
    return focus.isBlank()
        ? text
        : text + "\n\nThe user asks you to take special care of this: " + focus.strip();
  }

  private static String summaryOf(String text) {
    int from = text.indexOf("<summary>");
    if (from < 0) {
      return text.strip();
    }
    int to = text.lastIndexOf("</summary>");
    return (to > from
            ? text.substring(from + "<summary>".length(), to)
            : text.substring(from + "<summary>".length()))
        .strip();
  }

  private Conversation joined(List<Message> messages, int cut, String summary) {
    List<ContentBlock> first = new ArrayList<>();
    String instructions = reminder.get();
    if (!instructions.isBlank()) {
      first.add(new ContentBlock.Text(instructions));
    }
    first.add(new ContentBlock.Text(resource("compacted.md").replace("{summary}", summary)));
    List<Message> kept = messages.subList(cut, messages.size());
    boolean hasPrompt = kept.stream().anyMatch(SummaryCompaction::isPrompt);
    if (!hasPrompt) {
      messages.subList(0, cut).stream()
          .filter(SummaryCompaction::isPrompt)
          .reduce((_, later) -> later)
          .ifPresent(
              prompt -> {
                first.add(new ContentBlock.Text("The user's latest message, word for word:"));
                first.addAll(withoutReminders(prompt));
              });
    }
    List<Message> all = new ArrayList<>();
    if (!kept.isEmpty() && kept.getFirst().role() != Role.ASSISTANT) {
      first.addAll(kept.getFirst().content());
      kept = kept.subList(1, kept.size());
    }
    all.add(Message.user(first));
    kept.forEach(message -> all.add(withoutThinking(message)));
    return new Conversation(all);
  }

  private static boolean isPrompt(Message message) {
    return message.role() == Role.USER
        && !holdsResults(message)
        && !withoutReminders(message).isEmpty();
  }

  private static List<ContentBlock> withoutReminders(Message message) {
    return message.content().stream()
        .filter(
            block ->
                !(block instanceof ContentBlock.Text(String text, _)
                    && text.startsWith("<system-reminder>")))
        .toList();
  }

  private static Message withoutThinking(Message message) {
    List<ContentBlock> content =
        message.content().stream()
            .filter(
                block ->
                    !(block instanceof ContentBlock.Thinking)
                        && !(block instanceof ContentBlock.RedactedThinking))
            .toList();
    if (content.size() == message.content().size()) {
      return message;
    }
    return new Message(
        message.role(), content.isEmpty() ? List.of(new ContentBlock.Text("(no words)")) : content);
  }

  /** Long results cut down and pictures left out: rather a summary of most than none. */
  private static Conversation shortened(Conversation conversation) {
    List<Message> messages = new ArrayList<>();
    for (Message message : conversation.messages()) {
      messages.add(new Message(message.role(), shortened(message.content())));
    }
    return new Conversation(messages);
  }

  private static List<ContentBlock> shortened(List<ContentBlock> blocks) {
    List<ContentBlock> out = new ArrayList<>(blocks.size());
    for (ContentBlock block : blocks) {
      switch (block) {
        case ContentBlock.Image _, ContentBlock.Document _ ->
            out.add(new ContentBlock.Text("[A picture or document stood here.]"));
        case ContentBlock.ToolResult(String id, var content, boolean isError, var extra) ->
            out.add(new ContentBlock.ToolResult(id, cut(content), isError, extra));
        case ContentBlock.Thinking _, ContentBlock.RedactedThinking _ -> {}
        case ContentBlock.Text _, ContentBlock.ToolUse _, ContentBlock.Unknown _ -> out.add(block);
      }
    }
    return out;
  }

  private static List<ContentBlock> cut(List<ContentBlock> content) {
    List<ContentBlock> out = new ArrayList<>(content.size());
    for (ContentBlock block : shortened(content)) {
      boolean isLong =
          block instanceof ContentBlock.Text(String text, _) && text.length() > SHORT_RESULT_CHARS;
      out.add(
          isLong
              ? new ContentBlock.Text(
                  Clip.head(((ContentBlock.Text) block).text(), SHORT_RESULT_CHARS)
                      + "\n[… the rest was left out here]")
              : block);
    }
    return out;
  }

  private static String resource(String name) {
    try (InputStream in = SummaryCompaction.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
