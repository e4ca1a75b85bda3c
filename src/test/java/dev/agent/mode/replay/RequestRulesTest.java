package dev.agent.mode.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestRulesTest {
  private static final String USER = "{'role':'user','content':'hi'}";
  private static final String CALL =
      "{'role':'assistant','content':[{'type':'text','text':'look'},"
          + "{'type':'tool_use','id':'a','name':'Read','input':{}},"
          + "{'type':'tool_use','id':'b','name':'Read','input':{}}]}";
  private static final String BOTH =
      "{'role':'user','content':[{'type':'tool_result','tool_use_id':'a','content':'x'},"
          + "{'type':'tool_result','tool_use_id':'b'}]}";

  private static ObjectNode json(String text) {
    try {
      return (ObjectNode) Json.parse(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static ObjectNode request(String model, String members, String... messages) {
    return json(
        "{'model':'"
            + model
            + "','max_tokens':4000,"
            + members
            + (members.isEmpty() ? "" : ",")
            + "'messages':["
            + String.join(",", messages)
            + "]}");
  }

  private static String user(String blocks) {
    return "{'role':'user','content':[" + blocks + "]}";
  }

  private static String assistant(String blocks) {
    return "{'role':'assistant','content':[" + blocks + "]}";
  }

  private static String result(String id) {
    return "{'type':'tool_result','tool_use_id':'" + id + "','content':'x'}";
  }

  private static String text(String text) {
    return "{'type':'text','text':'" + text + "'}";
  }

  private static String marked(String text) {
    return "{'type':'text','text':'" + text + "','cache_control':{'type':'ephemeral'}}";
  }

  private static String tool(String name, String schema) {
    return "'tools':[{'name':'" + name + "','description':'d','input_schema':" + schema + "}]";
  }

  private static final String OPUS = "claude-opus-5-5";
  private static final String OLD = "claude-sonnet-4-5-20250929";

  static Stream<Arguments> legal() {
    String image =
        "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'AAAA'}}";
    return Stream.of(
        Arguments.of("one user message", request(OPUS, "", USER)),
        Arguments.of("calls with results", request(OPUS, "", USER, CALL, BOTH)),
        Arguments.of(
            "text after the results",
            request(OPUS, "", USER, CALL, user(result("b") + "," + result("a") + "," + text("t")))),
        Arguments.of("two user messages count as one", request(OPUS, "", USER, USER)),
        Arguments.of(
            "results over two user messages",
            request(OPUS, "", USER, CALL, user(result("a")), user(result("b")))),
        Arguments.of(
            "calls over two assistant messages",
            request(
                OPUS,
                "",
                USER,
                assistant("{'type':'tool_use','id':'a','name':'R','input':{}}"),
                assistant("{'type':'tool_use','id':'b','name':'R','input':{}}"),
                BOTH)),
        Arguments.of(
            "four marks",
            request(
                OPUS,
                "'system':[" + marked("s") + "," + marked("t") + "]",
                user(marked("a") + "," + marked("b")))),
        Arguments.of(
            "1h before 5m",
            request(
                OPUS,
                "'system':[{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'1h'}}]",
                user(marked("a")))),
        Arguments.of("a tool", request(OPUS, tool("Read", "{'type':'object'}"), USER)),
        Arguments.of(
            "oneOf below the top",
            request(OPUS, tool("R", "{'type':'object','properties':{'a':{'oneOf':[]}}}"), USER)),
        Arguments.of("adaptive on new", request(OPUS, "'thinking':{'type':'adaptive'}", USER)),
        Arguments.of(
            "budget on old",
            request(OLD, "'thinking':{'type':'enabled','budget_tokens':1024}", USER)),
        Arguments.of(
            "forced tool on old",
            request(OLD, tool("R", "{'type':'object'}") + ",'tool_choice':{'type':'any'}", USER)),
        Arguments.of("prefill on old", request(OLD, "", USER, assistant(text("I say")))),
        Arguments.of("an image", request(OPUS, "", user(image + "," + text("what?")))),
        Arguments.of(
            "image in result",
            request(
                OPUS,
                "",
                USER,
                CALL,
                user(
                    "{'type':'tool_result','tool_use_id':'a','content':["
                        + image
                        + "]},"
                        + result("b")))),
        Arguments.of(
            "system message where it is known",
            request(OPUS, "", USER, "{'role':'system','content':'mind this'}")),
        Arguments.of(
            "thinking between text",
            request(
                OPUS,
                "",
                USER,
                assistant("{'type':'thinking','thinking':'','signature':'s'}," + text("a")),
                USER)),
        Arguments.of("effort", request(OPUS, "'output_config':{'effort':'high'}", USER)),
        Arguments.of("max_tokens 0", request(OPUS, "'stream':true", USER).put("max_tokens", 0)),
        Arguments.of(
            "server tool with its result",
            request(
                OPUS,
                "",
                USER,
                assistant(
                    "{'type':'server_tool_use','id':'srvtoolu_1','name':'web_search','input':{}},"
                        + "{'type':'web_search_tool_result','tool_use_id':'srvtoolu_1','content':[]}"),
                USER)),
        Arguments.of(
            "an unknown model takes everything",
            request(
                "my-model",
                "'temperature':0.5,'thinking':{'type':'enabled','budget_tokens':2000}",
                USER,
                assistant(text("pre")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("legal")
  void legalRequestsPass(String name, ObjectNode request) {
    assertThat(new RequestRules().checkAll(request, Map.of())).isEmpty();
  }

  static Stream<Arguments> illegal() {
    String use = "{'type':'tool_use','id':'a','name':'Read','input':{}}";
    String missing = "without `tool_result` blocks immediately after";
    String big = "A".repeat(10 * 1024 * 1024 + 4);
    return Stream.of(
        Arguments.of("no messages", request(OPUS, ""), "at least one message"),
        Arguments.of(
            "first from the assistant",
            request(OPUS, "", assistant(text("a")), USER),
            "first message must use"),
        Arguments.of(
            "unknown role",
            request(OPUS, "", USER, "{'role':'tool','content':'x'}"),
            "role: Input should be"),
        Arguments.of(
            "system role where it is unknown",
            request("claude-sonnet-5-5", "", USER, "{'role':'system','content':'x'}"),
            "role 'system' is not supported"),
        Arguments.of("prefill", request(OPUS, "", USER, assistant(text("I"))), "prefill"),
        Arguments.of(
            "prefill with a blank at its end",
            request(OLD, "", USER, assistant(text("I "))),
            "trailing whitespace"),
        Arguments.of("call at the end", request(OPUS, "", USER, CALL), missing + ": a, b"),
        Arguments.of(
            "call without results", request(OPUS, "", USER, CALL, USER), missing + ": a, b"),
        Arguments.of(
            "one result of two", request(OPUS, "", USER, CALL, user(result("a"))), missing + ": b"),
        Arguments.of(
            "results too late",
            request(OPUS, "", USER, CALL, USER, assistant(text("x")), BOTH),
            missing),
        Arguments.of(
            "result of nothing", request(OPUS, "", user(result("a"))), "unexpected `tool_use_id`"),
        Arguments.of(
            "result of another call",
            request(
                OPUS, "", USER, CALL, user(result("a") + "," + result("b") + "," + result("c"))),
            "unexpected `tool_use_id` found in `tool_result` blocks: c"),
        Arguments.of(
            "two results of one call",
            request(
                OPUS, "", USER, CALL, user(result("a") + "," + result("a") + "," + result("b"))),
            "must have a single result"),
        Arguments.of(
            "text before results",
            request(OPUS, "", USER, CALL, user(text("t") + "," + result("a") + "," + result("b"))),
            "must come before any other"),
        Arguments.of(
            "text between results",
            request(OPUS, "", USER, CALL, user(result("a") + "," + text("t") + "," + result("b"))),
            "must come before any other"),
        Arguments.of(
            "an id twice in one message",
            request(OPUS, "", USER, assistant(use + "," + use), user(result("a"))),
            "unique"),
        Arguments.of(
            "an id twice over messages",
            request(OPUS, "", USER, CALL, BOTH, assistant(use), user(result("a"))),
            "unique"),
        Arguments.of(
            "a call from the user", request(OPUS, "", user(use)), "only be in `assistant`"),
        Arguments.of(
            "thinking from the user",
            request(OPUS, "", user("{'type':'thinking','thinking':'t','signature':'s'}")),
            "only be in `assistant`"),
        Arguments.of(
            "a result from the assistant",
            request(OPUS, "", USER, assistant(result("a")), USER),
            "only be in `user`"),
        Arguments.of(
            "an image from the assistant",
            request(OPUS, "", USER, assistant("{'type':'image','source':{}}"), USER),
            "not permitted in assistant"),
        Arguments.of(
            "input that is no object",
            request(
                OPUS,
                "",
                USER,
                assistant("{'type':'tool_use','id':'a','name':'R','input':'{}'}"),
                user(result("a"))),
            "valid dictionary"),
        Arguments.of(
            "an empty id",
            request(
                OPUS,
                "",
                USER,
                assistant("{'type':'tool_use','id':'','name':'R','input':{}}"),
                user(result(""))),
            "tool_use.id"),
        Arguments.of(
            "a bad tool name in a call",
            request(
                OPUS,
                "",
                USER,
                assistant("{'type':'tool_use','id':'a','name':'a b','input':{}}"),
                user(result("a"))),
            "tool_use.name"),
        Arguments.of(
            "a private member in a call",
            request(
                OPUS,
                "",
                USER,
                assistant("{'type':'tool_use','id':'a','name':'R','input':{},'x':1}"),
                user(result("a"))),
            ".x: Extra inputs"),
        Arguments.of(
            "an unknown member of a message",
            request(OPUS, "", "{'role':'user','content':'hi','id':'1'}"),
            "id: Extra inputs"),
        Arguments.of("empty text", request(OPUS, "", user(text(""))), "must be non-empty"),
        Arguments.of("blank text", request(OPUS, "", user(text("  "))), "non-whitespace"),
        Arguments.of(
            "empty string content",
            request(OPUS, "", "{'role':'user','content':''}"),
            "non-empty content"),
        Arguments.of(
            "blank string content",
            request(OPUS, "", "{'role':'user','content':' '}"),
            "non-whitespace"),
        Arguments.of(
            "empty text in a result",
            request(
                OPUS,
                "",
                USER,
                CALL,
                user(
                    "{'type':'tool_result','tool_use_id':'a','content':["
                        + text("")
                        + "]},"
                        + result("b"))),
            "must be non-empty"),
        Arguments.of(
            "empty message in the middle",
            request(OPUS, "", USER, assistant(""), USER),
            "non-empty content"),
        Arguments.of(
            "content that is neither text nor list",
            request(OPUS, "", "{'role':'user','content':7}"),
            "valid string or list"),
        Arguments.of(
            "a block without type", request(OPUS, "", user("{'text':'x'}")), "type: Field"),
        Arguments.of(
            "five marks",
            request(
                OPUS,
                "",
                user(
                    marked("a")
                        + ","
                        + marked("b")
                        + ","
                        + marked("c")
                        + ","
                        + marked("d")
                        + ","
                        + marked("e"))),
            "Found 5"),
        Arguments.of(
            "five marks with the one for all",
            request(
                OPUS,
                "'cache_control':{'type':'ephemeral'}",
                user(marked("a") + "," + marked("b") + "," + marked("c") + "," + marked("d"))),
            "Found 5"),
        Arguments.of(
            "a mark on thinking",
            request(
                OPUS,
                "",
                USER,
                assistant(
                    "{'type':'thinking','thinking':'t','signature':'s','cache_control':{'type':'ephemeral'}},"
                        + text("a")),
                USER),
            "thinking blocks cannot have cache_control"),
        Arguments.of(
            "a mark on empty text",
            request(OPUS, "'system':[" + marked("") + "]", USER),
            "empty text blocks"),
        Arguments.of(
            "1h after 5m",
            request(
                OPUS,
                "'system':[" + marked("s") + "]",
                user("{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'1h'}}")),
            "must not come after"),
        Arguments.of(
            "an unknown life",
            request(
                OPUS,
                "",
                user("{'type':'text','text':'s','cache_control':{'type':'ephemeral','ttl':'2h'}}")),
            "'5m' or '1h'"),
        Arguments.of(
            "an unknown mark",
            request(OPUS, "", user("{'type':'text','text':'s','cache_control':{'type':'x'}}")),
            "'ephemeral'"),
        Arguments.of("an unknown field", request(OPUS, "'colour':1", USER), "colour: Extra inputs"),
        Arguments.of(
            "a beta's field without the beta",
            request(OPUS, "'context_management':{}", USER),
            "context_management: Extra inputs"),
        Arguments.of("no model", request("", "", USER), "model: Field required"),
        Arguments.of(
            "negative max_tokens", request(OPUS, "", USER).put("max_tokens", -1), "max_tokens"),
        Arguments.of(
            "no max_tokens",
            request(OPUS, "", USER).put("max_tokens", "many"),
            "max_tokens: Field required"),
        Arguments.of(
            "max_tokens above the model's",
            request(OLD, "", USER).put("max_tokens", 64_001),
            "64001 > 64000"),
        Arguments.of(
            "a bad tool name",
            request(OPUS, tool("a.b", "{'type':'object'}"), USER),
            "name: String should match"),
        Arguments.of(
            "a long tool name",
            request(OPUS, tool("a".repeat(65), "{'type':'object'}"), USER),
            "should match"),
        Arguments.of(
            "a tool twice",
            request(
                OPUS,
                "'tools':[{'name':'A','input_schema':{'type':'object'}},"
                    + "{'name':'A','input_schema':{'type':'object'}}]",
                USER),
            "must be unique"),
        Arguments.of(
            "a schema that is no object",
            request(OPUS, tool("A", "{'type':'string'}"), USER),
            "Input should be 'object'"),
        Arguments.of(
            "oneOf at the top",
            request(OPUS, tool("A", "{'type':'object','oneOf':[]}"), USER),
            "oneOf"),
        Arguments.of(
            "anyOf at the top",
            request(OPUS, tool("A", "{'type':'object','anyOf':[]}"), USER),
            "anyOf"),
        Arguments.of(
            "allOf at the top",
            request(OPUS, tool("A", "{'type':'object','allOf':[]}"), USER),
            "allOf"),
        Arguments.of(
            "an unknown member of a tool",
            request(
                OPUS, "'tools':[{'name':'A','input_schema':{'type':'object'},'effect':1}]", USER),
            "effect: Extra inputs"),
        Arguments.of(
            "budget on a new model",
            request(OPUS, "'thinking':{'type':'enabled','budget_tokens':2000}", USER),
            "\"thinking.type.enabled\" is not supported"),
        Arguments.of(
            "adaptive on an old model",
            request(OLD, "'thinking':{'type':'adaptive'}", USER),
            "adaptive thinking is not supported"),
        Arguments.of(
            "thinking off where it can't be",
            request(OPUS, "'thinking':{'type':'disabled'}", USER),
            "\"thinking.type.disabled\""),
        Arguments.of(
            "between tools elsewhere",
            request(OPUS, "'thinking':{'type':'between_tools'}", USER),
            "between_tools"),
        Arguments.of(
            "unknown thinking", request(OPUS, "'thinking':{'type':'deep'}", USER), "'deep'"),
        Arguments.of(
            "a small budget",
            request(OLD, "'thinking':{'type':'enabled','budget_tokens':1023}", USER),
            "1024"),
        Arguments.of(
            "a budget of everything",
            request(OLD, "'thinking':{'type':'enabled','budget_tokens':4000}", USER),
            "must be greater than"),
        Arguments.of(
            "a budget for adaptive",
            request(OPUS, "'thinking':{'type':'adaptive','budget_tokens':2000}", USER),
            "budget_tokens: Extra inputs"),
        Arguments.of(
            "an unknown effort",
            request(OPUS, "'output_config':{'effort':'huge'}", USER),
            "output_config.effort"),
        Arguments.of(
            "effort where there is none",
            request(OLD, "'output_config':{'effort':'high'}", USER),
            "effort parameter"),
        Arguments.of(
            "temperature on a new model",
            request(OPUS, "'temperature':1", USER),
            "`temperature` is not supported"),
        Arguments.of(
            "a forced tool on a new model",
            request(
                OPUS,
                tool("A", "{'type':'object'}") + ",'tool_choice':{'type':'tool','name':'A'}",
                USER),
            "forcing tool use"),
        Arguments.of(
            "a forced tool with thinking",
            request(
                OLD,
                tool("A", "{'type':'object'}")
                    + ",'tool_choice':{'type':'any'},"
                    + "'thinking':{'type':'enabled','budget_tokens':2000}",
                USER),
            "forces tool use"),
        Arguments.of(
            "a forced tool that is not there",
            request(
                OLD,
                tool("A", "{'type':'object'}") + ",'tool_choice':{'type':'tool','name':'B'}",
                USER),
            "'B' not found"),
        Arguments.of(
            "an unknown choice", request(OPUS, "'tool_choice':{'type':'some'}", USER), "'some'"),
        Arguments.of(
            "thinking without signature",
            request(
                OPUS, "", USER, assistant("{'type':'thinking','thinking':'t'}," + text("a")), USER),
            "signature: Field required"),
        Arguments.of(
            "an image of a strange type",
            request(
                OPUS,
                "",
                user(
                    "{'type':'image','source':{'type':'base64','media_type':'image/tiff','data':'A'}}")),
            "media_type"),
        Arguments.of(
            "an empty image",
            request(
                OPUS,
                "",
                user(
                    "{'type':'image','source':{'type':'base64','media_type':'image/png','data':''}}")),
            "Could not process image"),
        Arguments.of(
            "a huge image",
            request(
                OPUS,
                "",
                user(
                    "{'type':'image','source':{'type':'base64','media_type':'image/png','data':'"
                        + big
                        + "'}}")),
            "exceeds 10 MB"),
        Arguments.of(
            "text while a server's tool runs",
            request(
                OPUS,
                "",
                USER,
                assistant(
                    "{'type':'server_tool_use','id':'s','name':'web_search','input':{}}," + use),
                user(result("a") + "," + text("t"))),
            "server tool is running"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("illegal")
  void illegalRequestsAreNamed(String name, ObjectNode request, String sentence) {
    assertThat(new RequestRules().checkAll(request, Map.of()))
        .anySatisfy(found -> assertThat(found).contains(sentence));
  }

  @Test
  void aBetaFieldPassesWithItsBeta() {
    ObjectNode request = request(OPUS, "'context_management':{}", USER);

    assertThat(
            new RequestRules()
                .checkAll(request, Map.of("anthropic-beta", "context-management-2025-06-27")))
        .isEmpty();
  }

  private static final String THOUGHT = "{'type':'thinking','thinking':'T','signature':'S'}";
  private static final String THOUGHT_CALL =
      THOUGHT + ",{'type':'tool_use','id':'a','name':'R','input':{}}";

  /** Rules that have sent a thought and a call in answer to USER. */
  private static RequestRules afterSending(String model) {
    RequestRules rules = new RequestRules();
    List<ObjectNode> sent = new ArrayList<>();
    json("{'content':[" + THOUGHT_CALL + "]}")
        .path("content")
        .forEach(b -> sent.add((ObjectNode) b));
    rules.sent(request(model, "", USER), sent);
    return rules;
  }

  static Stream<Arguments> thinking() {
    String same = assistant(THOUGHT_CALL);
    String changed = same.replace("'T'", "'U'");
    String resigned = same.replace("'S'", "'Z'");
    String dropped = assistant("{'type':'tool_use','id':'a','name':'R','input':{}}");
    String added = assistant(THOUGHT + "," + THOUGHT_CALL);
    String other = USER.replace("hi", "ho");
    String done = user(result("a"));
    String end = assistant(text("done"));
    return Stream.of(
        Arguments.of("same", OPUS, new String[] {USER, same, done}, true),
        Arguments.of("same, old model", OLD, new String[] {USER, same, done}, true),
        Arguments.of("changed text", OPUS, new String[] {USER, changed, done}, false),
        Arguments.of("changed signature", OLD, new String[] {USER, resigned, done}, false),
        Arguments.of("dropped in the loop", OLD, new String[] {USER, dropped, done}, false),
        Arguments.of("added in the loop", OLD, new String[] {USER, added, done}, false),
        Arguments.of(
            "dropped after the loop", OPUS, new String[] {USER, dropped, done, end, USER}, true),
        Arguments.of("kept after the loop", OPUS, new String[] {USER, same, done, end, USER}, true),
        Arguments.of("another prefix, bound", OPUS, new String[] {other, same, done}, false),
        Arguments.of("another prefix, not bound", OLD, new String[] {other, same, done}, true),
        Arguments.of("a longer prefix, bound", OPUS, new String[] {USER, USER, same, done}, false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("thinking")
  void thinkingComesBackAsItWas(String name, String model, String[] messages, boolean legal) {
    List<String> found = afterSending(model).checkAll(request(model, "", messages), Map.of());

    assertThat(found.isEmpty()).as(String.valueOf(found)).isEqualTo(legal);
  }

  @Test
  void boundThinkingOfAnotherModelIsRefused() {
    List<String> found =
        afterSending("claude-sonnet-5-5")
            .checkAll(
                request(OPUS, "", USER, assistant(THOUGHT_CALL), user(result("a"))), Map.of());

    assertThat(found).singleElement().asString().contains("another conversation prefix or model");
  }
}
