package dev.agent.tui.dialog;

import dev.agent.tools.plan.AskUserQuestion.Question;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** One of the model's questions with what was answered so far. Owned by its dialog. */
final class QuestionPage {
  private final Question question;
  private final boolean several;
  private final Field other = Field.words("your own answer");
  private final BitSet chosen = new BitSet();
  private boolean otherChosen;
  final Choices choices;

  QuestionPage(Question question) {
    this.question = question;
    this.several = question.multiSelect().orElse(false);
    this.choices = new Choices(options());
  }

  String header() {
    return Text.shown(question.header().filter(it -> !it.isBlank()).orElse("Question"));
  }

  String text() {
    return Text.shown(question.question());
  }

  boolean isSeveral() {
    return several;
  }

  private List<Option> options() {
    List<Option> options = new ArrayList<>();
    for (int i = 0; i < question.options().size(); i++) {
      var it = question.options().get(i);
      Option option =
          Option.of(Text.shown(it.label())).detail(Text.shown(it.description().orElse("")));
      options.add(several ? option.mark(chosen.get(i)) : option);
    }
    Option own = Option.words("Something else", "", other);
    options.add(several ? own.mark(otherChosen) : own);
    if (several) {
      options.add(Option.of("Done"));
    }
    return options;
  }

  /** Takes what was chosen; whether the question is answered now. */
  boolean choose(int index, String text) {
    int own = question.options().size();
    if (index > own) {
      return true;
    }
    if (!several) {
      chosen.clear();
      otherChosen = index == own && !text.isEmpty();
      chosen.set(index, index < own);
      return index < own || otherChosen;
    }
    if (index < own) {
      chosen.flip(index);
    } else {
      otherChosen = !text.isEmpty();
      choices.select(own + 1);
    }
    choices.options(options());
    return false;
  }

  /** The reply so far. */
  QuestionAnswer.Reply reply() {
    List<String> labels = chosen.stream().mapToObj(i -> question.options().get(i).label()).toList();
    return new QuestionAnswer.Reply(
        question.question(), labels, otherChosen ? other.text().strip() : "");
  }
}
