package dev.agent.shell;

import dev.agent.shell.CommandForm.Count;
import dev.agent.shell.CommandForm.Operand;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Gives each operand of a command its meaning: some fixed ones, one repeated, some fixed ones. */
final class OperandMatch {
  private final List<Operand> expected;
  private final List<Argument> given;

  OperandMatch(List<Operand> expected, List<Argument> given) {
    this.expected = expected;
    this.given = given;
  }

  void forEach(BiConsumer<Role, Argument> take, Consumer<String> object, String name) {
    int required = 0;
    for (Operand operand : expected) {
      required += isRequired(operand) ? 1 : 0;
    }
    int repeated = repeated();
    if (given.size() < required) {
      object.accept("\"" + name + "\" lacks an operand");
    }
    if (repeated < 0 && given.size() > expected.size()) {
      object.accept(
          "\""
              + given.get(expected.size()).text()
              + "\" is one operand more than \""
              + name
              + "\" is known with");
    }
    int after = repeated < 0 ? 0 : expected.size() - 1 - repeated;
    for (int i = 0; i < given.size(); i++) {
      Argument word = given.get(i);
      Role role = role(i, repeated, after);
      take.accept(role, word);
      if (word.isPattern()) {
        pattern(word, role, repeated, take, object);
      }
    }
  }

  /** A pattern becomes any number of words: those beyond the first have the repeated meaning. */
  private void pattern(
      Argument word,
      Role role,
      int repeated,
      BiConsumer<Role, Argument> take,
      Consumer<String> object) {
    if (repeated < 0) {
      object.accept("\"" + word.text() + "\" may match several names");
    } else if (expected.get(repeated).role() != role) {
      take.accept(expected.get(repeated).role(), word);
    }
  }

  private Role role(int index, int repeated, int after) {
    if (expected.isEmpty()) {
      return Role.READ;
    }
    if (repeated < 0) {
      return expected.get(Math.min(index, expected.size() - 1)).role();
    }
    if (index < repeated) {
      return expected.get(index).role();
    }
    int fromEnd = given.size() - index;
    return fromEnd <= after
        ? expected.get(expected.size() - fromEnd).role()
        : expected.get(repeated).role();
  }

  private int repeated() {
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i).repeats()) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isRequired(Operand operand) {
    return operand.count() == Count.ONE || operand.count() == Count.SOME;
  }
}
