package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.shell.CommandFacts.Kind;
import dev.agent.shell.CommandFacts.Trait;
import dev.agent.shell.CommandForm.Attribute;
import dev.agent.shell.CommandForm.Option;
import dev.agent.shell.CommandForm.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandTableTest {
  private static final CommandTable TABLE = CommandTable.load();

  static Stream<CommandCase> cases() {
    return CommandCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void judges_each_case_as_written(CommandCase example) {
    CommandFacts facts = TABLE.judge(example.words());

    assertThat(facts.kind().name()).as(facts.reason()).isEqualTo(example.kind());
    if (!example.facts().equals(List.of("any"))) {
      assertThat(CommandCase.factsOf(facts)).isEqualTo(example.facts());
    }
  }
}
