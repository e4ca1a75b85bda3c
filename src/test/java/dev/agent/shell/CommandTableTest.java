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

    assertThat(facts.kind().name())
        .as(example.command() + ": " + facts.reason())
        .isEqualTo(example.kind());
    if (!example.facts().equals(List.of("any"))) {
      assertThat(CommandCase.factsOf(facts)).isEqualTo(example.facts());
    }
  }

  @Test
  void an_option_that_is_not_known_is_never_proven() {
    Random random = new Random(7);
    for (CommandCase example : provenReaders()) {
      List<Argument> words = example.words();
      if (form(words).has(Attribute.PLAIN) || form(words).has(Attribute.ANY)) {
        continue;
      }
      for (int i = 0; i < 20; i++) {
        String option = unknownOption(random, words);
        List<Argument> more = with(words, 1, option);
        assertThat(TABLE.judge(more).kind())
            .as(option + " in " + example.command())
            .isEqualTo(Kind.UNKNOWN);
      }
    }
  }

  @Test
  void an_option_that_writes_or_runs_never_stays_a_reader() {
    int tried = 0;
    for (CommandCase example : provenReaders()) {
      List<Argument> words = example.words();
      String name = name(words);
      for (CommandForm form : TABLE.forms(name)) {
        for (Map.Entry<String, Option> option : form.options().entrySet()) {
          if (!isDangerous(option.getValue()) || isHarmlessElsewhere(name, option.getKey())) {
            continue;
          }
          for (String value : List.of("", " out", " sh -c id ;")) {
            int at = name.split(" ").length;
            List<Argument> more = with(words, at, (option.getKey() + value).split(" "));
            assertThat(TABLE.judge(more).kind())
                .as(option.getKey() + value + " in " + example.command())
                .isNotEqualTo(Kind.READS);
            tried++;
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(500);
  }

  @Test
  void a_long_option_counts_only_in_full() {
    names().stream()
        .flatMap(name -> TABLE.forms(name).stream())
        .filter(form -> !form.has(Attribute.PLAIN) && !form.has(Attribute.SUB))
        .forEach(this::abbreviationsAreUnknown);
  }

  private void abbreviationsAreUnknown(CommandForm form) {
    for (String option : form.options().keySet()) {
      for (int end = 3; option.startsWith("--") && end < option.length(); end++) {
        String abbreviation = option.substring(0, end);
        boolean isOption =
            TABLE.forms(form.name()).stream().anyMatch(it -> it.options().containsKey(abbreviation))
                || abbreviation.equals("--version")
                || abbreviation.equals("--help");
        if (!isOption) {
          List<Argument> words = CommandCase.words(form.name() + " " + abbreviation + " a b");
          boolean isCommand = form.operands().stream().anyMatch(it -> it.role() == Role.CMD);
          if (!isCommand) {
            assertThat(TABLE.judge(words).kind()).as(words.toString()).isEqualTo(Kind.UNKNOWN);
          }
        }
      }
    }
  }

  @Test
  void words_that_may_be_anything_never_prove_a_path() {
    for (CommandCase example : provenReaders()) {
      List<Argument> words = example.words();
      boolean runs = form(words).operands().stream().anyMatch(it -> it.role() == Role.CMD);
      if (runs || form(words).has(Attribute.ANY) || form(words).has(Attribute.ANYREST)) {
        continue;
      }
      List<Argument> more = new ArrayList<>(words);
      more.add(new Argument("$x", Argument.Certainty.UNKNOWN));
      assertThat(TABLE.judge(more).kind()).as(more.toString()).isEqualTo(Kind.UNKNOWN);
    }
  }

  @Test
  void any_words_at_all_get_an_answer() {
    Random random = new Random(11);
    List<String> names = names();
    String pieces = "-aefosxiwWRr=/.*?[]{}();+!$'\"\\ |>&\nprint0123";
    for (int i = 0; i < 20_000; i++) {
      List<Argument> words = new ArrayList<>();
      for (String part : names.get(random.nextInt(names.size())).split(" ")) {
        words.add(Argument.exact(part));
      }
      for (int n = random.nextInt(5); n > 0; n--) {
        StringBuilder word = new StringBuilder();
        for (int c = random.nextInt(9); c > 0; c--) {
          word.append(pieces.charAt(random.nextInt(pieces.length())));
        }
        words.add(new Argument(word.toString(), Argument.Certainty.values()[random.nextInt(3)]));
      }
      CommandFacts facts = TABLE.judge(words);
      assertThat(facts.reason().isEmpty()).isEqualTo(facts.kind() != Kind.UNKNOWN);
      assertThat(facts.kind() == Kind.READS && !facts.writes().isEmpty()).isFalse();
    }
  }

  @Test
  void traits_say_what_else_matters() {
    assertThat(judge("python3 x.py").traits()).containsExactly(Trait.INTERPRETER);
    assertThat(judge("git status").traits()).containsExactly(Trait.REPOSITORY);
    assertThat(judge("printenv").traits()).containsExactly(Trait.ENVIRONMENT);
    assertThat(judge("touch a").traits()).containsExactly(Trait.EDIT);
    assertThat(judge("tee a").traits()).isEmpty();
    assertThat(judge("sed -i s/a/b/ x").traits()).containsExactly(Trait.EDIT);
    assertThat(judge("sed s/a/b/ x").traits()).isEmpty();
    assertThat(judge("curl -o x https://example.org").traits()).containsExactly(Trait.NETWORK);
  }

  @Test
  void a_narrow_rule_takes_the_words_that_say_what_is_done() {
    assertThat(judge("npm run build").family()).containsExactly("npm", "run", "build");
    assertThat(judge("npm test -- x").family()).containsExactly("npm", "test");
    assertThat(judge("git commit -m x").family()).containsExactly("git", "commit");
    assertThat(judge("make lint").family()).containsExactly("make", "lint");
    assertThat(judge("make CC=evil").family()).isEmpty();
    assertThat(judge("make -f x").family()).isEmpty();
    assertThat(judge("gh pr view 5").family()).containsExactly("gh", "pr", "view");
    assertThat(judge("python3 x.py").family()).isEmpty();
    assertThat(judge("npx x").family()).isEmpty();
    assertThat(judge("rm x").family()).isEmpty();
    assertThat(judge("sudo ls").family()).isEmpty();
    assertThat(judge("git push --force").family()).containsExactly("git", "push");
  }

  @Test
  void another_directory_of_git_counts_when_it_is_ones_own() {
    List<Argument> words = CommandCase.words("git -C /home/me/shop status");

    assertThat(TABLE.judge(words).kind()).isEqualTo(Kind.UNKNOWN);
    assertThat(TABLE.judge(words, "/home/me/shop"::equals).kind()).isEqualTo(Kind.READS);
  }

  @Test
  void a_reason_names_the_word_that_is_not_known() {
    assertThat(judge("sort --outp=x a").reason())
        .isEqualTo("\"--outp=x\" is not an option of \"sort\" that is known to be harmless");
    assertThat(judge("sed '1e id' a").reason())
        .isEqualTo("the sed script \"1e id\" runs a program with \"e\"");
  }

  @Test
  void the_table_is_large_enough_to_be_useful() {
    long proven =
        names().stream()
            .filter(
                name -> TABLE.forms(name).stream().anyMatch(form -> !form.has(Attribute.UNPROVEN)))
            .count();

    assertThat(proven).isGreaterThan(400);
    assertThat(CommandCase.all()).hasSizeGreaterThan(750);
  }

  private static List<String> names() {
    return TABLE.names().stream().filter(name -> !name.startsWith("@")).sorted().toList();
  }

  private static CommandFacts judge(String command) {
    return TABLE.judge(CommandCase.words(command));
  }

  private static List<CommandCase> provenReaders() {
    return CommandCase.all().stream().filter(it -> it.kind().equals("READS")).toList();
  }

  private static CommandForm form(List<Argument> words) {
    return TABLE.forms(name(words)).getFirst();
  }

  /** The longest name of the table that the words begin with. */
  private static String name(List<Argument> words) {
    String name = words.getFirst().text().substring(words.getFirst().text().lastIndexOf('/') + 1);
    for (Argument word : words.subList(1, words.size())) {
      if (!TABLE.names().contains(name + " " + word.text())) {
        break;
      }
      name = name + " " + word.text();
    }
    return name;
  }

  private static List<Argument> with(List<Argument> words, int at, String... more) {
    List<Argument> out = new ArrayList<>(words);
    for (int i = 0; i < more.length; i++) {
      out.add(Math.min(at + i, out.size()), Argument.exact(more[i]));
    }
    return out;
  }

  private static String unknownOption(Random random, List<Argument> words) {
    String name = words.getFirst().text().substring(words.getFirst().text().lastIndexOf('/') + 1);
    List<CommandForm> forms = TABLE.forms(name);
    String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    while (true) {
      boolean isLong = random.nextBoolean();
      StringBuilder option = new StringBuilder(isLong ? "--" : "-");
      for (int n = 1 + random.nextInt(isLong ? 8 : 3); n > 0; n--) {
        option.append(letters.charAt(random.nextInt(letters.length())));
      }
      String known = isLong ? option.toString() : option.substring(0, 2);
      if (forms.stream()
          .noneMatch(
              it ->
                  it.options().containsKey(known) || it.options().containsKey(option.toString()))) {
        return option.toString();
      }
    }
  }

  private static boolean isDangerous(Option option) {
    return switch (option.role()) {
      case WRITE, GONE, SHELL, CMD, EXEC, CODE, LIST, ELSEWHERE -> true;
      default ->
          option.turn() == Turn.UNPROVEN
              || option.turn() == Turn.WRITE
              || option.turn() == Turn.GONE;
    };
  }

  /** Whether another form of the command has the option with a harmless meaning. */
  private static boolean isHarmlessElsewhere(String name, String option) {
    return TABLE.forms(name).stream()
        .map(it -> it.options().get(option))
        .anyMatch(it -> it != null && !isDangerous(it));
  }
}
