package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.command.SessionFacts.Denial;
import dev.agent.json.Json;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tui.dialog.RulesDialog.Item;
import dev.agent.tui.dialog.RulesDialog.Tab;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermissionRulesTest {
  private static final Path CWD = Path.of("/project");

  private static Settings.Layer layer(Source source, String json) {
    try {
      return new Settings.Layer(source, "file", CWD, (ObjectNode) Json.parse(json), "");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Rule rule(String text, String source) throws Rule.InvalidRuleException {
    return Rule.parse(text, source, CWD);
  }

  private static List<Item> items(Policy policy, List<Denial> denials, Settings.Layer... layers) {
    return PermissionRules.items(
        new Settings(List.of(layers), List.of(), List.of(), List.of(), true),
        policy,
        List.of("/more"),
        denials,
        CWD);
  }

  private static Policy policy(Rule... allow) {
    return new Policy(List.of(allow), List.of(), List.of(), Path.of("/home/me"));
  }

  @Test
  void rulesOfFilesCanGoAndThoseOfTheAdministratorCannot() {
    List<Item> items =
        items(
            policy(),
            List.of(),
            layer(
                Source.LOCAL, "{\"permissions\":{\"allow\":[\"Bash(make)\"],\"ask\":[\"Bash\"]}}"),
            layer(Source.POLICY, "{\"permissions\":{\"deny\":[\"Read(.env)\"]}}"));

    assertThat(items)
        .containsExactly(
            new Item(Tab.ALLOW, "Bash(make)", "local", true),
            new Item(Tab.ASK, "Bash", "local", true),
            new Item(Tab.DENY, "Read(.env)", "policy", false),
            new Item(Tab.DIRECTORIES, "/more", "--add-dir or /add-dir", false));
  }

  @Test
  void rulesOfTheSessionCanBeTakenBackAndThoseOfFlagsCannot() throws Exception {
    List<Item> items =
        items(
            policy(
                rule("Bash(x \\(y\\))", "this session"),
                rule("Read", "--allowedTools"),
                rule("Edit", "/project/.agent/settings.json")),
            List.of());

    assertThat(items.subList(0, 2))
        .containsExactly(
            new Item(Tab.ALLOW, "Bash(x \\(y\\))", "this session", true),
            new Item(Tab.ALLOW, "Read", "--allowedTools", false));
    assertThat(items).noneMatch(it -> it.text().equals("Edit"));
  }

  @Test
  void denialsAreRulesThatCanBeRead() throws Exception {
    List<Item> items =
        items(
            policy(),
            List.of(
                new Denial("Bash", "echo $(date)", "why"),
                new Denial("Bash", "a\nb", "why"),
                new Denial("Write", "src/A.java", "why"),
                new Denial("WebFetch", "https://Example.org/x", "why"),
                new Denial("WebFetch", "not a url", "why"),
                new Denial("Glob", "**/*.java", "why"),
                new Denial("Glob", "*.md", "again")));

    List<Item> denied = items.stream().filter(it -> it.tab() == Tab.DENIED).toList();
    assertThat(denied.stream().map(Item::text))
        .containsExactly(
            "Glob",
            "WebFetch",
            "WebFetch(domain:example.org)",
            "Edit(//project/src/A.java)",
            "Bash",
            "Bash(echo $\\(date\\))");
    for (Item item : denied) {
      assertThat(rule(item.text(), "").tool()).isNotEmpty();
    }
  }
}
