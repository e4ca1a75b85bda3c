package dev.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsEditorTest {
  @TempDir Path temp;
  private Path project;
  private Path managed;
  private Path own;
  private SettingsSources sources;

  @BeforeEach
  void places() throws IOException {
    project = Files.createDirectories(temp.resolve("project"));
    managed = Files.createDirectories(temp.resolve("etc"));
    Places places =
        Places.of(Map.of("HOME", temp.resolve("home").toString()), "linux")
            .withManaged(List.of(managed));
    sources = SettingsSources.files(places, project);
    own = places.config().resolve("settings.json");
  }

  private SettingsEditor.Edited set(String key, String value, Source source) {
    return new SettingsEditor(sources).set(key, value, source);
  }

  private String edited(String before, String key, String value) throws IOException {
    Files.createDirectories(own.getParent());
    Files.writeString(own, before);
    set(key, value, Source.USER);
    return Files.readString(own);
  }

  @Test
  void aFileThatDoesNotExistIsMade() throws IOException {
    set("permissions.defaultMode", "plan", Source.USER);
    assertThat(own).hasContent("{\n  \"permissions\": {\n    \"defaultMode\": \"plan\"\n  }\n}\n");
    assertThat(Files.getPosixFilePermissions(own))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aValueIsReplacedAndNothingElse() throws IOException {
    String before = "// mine\n{ /* a */ \"model\" : \"old\" , // why\n\t\"theme\":\"dark\",}\n";
    assertThat(edited(before, "model", "new")).isEqualTo(before.replace("\"old\"", "\"new\""));
  }

  @Test
  void aNewMemberStandsBehindTheLastOneAndItsComment() throws IOException {
    assertThat(edited("{\n  \"model\": \"m\" // the big one\n  // end\n}\n", "theme", "dark"))
        .isEqualTo("{\n  \"model\": \"m\", // the big one\n  \"theme\": \"dark\"\n  // end\n}\n");
    assertThat(edited("{\n    \"model\": \"m\",\n}\n", "theme", "dark"))
        .isEqualTo("{\n    \"model\": \"m\",\n    \"theme\": \"dark\",\n}\n");
    assertThat(edited("{\"model\": \"m\"}", "theme", "dark"))
        .isEqualTo("{\"model\": \"m\", \"theme\": \"dark\"}");
    assertThat(edited("{\r\n  \"model\": \"m\"\r\n}\r\n", "theme", "dark"))
        .isEqualTo("{\r\n  \"model\": \"m\",\r\n  \"theme\": \"dark\"\r\n}\r\n");
    assertThat(edited("{ // nothing yet\n}\n", "theme", "dark"))
        .isEqualTo("{\n  \"theme\": \"dark\" // nothing yet\n}\n");
  }

  @Test
  void listsAndObjectsAreLaidOutAtTheirPlace() throws IOException {
    assertThat(edited("{\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n", "env.B", "true"))
        .isEqualTo("{\n  \"env\": {\n    \"A\": \"1\",\n    \"B\": true\n  }\n}\n");
    assertThat(edited("{\n  \"a\": 1,\n  \"env\": {}\n}\n", "env", "{\"A\":\"1\"}"))
        .isEqualTo("{\n  \"a\": 1,\n  \"env\": {\n    \"A\": \"1\"\n  }\n}\n");
  }

  /** Whatever is put into whatever text: the rest holds what it held. */
  @Test
  void anyEditChangesOneValueAndKeepsAllComments() throws IOException {
    Random random = new Random(7);
    List<String> keys = List.of("model", "theme", "env.A", "env.B", "permissions.allow", "verbose");
    for (int round = 0; round < 400; round++) {
      StringBuilder text = new StringBuilder("{" + noise(random));
      for (String key : keys) {
        if (random.nextBoolean() && !key.contains(".")) {
          text.append("\"" + key + "\"" + noise(random) + ":" + noise(random));
          text.append(key.equals("verbose") ? "true" : "\"a\\\"//b\"");
          text.append(noise(random) + "," + noise(random));
        }
      }
      if (random.nextBoolean()) {
        text.append("\"env\":{" + noise(random) + "\"A\": \"}\"" + noise(random) + "}");
      }
      text.append(noise(random) + "}" + noise(random));
      String key = keys.get(random.nextInt(keys.size()));
      String value =
          key.equals("verbose") ? "false" : key.contains("permissions") ? "[\"X\"]" : "n";

      String after = edited(text.toString(), key, value);

      ObjectNode expected = parsed(text.toString());
      List<String> path = List.of(key.split("\\."));
      ObjectNode at = path.size() == 1 ? expected : expected.withObjectProperty(path.getFirst());
      at.set(
          path.getLast(),
          key.equals("verbose") || key.contains("permissions")
              ? Json.parse(value)
              : at.textNode(value));
      assertThat(parsed(after)).as(text.toString()).isEqualTo(expected);
      assertThat(count(after)).as(after).isEqualTo(count(text.toString()));
    }
  }

  private static String noise(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> " ";
      case 1 -> "\n  ";
      case 2 -> " // x, \"y\": {\n";
      case 3 -> "/* x } */";
      default -> "";
    };
  }

  private static long count(String text) {
    return text.split("// x|/\\* x", -1).length;
  }

  private static ObjectNode parsed(String text) {
    try {
      return SettingsText.parse(text);
    } catch (SettingsText.UnreadableException e) {
      throw new AssertionError(text, e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "modle;x;USER;Did you mean \"model\"",
        "permissions;x;USER;permissions.allow",
        "model.x;y;USER;is no setting",
        "verbose;maybe;USER;true or false",
        "maxOutputTokens;0;USER;above 0",
        "maxOutputTokens;many;USER;above 0",
        "permissions.defaultMode;weird;USER;there are only",
        "permissions.allow;Bash;USER;Write a list",
        "permissions.allow;[5];USER;must be a string",
        "apiKeyHelper;x;PROJECT;may not be set by a project",
        "apiKeyHelper;x;LOCAL;may not be set by a project",
        "env.PATH;x;PROJECT;may not be set to this by a project",
        "permissions.defaultMode;bypassPermissions;LOCAL;may not be set to this by a project",
      })
  void whatIsNoSettingIsRefusedAndNothingIsWritten(
      String key, String value, Source source, String said) {
    assertThatThrownBy(() -> set(key, value, source))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(said);
    assertThat(own).doesNotExist();
    assertThat(project).isEmptyDirectory();
  }

  @Test
  void whatTheAdministratorSettledIsRefusedWithFileAndLine() throws IOException {
    Path policy = managed.resolve("managed-settings.json");
    Files.writeString(
        policy,
        "{\n \"model\": \"theirs\",\n \"env\": {\"A\": \"1\"},\n"
            + " \"permissions\": {\"deny\": [\"X\"]}}");
    assertThatThrownBy(() -> set("model", "mine", Source.USER))
        .hasMessageContaining("administrator")
        .hasMessageContaining(policy + ", line 2");
    assertThatThrownBy(() -> set("env.A", "2", Source.USER)).hasMessageContaining("line 3");
    set("env.B", "2", Source.USER);
    set("permissions.deny", "[\"Y\"]", Source.USER);
    assertThat(SettingsLoader.load(sources).texts("permissions.deny")).hasSize(2);
  }

  @Test
  void anItemOfAListComesAndGoesAlone() throws IOException {
    SettingsEditor editor = new SettingsEditor(sources);
    editor.add("permissions.allow", List.of("Bash(make)", "Read"), Source.LOCAL);
    editor.remove("permissions.allow", "Bash(make)", Source.LOCAL);

    Path local = project.resolve(".agent/settings.local.json");
    assertThat(Files.readString(local))
        .containsPattern("\"allow\": \\[\\s*\"Read\"\\s*]")
        .doesNotContain("make");
    assertThatThrownBy(() -> editor.remove("permissions.allow", "Bash(make)", Source.LOCAL))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("\"Bash(make)\" is not in \"permissions.allow\" of " + local);
    assertThatThrownBy(() -> editor.remove("permissions.deny", "x", Source.USER))
        .isInstanceOf(UserError.class);
    assertThat(own).doesNotExist();
  }

  @Test
  void aBrokenFileIsNotTouched() throws IOException {
    Files.createDirectories(own.getParent());
    Files.writeString(own, "{\n oops");
    assertThatThrownBy(() -> set("model", "x", Source.USER)).hasMessageContaining("line 2");
    assertThat(own).hasContent("{\n oops");
  }

  @Test
  void theOwnFileIsWrittenThroughItsLinkAProjectsNever() throws IOException {
    Path dotfiles = Files.writeString(temp.resolve("dotfiles.json"), "{}");
    Files.createDirectories(own.getParent());
    Files.createSymbolicLink(own, dotfiles);
    set("model", "x", Source.USER);
    assertThat(own).isSymbolicLink();
    assertThat(dotfiles).content().contains("\"model\": \"x\"");

    Path outside = Files.createDirectories(temp.resolve("outside"));
    Files.createSymbolicLink(project.resolve(".agent"), outside);
    for (Source source : List.of(Source.PROJECT, Source.LOCAL)) {
      assertThatThrownBy(() -> set("model", "x", source)).hasMessageContaining("behind a link");
    }
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void newLocalSettingsAreIgnoredByGit() throws IOException {
    Files.createDirectories(project.resolve(".git/info"));
    assertThat(set("model", "x", Source.LOCAL).note().orElseThrow()).contains("ignores");
    assertThat(project.resolve(".git/info/exclude")).hasContent("/.agent/settings.local.json\n");
    assertThat(set("model", "y", Source.LOCAL).note()).isEmpty();
    assertThat(project.resolve(".git/info/exclude")).hasContent("/.agent/settings.local.json\n");
  }

  @Test
  void aValueIsTakenBackWithNull() throws IOException {
    set("model", "x", Source.USER);
    set("model", "null", Source.USER);
    Settings settings = SettingsLoader.load(sources);
    assertThat(settings.find("model")).isEmpty();
    assertThat(settings.problems()).isEmpty();
  }

  private String without(String before, String key) throws IOException {
    Files.createDirectories(own.getParent());
    Files.writeString(own, before);
    assertThat(new SettingsEditor(sources).unset(key, Source.USER)).isEqualTo(own);
    return Files.readString(own);
  }

  @Test
  void aMemberIsTakenOutWithItsCommaAndItsComment() throws IOException {
    assertThat(without("{\n  \"model\": \"m\", // big\n  \"theme\": \"dark\"\n}\n", "model"))
        .isEqualTo("{\n  \"theme\": \"dark\"\n}\n");
    assertThat(without("{\n  // mine\n  \"model\": \"m\",\n  \"theme\": \"dark\"\n}\n", "theme"))
        .isEqualTo("{\n  // mine\n  \"model\": \"m\"\n}\n");
    assertThat(without("{\"model\": \"m\", \"theme\": \"dark\"}", "model"))
        .isEqualTo("{\"theme\": \"dark\"}");
    assertThat(without("{\"model\": \"m\" /* , */ , \"theme\": \"dark\",}", "theme"))
        .isEqualTo("{\"model\": \"m\" /* , */ , }");
    assertThat(without("{\n  \"model\": \"m\"\n}\n", "model")).isEqualTo("{\n}\n");
    assertThat(without("{\r\n  \"model\": \"m\",\r\n  \"theme\": \"x\"\r\n}\r\n", "model"))
        .isEqualTo("{\r\n  \"theme\": \"x\"\r\n}\r\n");
    assertThat(
            without(
                "{\n"
                    + "  \"permissions\": {\n"
                    + "    \"deny\": [\n"
                    + "      \"a, }\"\n"
                    + "    ],\n"
                    + "    \"allow\": []\n"
                    + "  }\n"
                    + "}\n",
                "permissions.deny"))
        .isEqualTo("{\n  \"permissions\": {\n    \"allow\": []\n  }\n}\n");
    assertThat(without("{\"env\": {\"A.B\": \"1\", \"C\": \"2\"}}", "env.C"))
        .isEqualTo("{\"env\": {\"A.B\": \"1\"}}");
  }

  @Test
  void whatIsSetAndTakenOutAgainLeavesTheRestAsItWas() throws IOException {
    String before =
        "// mine\n{\n  \"model\": \"m\", // why\n  /* x */ \"env\": {\n    \"A\": \"1\"\n  }\n}\n";
    for (String key : List.of("theme", "env.B", "language")) {
      edited(before, key, "dark");
      new SettingsEditor(sources).unset(key, Source.USER);
      assertThat(own).hasContent(before);
    }
  }

  @Test
  void whatIsNotThereCanNotBeTakenOut() throws IOException {
    Files.createDirectories(own.getParent());
    Files.writeString(own, "{\"model\": \"m\"}");
    for (String key : List.of("theme", "env.A", "modle", "permissions.deny")) {
      assertThatThrownBy(() -> new SettingsEditor(sources).unset(key, Source.USER))
          .as(key)
          .isInstanceOf(UserError.class);
    }
    assertThatThrownBy(() -> new SettingsEditor(sources).unset("model", Source.LOCAL))
        .isInstanceOf(UserError.class);
    assertThat(own).hasContent("{\"model\": \"m\"}");
  }
}
