package dev.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.json.Json;
import dev.agent.tool.Effect;
import dev.agent.tool.ToolCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
  private static final Path HOME = Path.of("/h");
  private static final Path CWD = Path.of("/h/w");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "(x)",
        "Bash(",
        "Bash(git",
        "Bash()",
        "Bash( )",
        "Bash)",
        "Ba sh",
        "Bash;x",
        "Bash(a)b",
        "Edit()",
        "WebFetch(example.com)",
        "Bash(a\u200bb)",
        "Bash(a\nb)",
        "Bash (x)"
      })
  void whatIsNoRuleIsRefused(String text) {
    assertThatThrownBy(() -> Rule.parse(text, "s", CWD))
        .isInstanceOf(Rule.InvalidRuleException.class)
        .message()
        .isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "Bash,Bash,''",
    "Bash(*),Bash,''",
    "' Bash(ls) ',Bash,ls",
    "Bash(a \\(b\\)),Bash,a (b)",
    "Bash(git commit -m (x)),Bash,git commit -m (x)",
    "mcp__a__b,mcp__a__b,''",
    "Read(**),Read,**",
    "Edit(*),Edit,*",
    "Skill(x *),Skill,x *"
  })
  void rulesAreReadAsTheyAreWritten(String text, String tool, String spec) throws Exception {
    assertThat(Rule.parse(text, "s", CWD)).isEqualTo(new Rule(tool, spec, "s", CWD));
  }

  @Test
  void anyTextIsARuleOrRefusedAndARuleReadsBackAsItself() throws Exception {
    Random random = new Random(7);
    String alphabet = "BashReadEdit()*\\:/~. _-mcp__\u200b\n\0é{}[]";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "Bash(" : "");
      for (int k = random.nextInt(14); k > 0; k--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      try {
        Rule rule = Rule.parse(text.toString(), "s", CWD);
        Rule again = Rule.parse(rule.text(), "s", CWD);
        assertThat(again.tool()).isEqualTo(rule.tool());
        if (text.indexOf("(") >= 0 && rule.spec().isEmpty()) {
          assertThat(text.toString().strip()).endsWith("*)");
        }
      } catch (Rule.InvalidRuleException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // rule, path, allowed by it, forbidden by it
    "//etc/hosts,/etc/hosts,true,true",
    "//etc/**,/etc/a/b,true,true",
    "//etc/**,/etcx/a,false,false",
    "~/docs/*.md,/h/docs/a.md,true,true",
    "~/docs/*.md,/h/docs/x/a.md,false,false",
    "/src/**,/h/w/src/a/b,true,true",
    "/src/**,/h/w/lib/src/a,false,false",
    "/src/*,/h/w/src/a,true,true",
    "./src/**,/h/w/src/a,true,true",
    "./src/**,/h/w/x/src/a,false,false",
    "src/**,/h/w/src/a,true,true",
    "src/**,/h/w/x/src/a,false,true",
    "src/**,/other/src/a,false,true",
    ".env,/h/w/.env,true,true",
    ".env,/h/w/a/b/.env,true,true",
    ".env,/etc/.env,false,true",
    "*.md,/h/w/a/b.md,true,true",
    "*.md,/h/w/a/b.mdx,false,false",
    "**,/h/w/a,true,true",
    "**,/etc/passwd,false,true",
    "*,/h/w/a/b,true,true",
    "*,/etc/passwd,false,true",
    "**/*.pem,/h/w/k/a.pem,true,true",
    "../other/**,/h/other/x,true,true",
    "../other/**,/h/w/other/x,false,false",
    "secrets/,/h/w/secrets/a,true,true",
    "./a?c,/h/w/abc,true,true",
    "./a?c,/h/w/a/c,false,false",
    "docs/**/x,/h/w/docs/x,true,true",
    "docs/**/x,/h/w/docs/a/b/x,true,true",
    "./src,/h/w/src/a,false,true",
    "/secret.txt,/h/w-evil/secret.txt,false,false",
  })
  void pathRulesHaveFourAnchors(String spec, String path, boolean allows, boolean forbids)
      throws Exception {
    Rule rule = Rule.parse("Edit(" + spec + ")", "s", CWD);
    PermissionRequest request =
        new PermissionRequest(
            new ToolCall("1", "Write", Json.object()),
            Effect.writes(Path.of(path)),
            Mode.DEFAULT,
            CWD);
    RuleMatcher matcher =
        new RuleMatcher(
            HOME, new Judgements(new dev.agent.workspace.CommandJudge(HOME, List.of())));
    assertThat(matcher.covering(List.of(rule), request).isPresent()).as("allows").isEqualTo(allows);
    assertThat(matcher.touching(List.of(rule), request).isPresent())
        .as("forbids")
        .isEqualTo(forbids);
  }

  @Test
  void patternsOfManyStarsEndSoon() {
    String stars = "*a".repeat(200);
    assertThat(PathPattern.matches("**/" + stars + "/**/x", "a".repeat(2_000) + "/b", false))
        .isFalse();
    assertThat(PathPattern.matches("**/".repeat(60) + "y", "x/".repeat(200) + "z", false))
        .isFalse();
  }
}
