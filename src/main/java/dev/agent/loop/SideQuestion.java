package dev.agent.loop;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.ModelException;
import dev.agent.model.ModelReply;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelStream;
import dev.agent.model.StreamEvent;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question about a conversation that does not become part of it. The request begins with the same
 * bytes as those of the loop, so that the service reads them from its cache; no tool runs, and
 * nobody is told of anything but the answer. What it costs is in the loop's ledger. Belongs to one
 * thread, which need not be the loop's.
 */
public final class SideQuestion {
  private final LoopParts parts;
  private final Spending spending;

  /**
   * @param parts those of the loop
   */
  public SideQuestion(LoopParts parts) {
    this.parts = parts;
    this.spending =
        new Spending(parts.ledger(), parts.limits().maxBudget(), parts.model().bytesPerToken());
  }

  /**
   * What the model says.
   *
   * @param cost in dollars; empty when the model has no known price
   */
  public record Answer(String text, Optional<BigDecimal> cost) {}

  /**
   * Asks and waits for the answer.
   *
   * @param conversation what the question is about
   * @param more what else the model is told
   * @throws UserError when the budget allows no answer, or there is none
   * @throws ModelException when the model can't be asked
   * @throws InterruptedException when cancelled
   */
  public Answer ask(
      Conversation conversation,
      String question,
      List<ContentBlock> more,
      Cancellation cancellation)
      throws ModelException, InterruptedException {
    List<ContentBlock> content = new ArrayList<>();
    content.add(new ContentBlock.Text(introduction()));
    content.add(new ContentBlock.Text(question));
    content.addAll(more);
    Conversation asked = conversation.plus(Message.user(content));
    BigDecimal cost = BigDecimal.ZERO;
    boolean priced = true;
    // The tools belong to what is cached, and so does the choice among them: it is made only when
    // words did not help.
    for (boolean noCalls : List.of(false, true)) {
      Booked booked = sample(asked, noCalls, cancellation);
      cost = cost.add(booked.cost().orElse(BigDecimal.ZERO));
      priced &= booked.cost().isPresent();
      if (noCalls || booked.reply().message().toolUses().isEmpty()) {
        return new Answer(text(booked.reply()), priced ? Optional.of(cost) : Optional.empty());
      }
    }
    throw new IllegalStateException("the last answer is always taken");
  }

  private record Booked(ModelReply reply, Optional<BigDecimal> cost) {}

  private Booked sample(Conversation asked, boolean noCalls, Cancellation cancellation)
      throws ModelException, InterruptedException {
    long chars = parts.assembler().chars(asked);
    int tokens =
        spending
            .affordable(parts.model(), chars, parts.outputTokens())
            .orElseThrow(
                () ->
                    new UserError(
                        "The budget of "
                            + spending.limitText()
                            + " leaves no room for a side question; "
                            + spending.spent()
                            + " is spent.",
                        "Start with a larger --max-budget-usd."));
    ModelRequest request = parts.assembler().assemble(asked, tokens, _ -> {});
    String model = request.model();
    Usage used = Usage.ZERO;
    try (ModelStream stream =
        parts.client().open(noCalls ? request.withoutCalls() : request, cancellation)) {
      while (stream.hasNext()) {
        switch (stream.next()) {
          case StreamEvent.Started(_, String by, Usage first) -> {
            model = by;
            used = first;
          }
          case StreamEvent.UsageUpdated(Usage now) -> used = now;
          case StreamEvent.Completed(ModelReply reply) -> {
            used = Usage.ZERO;
            return new Booked(
                reply, spending.book(parts.answeredBy(reply.model()), reply.usage(), chars));
          }
          default -> {}
        }
      }
    } finally {
      if (!used.equals(Usage.ZERO)) {
        // It broke off or was stopped, and is paid for nevertheless.
        spending.book(parts.answeredBy(model), used, chars);
      }
    }
    throw new ModelException(
        ModelException.Kind.INCOMPLETE, "The answer ended without its end mark.");
  }

  private static String text(ModelReply reply) {
    String text = reply.message().text().strip();
    if (reply.stopReason().equals("refusal")) {
      throw new UserError("The model declined the side question.", "");
    }
    if (text.isEmpty()) {
      throw new UserError("The model gave no answer in words.", "Ask in other words.");
    }
    return reply.stopReason().equals("max_tokens")
        ? text + "\n[The answer is cut off here.]"
        : text;
  }

  private static String introduction() {
    try (InputStream in = SideQuestion.class.getResourceAsStream("aside.md")) {
      if (in == null) {
        throw new IllegalStateException("aside.md is missing from the build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
