package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.demo.Demo;
import dev.agent.runtime.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTest {
  private int number;

  private Exchange asking(String text) {
    return exchange("{'role':'user','content':'" + text + "'}");
  }

  private Exchange result(String text, boolean isError) {
    return exchange(
        "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','is_error':"
            + isError
            + ",'content':[{'type':'text','text':'"
            + text
            + "'}]}]}");
  }

  private Exchange exchange(String message) {
    try {
      String body =
          "{'model':'claude-opus-5-5','system':[{'type':'text','text':'x\\n"
              + "Working directory: /a b\\n"
              + "y'}],'messages':["
              + message
              + "]}";
      return new Exchange(
          ++number, 0, Map.of(), (ObjectNode) Json.parse(body.replace('\'', '"')), body.length());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Script script(String yaml) {
    return Script.parse("s.yaml", yaml, 0);
  }

  private static String said(Reply reply) {
    return switch (reply) {
      case Reply.Message message -> {
        StringBuilder text = new StringBuilder();
        for (ObjectNode block : message.blocks()) {
          text.append(block.path("text").asText(block.path("input").toString()));
        }
        yield text.toString();
      }
      case Reply.Failure failure -> failure.status() + " " + failure.message();
      case Reply.Recorded recorded -> {
        StringBuilder text = new StringBuilder();
        recorded.pieces().forEach(p -> text.append(new String(p.bytes(), StandardCharsets.UTF_8)));
        yield text.toString();
      }
    };
  }

  @Test
  void repliesComeInOrderAndThenTheEndIsSaid() {
    Script script = script("replies: [{blocks: [{text: one}]}, {blocks: [{text: two}]}]");

    assertThat(said(script.apply(asking("x")))).isEqualTo("one");
    assertThat(said(script.apply(asking("x")))).isEqualTo("two");
    assertThat(said(script.apply(asking("x"))))
        .isEqualTo("400 The script is at its end: it has no reply for request 3.");
  }

  @Test
  void theDefaultAnswersWhatIsLeft() {
    Script script = script("replies: []\ndefault: {blocks: [{text: again}]}");

    assertThat(said(script.apply(asking("x")))).isEqualTo("again");
    assertThat(said(script.apply(asking("x")))).isEqualTo("again");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "when: hello                 | hello you | true",
        "when: hello                 | bye       | false",
        "when: {contains: hello}     | hello     | true",
        "when: {text: hello}         | hello     | true",
        "when: {result: hello}       | hello     | false",
        "when: {matches: 'h.l+o$'}   | say hello | true",
        "when: {matches: '^hello$'}  | say hello | false",
        "when: {model: opus}         | x         | true",
        "when: {model: haiku}        | x         | false",
        "when: {request: 1}          | x         | true",
        "when: {request: 2}          | x         | false",
        "when: {is_error: true}      | x         | false",
        "when: {is_error: false}     | x         | true",
        "when: {text: a, model: opus}| b         | false"
      })
  void conditionsFitOrNot(String when, String text, boolean fits) {
    Script script = script("replies:\n  - blocks: [{text: taken}]\n    " + when);

    assertThat(said(script.apply(asking(text))).equals("taken")).isEqualTo(fits);
  }

  @Test
  void resultsAndTheirErrorsCanBeAskedFor() {
    Script script =
        script(
            "replies:\n"
                + "  - {when: {is_error: true}, blocks: [{text: sorry}]}\n"
                + "  - {when: {result: '3 failed'}, blocks: [{text: fix}]}\n");

    assertThat(said(script.apply(result("3 failed", false)))).isEqualTo("fix");
    assertThat(said(script.apply(result("boom", true)))).isEqualTo("sorry");
  }

  @Test
  void aConditionalReplyWaitsForItsRequest() {
    Script script =
        script("replies:\n  - {when: later, blocks: [{text: L}]}\n  - {blocks: [{text: first}]}");

    assertThat(said(script.apply(asking("now")))).isEqualTo("first");
    assertThat(said(script.apply(asking("now")))).contains("None of the script's 1 remaining");
    assertThat(said(script.apply(asking("later")))).isEqualTo("L");
  }

  @Test
  void aRuleAnswersAgainAndAgain() {
    Script script = script("replies:\n  - {when: ping, repeat: true, blocks: [{text: pong}]}");

    for (int i = 0; i < 3; i++) {
      assertThat(said(script.apply(asking("ping")))).isEqualTo("pong");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${cwd}/x       | /a b/x",
        "${text}        | go on",
        "${model}       | claude-opus-5-5",
        "${n}           | 1",
        "${HOME}        | ${HOME}",
        "$5 ${          | $5 ${",
        "${verb}!       | go!",
        "${none}        | ''",
      })
  void templatesAreFilled(String template, String filled) {
    Script script =
        script(
            "replies:\n  - capture: {verb: '^(\\w+) on', none: 'zzz'}\n    blocks: [{text: '"
                + template
                + "'}]");

    assertThat(said(script.apply(asking("go on")))).isEqualTo(filled);
  }

  @Test
  void templatesReachIntoInputs() {
    Script script =
        script("replies: [{blocks: [{tool: T, input: {a: ['${results}', 1, {b: '${cwd}'}]}}]}]");

    assertThat(said(script.apply(result("out$1", false))))
        .isEqualTo("{\"a\":[\"out$1\",1,{\"b\":\"/a b\"}]}");
  }

  @Test
  void blocksOfEveryKindAreUnderstood() {
    Reply.Message message =
        (Reply.Message)
            script(
                    "replies:\n"
                        + "  - blocks:\n"
                        + "      - {thinking: hm, signature: s}\n"
                        + "      - {text: t}\n"
                        + "      - {tool: Read, id: toolu_x, input: {n: 1}}\n"
                        + "      - {tool: Read, raw_input: '{\"n\":'}\n"
                        + "      - {raw: {type: redacted_thinking, data: d}}\n"
                        + "    delay_ms: 5\n"
                        + "    delta_chars: 3\n"
                        + "    delta_ms: 1\n"
                        + "    chunk_bytes: 2\n"
                        + "    usage: {input_tokens: 7, output_tokens: 8}\n")
                .apply(asking("x"));

    assertThat(message.stopReason()).isEqualTo("tool_use");
    assertThat(message.blocks().toString().replace("}, {", "},{"))
        .isEqualTo(
            "[{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},"
                + "{\"type\":\"text\",\"text\":\"t\"},"
                + "{\"type\":\"tool_use\",\"id\":\"toolu_x\",\"name\":\"Read\",\"input\":{\"n\":1}},"
                + "{\"type\":\"tool_use\",\"id\":\"toolu_1_3\",\"name\":\"Read\",\"input\":{},"
                + "\"raw_input\":\"{\\\"n\\\":\"},"
                + "{\"type\":\"redacted_thinking\",\"data\":\"d\"}]");
    assertThat(message.pace().chunkBytes()).isEqualTo(2);
    assertThat(message.usage()).hasValueSatisfying(u -> assertThat(u.inputTokens()).isEqualTo(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: drop, after_events: 2}  | Drop[afterEvents=2]",
        "{kind: drop, after_bytes: 9}   | DropBytes[afterBytes=9]",
        "{kind: reset}                  | Reset[afterEvents=4]",
        "{kind: stall, ms: 3}           | Stall[afterEvents=4, millis=3]",
        "{kind: malformed}              | Malformed[afterEvents=4]",
        "{kind: duplicate}              | Duplicate[event=4]",
        "{kind: error, type: api_error} | ErrorEvent[afterEvents=4, type=api_error]"
      })
  void faultsAreUnderstood(String fault, String value) {
    Reply.Message message =
        (Reply.Message)
            script("replies: [{blocks: [{text: t}], fault: " + fault + "}]").apply(asking("x"));

    assertThat(message.fault()).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text                                            | 1 | a script is an object",
        "[1]                                             | 1 | a script is an object",
        "other: 1                                        | 1 | a script has no \"other\"",
        "default: {blocks: []}                           | 1 | needs a list \"replies\"",
        "replies: 7                                      | 1 | needs a list \"replies\"",
        "replies:@  - 7                                  | 2 | a reply is an object, not 7",
        "replies:@  - {}                                 | 2 | needs one of \"blocks\"",
        "replies:@  - {blocks: [], error: {}}            | 2 | needs one of \"blocks\"",
        "replies:@  - blocks: 5                          | 2 | \"blocks\" is a list",
        "replies:@  - blocks:@      - 5                  | 3 | a block is an object",
        "replies:@  - blocks:@      - {txt: a}           | 3 | a block needs \"text\"",
        "replies:@  - blocks:@      - {text: 5}          | 3 | \"text\" is a text, not 5",
        "replies:@  - blocks:@      - {text: a, b: c}    | 3 | a text block has no \"b\"",
        "replies:@  - blocks:@      - {tool: A, input: 1}| 3 | \"input\" is an object",
        "replies:@  - {blocks: [], delay: 5}             | 2 | a reply has no \"delay\"",
        "replies:@  - {blocks: [], delay_ms: soon}       | 2 | \"delay_ms\" is a whole number",
        "replies:@  - {blocks: [], delay_ms: -1}         | 2 | \"delay_ms\" is a whole number",
        "replies:@  - {blocks: [], repeat: maybe}        | 2 | \"repeat\" is true or false",
        "replies:@  - {blocks: [], when: 5}              | 2 | \"when\" is an object",
        "replies:@  - {blocks: [], when: {nth: 5}}       | 2 | \"when\" has no \"nth\"",
        "replies:@  - {blocks: [], when: {matches: '('}} | 2 | is no regular expression",
        "replies:@  - {blocks: [], capture: {a: '['}}    | 2 | is no regular expression",
        "replies:@  - {blocks: [], fault: {kind: fire}}  | 2 | \"kind\" of a fault is one of",
        "replies:@  - {error: {status: 200}}             | 2 | between 400 and 599",
        "replies:@  - {error: {code: 429}}               | 2 | \"error\" has no \"code\"",
        "replies:@  - {sse: 5}                           | 2 | \"sse\" is a text"
      })
  void whatIsWrongIsSaidWithItsLine(String yaml, int line, String what) {
    assertThatThrownBy(() -> script(yaml.replace('@', '\n')))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("s.yaml, line " + line + ": ")
        .hasMessageContaining(what)
        .hasMessageContaining("replay-script.md");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"replies: [", "replies:\n\t- a", "a: 1\na: 2", "? [a]\n: 1", "--- a\n--- b", "*x"})
  void whatIsNoYamlIsSaid(String yaml) {
    assertThatThrownBy(() -> script(yaml))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("s.yaml is neither a script nor a recording: ");
  }

  @Test
  void aScriptMayBeJson() {
    Script script = script("{\"replies\": [{\"blocks\": [{\"text\": \"j\\u00e9\"}]}]}");

    assertThat(said(script.apply(asking("x")))).isEqualTo("jé");
  }

  @Test
  void anErrorAndARawStreamAreAnswersToo() {
    Script script =
        script(
            "replies:\n  - error: {status: 429, type: rate_limit_error, message: slow, headers:"
                + " {retry-after: 3}}\n  - {sse: \"data: 1\\n\\n\", chunk_bytes: 2}");
    Reply first = script.apply(asking("x"));

    assertThat(first)
        .isEqualTo(new Reply.Failure(429, "rate_limit_error", "slow", Map.of("retry-after", "3")));
    assertThat(said(script.apply(asking("x")))).isEqualTo("data: 1\n\n");
  }

  @Test
  void theBuiltInScriptsAreValid() throws IOException {
    Demo.script();
    Script script = script(Files.readString(Path.of("scripts/launcher/training.yaml")));
    assertThat(said(script.apply(asking("x")))).contains("/a b/training-notes.txt");
  }
}
