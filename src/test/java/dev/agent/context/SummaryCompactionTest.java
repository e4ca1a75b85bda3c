package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.ContentBlock.Text;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelException;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.model.ModelRequest.Thinking;
import dev.agent.runtime.Cancellation;
import dev.agent.testing.ScriptedModel;
import dev.agent.testing.TestTool;
import dev.agent.tool.ToolRegistry;
import dev.agent.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryCompactionTest {
  private static final ModelInfo MODEL = Catalog.load(Json.object()).resolve("sonnet");
  private static final Budget BUDGET = Budget.of(MODEL, 32_000);
  private static final RequestAssembler ASSEMBLER =
      new RequestAssembler(
          MODEL.id(),
          new ToolRegistry(List.of(TestTool.reading("Look", (_, _) -> ToolResult.text("")))),
          List.of(new SystemText("the system prompt", true)),
          new Thinking.Unset(),
          Optional.empty(),
          false);

  private final ScriptedModel model = new ScriptedModel();
  private final Ledger ledger = new Ledger();

  private SummaryCompaction compaction(String focus) {
    return new SummaryCompaction(
        model,
        MODEL,
        ledger,
        ASSEMBLER,
        () -> "<system-reminder>instructions of now</system-reminder>",
        focus);
  }

  private Optional<Compaction> compact(Conversation conversation)
      throws ModelException, InterruptedException {
    return compaction("").compact(conversation, BUDGET, Cancellation.root());
  }

  private static Message call(int n) {
    return Message.assistant(
        List.of(
            new ContentBlock.Thinking("hm", "signature " + n),
            new ContentBlock.ToolUse("call-" + n, "Look", Json.object())));
  }

  private static Message result(int n, int chars) {
    return Message.user(
        List.of(ContentBlock.ToolResult.text("call-" + n, "x".repeat(chars), false)));
  }

  private static Message says(String text) {
    return Message.assistant(List.of(new Text(text)));
  }

  /** Two turns with much reading each, and a short third one. */
  private static Conversation threeTurns() {
    List<Message> messages = new ArrayList<>();
    messages.add(Message.user("<system-reminder>instructions of then</system-reminder>first wish"));
    for (int n = 0; n < 3; n++) {
      messages.add(call(n));
      messages.add(result(n, 20_000));
    }
    messages.add(says("first done"));
    messages.add(Message.user("second wish"));
    messages.add(says("second done"));
    messages.add(Message.user("third wish"));
    messages.add(says("third done"));
    return new Conversation(messages);
  }

  @Test
  void theOlderPartBecomesASummaryAndTheLatestMessagesStay() throws Exception {
    model.says("<summary>what happened</summary>");

    Compaction done = compact(threeTurns()).orElseThrow();

    assertThat(done.summary()).isEqualTo("what happened");
    List<Message> messages = done.conversation().messages();
    String first = messages.getFirst().text();
    assertThat(first)
        .contains("instructions of now")
        .contains("what happened")
        .doesNotContain("instructions of then");
    assertThat(messages.subList(1, messages.size()))
        .containsExactly(
            says("first done"),
            Message.user("second wish"),
            says("second done"),
            Message.user("third wish"),
            says("third done"));
    assertThat(done.tokensAfter()).isLessThan(done.tokensBefore() / 10);
  }

  @Test
  void theRequestBeginsLikeThoseOfTheSession() throws Exception {
    model.says("short");
    Conversation talk = threeTurns();

    compact(talk);

    ModelRequest ordinary = ASSEMBLER.assemble(talk.plus(Message.user("next")), 1_000, _ -> {});
    ModelRequest asked = model.requests().getFirst();
    assertThat(asked.system()).isEqualTo(ordinary.system());
    assertThat(asked.tools()).isEqualTo(ordinary.tools());
    int same = talk.messages().size();
    assertThat(asked.messages().subList(0, same)).isEqualTo(ordinary.messages().subList(0, same));
    assertThat(asked.maxTokens()).isLessThanOrEqualTo(20_000);
    assertThat(ledger.lines()).containsKey(MODEL.id());
  }

  @Test
  void whatThePersonCaresAboutStandsInTheDemand() throws Exception {
    model.says("short");

    compaction("the names of the tables").compact(threeTurns(), BUDGET, Cancellation.root());

    Message demand = model.requests().getFirst().messages().getLast();
    assertThat(demand.text()).contains("the names of the tables");
  }

  @Test
  void aToolCallIsNoSummary() throws Exception {
    model.calls(ScriptedModel.call("x", "Look")).says("the summary");

    Compaction done = compact(threeTurns()).orElseThrow();

    assertThat(done.summary()).isEqualTo("the summary");
    assertThat(model.requests()).hasSize(2);
  }

  @Test
  void twoToolCallsEndTheAttempt() throws Exception {
    model.calls(ScriptedModel.call("x", "Look")).calls(ScriptedModel.call("y", "Look"));

    assertThat(compact(threeTurns())).isEmpty();
  }

  @Test
  void aConversationThatIsTooLongIsShortenedForTheSummary() throws Exception {
    model
        .answer(
            "",
            new ScriptedModel.Happening.Fail(
                new ModelException(ModelException.Kind.CONTEXT_TOO_LONG, "too long")))
        .says("the summary");

    assertThat(compact(threeTurns())).isPresent();
    long first = ContextUse.chars(model.requests().get(0).messages());
    long second = ContextUse.chars(model.requests().get(1).messages());
    assertThat(second).isLessThan(first / 4);
  }

  @Test
  void otherFailuresAreTheCallers() {
    model.answer(
        "",
        new ScriptedModel.Happening.Fail(
            new ModelException(ModelException.Kind.BILLING, "no money")));

    assertThatThrownBy(() -> compact(threeTurns())).isInstanceOf(ModelException.class);
  }

  @Test
  void aRefusalLeavesTheConversation() throws Exception {
    model.answer("refusal", new ScriptedModel.Happening.Block(new Text("no")));

    assertThat(compact(threeTurns())).isEmpty();
  }

  @Test
  void aShortConversationIsNotWorthIt() throws Exception {
    Conversation talk = new Conversation(List.of(Message.user("hello"), says("hello")));
    model.says("a summary that is longer than the conversation was, by far".repeat(10));

    assertThat(compact(talk)).isEmpty();
  }

  @Test
  void thePromptOfALongTurnStaysWordForWord() throws Exception {
    List<Message> messages = new ArrayList<>();
    messages.add(Message.user("do \"exactly\" this"));
    for (int n = 0; n < 8; n++) {
      messages.add(call(n));
      messages.add(result(n, 30_000));
    }
    messages.add(says("done"));
    model.says("the summary");

    Compaction compaction = compact(new Conversation(messages)).orElseThrow();

    assertThat(compaction.conversation().messages().getFirst().content())
        .contains(new Text("do \"exactly\" this"));
  }

  @Test
  void thinkingOfTheKeptPartIsLeftOut() throws Exception {
    List<Message> messages = new ArrayList<>(threeTurns().messages());
    messages.add(Message.user("fourth"));
    messages.add(call(99));
    messages.add(result(99, 10));
    messages.add(says("fourth done"));
    model.says("the summary");

    Conversation shorter = compact(new Conversation(messages)).orElseThrow().conversation();

    assertThat(shorter.messages())
        .allMatch(
            message ->
                message.content().stream().noneMatch(ContentBlock.Thinking.class::isInstance));
    assertThat(shorter.messages()).anyMatch(message -> !message.toolUses().isEmpty());
  }

  @Test
  void whateverTheHistoryTheResultNeedsNoMending() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      Conversation talk = randomTalk(random);
      model.says("the summary");
      Optional<Compaction> done = compact(talk);
      if (done.isPresent()) {
        List<String> repairs = new ArrayList<>();
        Conversation shorter = done.get().conversation();
        Conversation sent = WellFormed.of(shorter.plus(Message.user("go on")), repairs::add);
        assertThat(repairs).as("round " + round).isEmpty();
        assertThat(sent.messages().getFirst().role()).isEqualTo(Role.USER);
      }
    }
  }

  private static Conversation randomTalk(Random random) {
    List<Message> messages = new ArrayList<>();
    int n = 0;
    for (int turn = 0; turn <= random.nextInt(6); turn++) {
      messages.add(Message.user("wish " + turn + "w".repeat(random.nextInt(3_000))));
      for (int step = random.nextInt(5); step > 0; step--) {
        messages.add(call(n));
        messages.add(result(n, random.nextInt(20_000)));
        n++;
      }
      messages.add(says("done " + "d".repeat(random.nextInt(3_000))));
    }
    return new Conversation(messages);
  }
}
