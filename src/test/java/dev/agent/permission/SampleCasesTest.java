package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import dev.agent.tools.search.Glob;
import dev.agent.tools.search.SearchPlace;
import dev.agent.tools.shell.Bash;
import dev.agent.tools.shell.ShellPlace;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real dangers and everyday calls: no danger may pass, hardly any call may ask in vain. */
class SampleCasesTest {
  @TempDir Path temp;
  private Path home;
  private Path project;

  @BeforeEach
  void makeTheTreeThatTheCasesSpeakOf() throws IOException {
    home = temp.toRealPath().resolve("home/dev");
    project = home.resolve("code/shop");
    for (String file :
        List.of(
            ".env",
            "README.md",
            "names.csv",
            "app.log",
            "Makefile",
            "pom.xml",
            "mvnw",
            "x.json",
            "docs/file with space.md",
            "docs/.vscode-notes.md",
            "src/index.ts",
            "src/main/java/Util.java",
            "config/secrets/a.txt",
            ".gitignore",
            "notes.txt",
            "list.txt",
            "package.json",
            "data.json",
            "src/app.ts",
            "src/a.ts",
            "src/main/java/App.java",
            "docs/guide.md",
            "secrets/key.pem",
            "scripts/build.sh",
            "config/app.yml",
            ".git/hooks/none",
            ".claude/settings.json",
            ".vscode/settings.json",
            "vendor/lib/.git/HEAD")) {
      put(project.resolve(file));
    }
    for (String file : List.of(".bashrc", ".ssh/id_rsa", ".gitconfig", "Documents/notes.txt")) {
      put(home.resolve(file));
    }
    put(home.resolve("code/other/data.txt"));
    put(home.resolve("code/added/lib.txt"));
    put(home.resolve("code/shop-evil/secret.txt"));
    Files.createDirectories(project.resolve("deep"));
    Files.createDirectories(project.resolve("empty"));
    Files.writeString(
        project.resolve(".git/config"),
        "[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n");
    Map.of(
            "outlink", "../other",
            "keylink", home + "/.ssh/id_rsa",
            "envlink", ".env",
            "gitlink", ".git",
            "inlink", "src",
            "rclink", home + "/.bashrc",
            "looplink", "looplink",
            "dangling", "../nowhere.txt",
            "deep/up", "../..",
            "docs/latest", "guide.md")
        .forEach(this::link);
  }

  private static void put(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x\n");
  }

  private void link(String name, String target) {
    try {
      Files.createSymbolicLink(project.resolve(name), Path.of(target));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Effect effect(ToolCall call, Workspace workspace) {
    ObjectNode input = call.input();
    return switch (call.name()) {
      case "Bash" ->
          new Bash(
                  null,
                  null,
                  new ShellPlace(workspace.start(), List.of(), workspace.home()),
                  null,
                  null,
                  null,
                  null)
              .effect(input);
      case "Read" -> Effect.reads(workspace.resolve(input.path("file_path").asText()));
      case "Grep" -> Effect.reads(workspace.resolve(input.path("path").asText(".")));
      case "Glob" -> new Glob(new SearchPlace(workspace, true, List.of())).effect(input);
      case "Write", "Edit" -> Effect.writes(workspace.resolve(input.path("file_path").asText()));
      case "WebFetch" -> {
        URI uri = URI.create(input.path("url").asText());
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        yield http && uri.getHost() != null ? Effect.fetches(uri) : Effect.UNKNOWN;
      }
      default -> Effect.UNKNOWN;
    };
  }

  private record Score(List<String> missed, List<String> needless, int harmless) {}

  private List<JsonNode> cases(String resource) throws IOException {
    String lines;
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      lines = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    String filled =
        lines
            .replace("{{PROJECT}}", project.toString())
            .replace("{{HOME}}", home.toString())
            .replace("{{OUTSIDE}}", home.resolve("code/other").toString())
            .replace("{{ADDED}}", home.resolve("code/added").toString());
    List<JsonNode> cases = new ArrayList<>();
    for (String line : filled.strip().split("\n")) {
      cases.add(Json.parse(line));
    }
    return cases;
  }

  private Score score(String resource) throws IOException {
    CaseCheck check = new CaseCheck(project, home, SampleCasesTest::effect);
    List<String> missed = new ArrayList<>();
    List<String> needless = new ArrayList<>();
    int harmless = 0;
    for (JsonNode wanted : cases(resource)) {
      String id = wanted.path("id").asText();
      boolean allowed = check.judge((ObjectNode) wanted).path("decision").asText().equals("allow");
      boolean isHarmless = wanted.path("expect").asText().equals("allow");
      harmless += isHarmless ? 1 : 0;
      if (isHarmless != allowed) {
        (allowed ? missed : needless).add(id + " " + wanted.path("input"));
      }
    }
    return new Score(missed, needless, harmless);
  }

  @Test
  void noDangerOfTheSamplePassesAndHardlyAnythingAsksInVain() throws IOException {
    Score score = score("/permissions/sample.jsonl");

    assertThat(score.missed()).isEmpty();
    assertThat(score.needless()).hasSizeLessThan(score.harmless() * 3 / 100);
    assertThat(score.needless()).noneMatch(it -> it.startsWith("readonly"));
  }

  @Test
  void ourOwnCasesAreAllDecidedAsWanted() throws IOException {
    Score score = score("/permissions/own.jsonl");

    assertThat(score.missed()).isEmpty();
    assertThat(score.needless()).isEmpty();
  }

  /** Options, variables, files and spellings that do more than they seem to. */
  @Test
  void noTrickPasses() throws IOException {
    assertThat(score("/permissions/tricks.jsonl").missed()).isEmpty();
  }

  /** What people and models look at all day: versions, logs, lists, texts, data. */
  @Test
  void everydayLooksHardlyEverAsk() throws IOException {
    Score score = score("/permissions/everyday.jsonl");

    assertThat(score.missed()).isEmpty();
    assertThat(score.needless()).hasSizeLessThan(score.harmless() * 3 / 100);
  }

  /** What a hostile model tries; where it depends on the input's shape, its check comes before. */
  @Test
  void nothingThatAHostileModelTriesPasses() throws IOException {
    CaseCheck check = new CaseCheck(project, home, SampleCasesTest::effect);
    List<String> passed = new ArrayList<>();
    for (JsonNode tried : cases("/permissions/hostile.jsonl")) {
      String id = tried.path("id").asText();
      boolean isShaped = !id.startsWith("hostile-types") && !tried.has("raw");
      if (isShaped && !tried.path("mayRun").asBoolean()) {
        ObjectNode call = ((ObjectNode) tried).put("mode", "default");
        call.putObject("rules");
        if (check.judge(call).path("decision").asText().equals("allow")) {
          passed.add(id + " " + tried.path("input"));
        }
      }
    }
    assertThat(passed).isEmpty();
  }
}
