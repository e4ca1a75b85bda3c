package dev.agent.tools.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Display;
import dev.agent.tool.Effect;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanToolsTest {
  private static final ToolContext CONTEXT =
      new ToolContext() {
        private final Cancellation cancellation = Cancellation.root();

        @Override
        public Cancellation cancellation() {
          return cancellation;
        }

        @Override
        public void progress(String text) {}
      };

  private static ToolResult call(Tool tool, String json) throws Exception {
    ObjectNode input = (ObjectNode) new ObjectMapper().readTree(json.replace('\'', '"'));
    assertThat(tool.effect(input)).isEqualTo(Effect.NONE);
    return tool.run(new ToolCall("call-1", tool.spec().name(), input), CONTEXT);
  }

  private static String text(ToolResult result) {
    return ((ContentBlock.Text) result.forModel().getFirst()).text();
  }

  @Test
  void a_task_list_is_shown_as_it_was_written() throws Exception {
    ToolResult result =
        call(
            new TodoWrite(),
            "{'todos':[{'content':'Fix it','status':'completed','activeForm':'Fixing it'},"
                + "{'content':'Test it','status':'in_progress','activeForm':'Testing it'},"
                + "{'content':'Say it','status':'pending','activeForm':'Saying it'}]}");
    assertThat(result.isError()).isFalse();
    assertThat(result.forPerson())
        .isEqualTo(
            new Display.Todos(
                List.of(
                    new Display.Todo("Fix it", "Fixing it", "completed"),
                    new Display.Todo("Test it", "Testing it", "in_progress"),
                    new Display.Todo("Say it", "Saying it", "pending"))));
    assertThat(text(result)).doesNotContain("one at a time");
  }

  @Test
  void an_empty_list_clears_it_and_two_at_once_are_advised_against() throws Exception {
    assertThat(call(new TodoWrite(), "{'todos':[]}").forPerson())
        .isEqualTo(new Display.Todos(List.of()));
    String item = "{'content':'x','status':'in_progress','activeForm':'x'}";
    ToolResult two = call(new TodoWrite(), "{'todos':[" + item + "," + item + "]}");
    assertThat(two.isError()).isFalse();
    assertThat(text(two)).contains("one at a time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'todos':{}}",
        "{'todos':'x'}",
        "{'todos':[1]}",
        "{'todos':[{}]}",
        "{'todos':null}",
        "{'todos':[{'content':'x','status':'done','activeForm':'x'}]}",
        "{'todos':[{'content':'x','status':'pending'}]}"
      })
  void a_list_of_another_form_is_refused_in_words(String json) {
    assertThatThrownBy(() -> call(new TodoWrite(), json))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("todos");
  }

  @Test
  void questions_reach_the_one_who_asks_and_the_answer_comes_back() throws Exception {
    AtomicReference<List<AskUserQuestion.Question>> asked = new AtomicReference<>();
    AskUserQuestion tool =
        new AskUserQuestion(
            (questions, _) -> {
              asked.set(questions);
              return "Which one? → B";
            });
    ToolResult result =
        call(
            tool,
            "{'questions':[{'question':'Which one?','header':'Pick','multiSelect':true,'options':"
                + "[{'label':'A','description':'first'},{'label':'B'}]}]}");
    assertThat(text(result)).isEqualTo("Which one? → B");
    AskUserQuestion.Question question = asked.get().getFirst();
    assertThat(question.question()).isEqualTo("Which one?");
    assertThat(question.header()).contains("Pick");
    assertThat(question.multiSelect()).contains(true);
    assertThat(question.options())
        .extracting(AskUserQuestion.Option::label)
        .containsExactly("A", "B");
  }

  @Test
  void where_nobody_can_be_asked_the_model_is_told_to_decide() {
    assertThatThrownBy(
            () ->
                call(
                    new AskUserQuestion(AskUserQuestion.Questioner.NOBODY),
                    "{'questions':[{'question':'?','options':[{'label':'A'}]}]}"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("Decide yourself")
        .hasMessageContaining("assumed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'questions':'?'}",
        "{'questions':[{'question':'?'}]}",
        "{'questions':[7]}"
      })
  void questions_of_another_form_are_refused_in_words(String json) {
    assertThatThrownBy(() -> call(new AskUserQuestion((_, _) -> "never"), json))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("questions");
  }

  @Test
  void a_plan_is_presented_and_approved_by_nobody_where_nobody_is() throws Exception {
    AtomicReference<String> plan = new AtomicReference<>();
    ToolResult answer =
        call(
            new ExitPlanMode(
                (text, _) -> {
                  plan.set(text);
                  return ToolResult.text("Go ahead.");
                }),
            "{'plan':'1. look 2. do'}");
    assertThat(plan.get()).isEqualTo("1. look 2. do");
    assertThat(text(answer)).isEqualTo("Go ahead.");
    assertThat(text(call(new ExitPlanMode(ExitPlanMode.Gate.NOBODY), "{'plan':'x'}")))
        .contains("nobody can approve it");
    assertThatThrownBy(() -> call(new ExitPlanMode(ExitPlanMode.Gate.NOBODY), "{}"))
        .isInstanceOf(ToolException.class);
  }

  @Test
  void the_tools_are_described_in_little_room() {
    List<Tool> tools =
        List.of(
            new TodoWrite(),
            new AskUserQuestion(AskUserQuestion.Questioner.NOBODY),
            new ExitPlanMode(ExitPlanMode.Gate.NOBODY));
    for (Tool tool : tools) {
      assertThat(tool.spec().description()).hasSizeBetween(50, 1_500);
      assertThat(tool.spec()).isSameAs(tool.spec());
    }
  }
}
