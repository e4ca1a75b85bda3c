package dev.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.message.ContentBlock.Text;
import dev.agent.message.ContentBlock.ToolResult;
import dev.agent.message.ContentBlock.ToolUse;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WellFormedTest {
  private final List<String> repairs = new ArrayList<>();

  private List<Message> shaped(Message... messages) {
    return WellFormed.of(new Conversation(List.of(messages)), repairs::add).messages();
  }

  private static ToolUse call(String id) {
    return new ToolUse(id, "Read", Json.object());
  }

  private static ToolResult result(String id) {
    return ToolResult.text(id, "result of " + id, false);
  }

  @Test
  void aWellFormedHistoryComesOutAsItWentIn() {
    Message[] history = {
      Message.user("do it"), Message.assistant(List.of(new Text("I look"), call("a"), call("b"))),
      Message.user(List.of(result("a"), result("b"), new Text("and hurry"))),
          Message.assistant(List.of(new Text("done"))),
      Message.user("thanks")
    };
    assertThat(shaped(history)).containsExactly(history);
    assertThat(repairs).isEmpty();
  }

  @Test
  void neighboursOfOneRoleAreJoined() {
    assertThat(shaped(Message.user("a"), Message.user("b")))
        .containsExactly(Message.user(List.of(new Text("a"), new Text("b"))));
    assertThat(repairs).isEmpty();
  }

  @Test
  void callsWithoutResultsGetOneThatSaysSo() {
    List<Message> shaped =
        shaped(
            Message.user("go"),
            Message.assistant(List.of(call("a"), call("b"))),
            Message.user(List.of(result("b"))));
    List<ContentBlock> results = shaped.get(2).content();
    assertThat(results).hasSize(2);
    assertThat(((ToolResult) results.getFirst()).toolUseId()).isEqualTo("a");
    assertThat(((ToolResult) results.getFirst()).isError()).isTrue();
    assertThat(results.get(1)).isEqualTo(result("b"));
    assertThat(repairs).containsExactly("call a had no result; one was put in that says so");
  }

  @Test
  void callsAtTheEndAreAnswered() {
    List<Message> shaped = shaped(Message.user("go"), Message.assistant(List.of(call("a"))));
    assertThat(shaped).hasSize(3);
    assertThat(shaped.getLast().role()).isEqualTo(Role.USER);
  }

  @Test
  void namesAndIdsThatTheServiceWouldNotTakeBackAreSpelledOtherwise() {
    for (var name :
        Map.of(
                "",
                "unnamed",
                "Bash ",
                "Bash_",
                "a.b$c",
                "a_b_c",
                "B\u0430sh",
                "B_sh",
                "x".repeat(500),
                "x".repeat(128),
                "mcp__a__b-c",
                "mcp__a__b-c")
            .entrySet()) {
      List<Message> shaped =
          shaped(
              Message.user("go"),
              Message.assistant(List.of(new ToolUse("id: 1", name.getKey(), Json.object()))),
              Message.user(List.of(result("id: 1"))));
      assertThat(shaped.get(1).content())
          .containsExactly(new ToolUse("id__1", name.getValue(), Json.object()));
      assertThat(((ToolResult) shaped.get(2).content().getFirst()).toolUseId()).isEqualTo("id__1");
    }
  }

  @Test
  void resultsWithoutACallAreLeftOut() {
    assertThat(shaped(Message.user(List.of(new Text("hi"), result("ghost")))))
        .containsExactly(Message.user("hi"));
    assertThat(repairs).hasSize(1);
  }

  @Test
  void resultsComeBeforeTextInTheOrderOfTheCalls() {
    List<Message> shaped =
        shaped(
            Message.user("go"),
            Message.assistant(List.of(call("a"), call("b"))),
            Message.user(List.of(new Text("note"), result("b"), result("a"))));
    assertThat(shaped.get(2).content()).containsExactly(result("a"), result("b"), new Text("note"));
  }

  @Test
  void idsThatComeAgainAreMadeUniqueTogetherWithTheirResults() {
    List<Message> shaped =
        shaped(
            Message.user("go"),
            Message.assistant(List.of(call("call_0"))),
            Message.user(List.of(result("call_0"))),
            Message.assistant(List.of(call("call_0"))),
            Message.user(List.of(result("call_0"))));
    assertThat(shaped.get(3).toolUses().getFirst().id()).isEqualTo("call_0_2");
    assertThat(((ToolResult) shaped.get(4).content().getFirst()).toolUseId()).isEqualTo("call_0_2");
    assertThat(repairs).isEmpty();
  }

  @Test
  void emptyAndBlankTextIsLeftOut() {
    List<Message> shaped =
        shaped(
            Message.user(List.of(new Text("  "), new Text("hi"))),
            Message.assistant(List.of(new Text(""))),
            Message.user("there"));
    assertThat(shaped).containsExactly(Message.user(List.of(new Text("hi"), new Text("there"))));
  }

  @Test
  void aHistoryThatBeginsWithAnAnswerGetsABeginning() {
    List<Message> shaped =
        shaped(Message.assistant(List.of(new Text("well"))), Message.user("yes?"));
    assertThat(shaped.getFirst().role()).isEqualTo(Role.USER);
    assertThat(shaped).hasSize(3);
  }

  @Test
  void anAnswerAtTheEndIsFollowedByTheUser() {
    assertThat(shaped(Message.user("a"), Message.assistant(List.of(new Text("b")))).getLast())
        .isEqualTo(Message.user("Go on."));
  }

  @Test
  void anEmptyHistoryBecomesSomethingThatCanBeSent() {
    assertThat(shaped()).hasSize(1);
  }

  @Test
  void remindersInTheSystemRoleBecomeTheUsers() {
    assertThat(shaped(Message.user("a"), new Message(Role.SYSTEM, List.of(new Text("b")))))
        .containsExactly(Message.user(List.of(new Text("a"), new Text("b"))));
  }
}
