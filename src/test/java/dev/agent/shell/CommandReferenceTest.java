package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.shell.CommandForm.Attribute;
import dev.agent.shell.CommandForm.Operand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The reference page says what the table says; {@code -Dreference.update=true} writes it anew. */
class CommandReferenceTest {
  private static final Path PAGE = Path.of("docs/reference/commands.md");
  private static final CommandTable TABLE = CommandTable.load();

  private enum Chapter {
    READ(
        "Only read",
        "Proven with the options of the table, as long as each path that they read may be read."),
    WRITE("Write files", "Proven to change only the paths that they name."),
    RUN("Start another command", "Judged by the command that they start."),
    NETWORK("Use the network", "Understood, but never counted as reading."),
    UNPROVEN(
        "Known, never proven",
        "They run code, change things that are no files, or can't be told from their words. Paths"
            + " and commands among their words still count for rules that forbid.");

    private final String title;
    private final String text;

    Chapter(String title, String text) {
      this.title = title;
      this.text = text;
    }
  }

  @Test
  void the_reference_page_is_up_to_date() throws IOException {
    String page = page();

    if (Boolean.getBoolean("reference.update")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Commands

            What is known about the commands of a shell line before it runs. Each command has a list of options
            that are known, with what their values mean, and a meaning for each operand. A word that is not on the
            list leaves the command unproven, which means that a rule or a person decides: an unknown option, a long
            option that is not written out, a cluster with an unknown letter, an operand too many. Also unproven are
            wildcards at the begin of a word where a file name could be taken for an option (`sort *`; write
            `sort ./*`), and words with an expansion that is not known (`cat $x`).

            Programs for `sed`, `awk` and `jq` are read as programs. `--version` and `--help` alone are known for
            nearly all commands of this page. All options stand in the table of the program, `commands.txt`; this
            page is made from it. `…` marks what may come several times, brackets what may be left out.
            """);
    for (Chapter chapter : Chapter.values()) {
      List<String> lines =
          TABLE.names().stream()
              .filter(name -> !name.startsWith("@") && chapter(name) == chapter)
              .sorted()
              .map(name -> line(name, chapter))
              .toList();
      page.append("\n## ").append(chapter.title).append(" (").append(lines.size()).append(")\n\n");
      page.append(chapter.text).append("\n\n");
      String joined = String.join(chapter == Chapter.UNPROVEN ? ", " : "\n", lines);
      page.append(joined).append("\n");
    }
    return page.toString();
  }

  private static String line(String name, Chapter chapter) {
    if (chapter == Chapter.UNPROVEN) {
      return "`" + name + "`";
    }
    Set<String> calls =
        TABLE.forms(name).stream()
            .filter(form -> chapter(form) == chapter && !form.has(Attribute.SUB))
            .map(CommandReferenceTest::call)
            .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
    return "- `" + String.join("`, `", calls) + "`";
  }

  private static String call(CommandForm form) {
    StringBuilder call = new StringBuilder(form.name());
    if (!form.needs().isEmpty()) {
      call.append(' ').append(String.join("|", form.needs().stream().sorted().toList()));
    }
    for (Operand operand : form.operands()) {
      String word = operand.role().name().toLowerCase(Locale.ROOT) + (operand.repeats() ? "…" : "");
      boolean optional =
          operand.count() == CommandForm.Count.ANY || operand.count() == CommandForm.Count.OPTIONAL;
      call.append(' ').append(optional ? "[" + word + "]" : word);
    }
    return call.toString();
  }

  /** The chapter of the most harmless way to call a command. */
  private static Chapter chapter(String name) {
    return TABLE.forms(name).stream()
        .filter(form -> !form.has(Attribute.SUB))
        .map(CommandReferenceTest::chapter)
        .sorted()
        .findFirst()
        .orElse(Chapter.UNPROVEN);
  }

  private static Chapter chapter(CommandForm form) {
    if (form.has(Attribute.UNPROVEN) || form.has(Attribute.ENVIRONMENT)) {
      return Chapter.UNPROVEN;
    }
    if (form.has(Attribute.NETWORK)) {
      return Chapter.NETWORK;
    }
    List<Role> roles = form.operands().stream().map(Operand::role).toList();
    if (roles.contains(Role.CMD)) {
      return Chapter.RUN;
    }
    boolean writes =
        roles.contains(Role.WRITE) || roles.contains(Role.GONE) || roles.contains(Role.DD);
    return writes ? Chapter.WRITE : Chapter.READ;
  }
}
