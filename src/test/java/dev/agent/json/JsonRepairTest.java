package dev.agent.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonRepairTest {

  static List<List<String>> mended() {
    return List.of(
        List.of("{\"a\":1,}", "{\"a\":1}"),
        List.of("{\"a\":[1,2,],}", "{\"a\":[1,2]}"),
        List.of("{'a':'b'}", "{\"a\":\"b\"}"),
        List.of("{'a':'say \"hi\"'}", "{\"a\":\"say \\\"hi\\\"\"}"),
        List.of("{'a':'it\\'s'}", "{\"a\":\"it's\"}"),
        List.of("{\"a\":\"x\ny\"}", "{\"a\":\"x\\ny\"}"),
        List.of("{\"a\":\"x\ty\u0001\"}", "{\"a\":\"x\\ty\\u0001\"}"),
        List.of("```json\n{\"a\":1}\n```", "{\"a\":1}"),
        List.of("```\n{\"a\":1,}\n```", "{\"a\":1}"),
        List.of("{\"a\":True,\"b\":False,\"c\":None}", "{\"a\":true,\"b\":false,\"c\":null}"),
        List.of("{a:1,file_path:\"x\"}", "{\"a\":1,\"file_path\":\"x\"}"),
        List.of("{\"a\":\"x\"", "{\"a\":\"x\"}"),
        List.of("{\"a\":{\"b\":[\"x\"]", "{\"a\":{\"b\":[\"x\"]}}"),
        List.of("{\"a\":true", "{\"a\":true}"),
        List.of("{\"a\":\"\\d+\\.\"}", "{\"a\":\"\\\\d+\\\\.\"}"),
        List.of("\"{\\\"a\\\":1}\"", "{\"a\":1}"),
        List.of("{\"a\" : -1.5e3 , }", "{\"a\":-1.5E+3}"));
  }

  @ParameterizedTest
  @MethodSource("mended")
  void whatHasOneReadingIsMended(List<String> row) {
    JsonRepair.Reading reading = JsonRepair.read(row.get(0));
    assertThat(reading)
        .isInstanceOfSatisfying(
            JsonRepair.Reading.Complete.class,
            complete -> {
              assertThat(Json.write(complete.value())).isEqualTo(row.get(1));
              assertThat(complete.wasMended()).isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  \n",
        "```json\n",
        "{",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":\"x",
        "{\"a\":\"x\\",
        "{\"a\":\"x\\u00",
        "{\"a\":1",
        "{\"a\":12.",
        "{\"a\":tru",
        "{\"a\":\"x\",",
        "{\"a\":[",
        "{\"a\":[\"x\",",
        "{\"a\":{",
        "{\"a\":\"x\",\"content\":\"class A {",
        "{'a':'x",
        "{a",
        "{\"a\":-"
      })
  void whatWasCutIsReportedAndNeverCompleted(String text) {
    assertThat(JsonRepair.read(text)).isInstanceOf(JsonRepair.Reading.Cut.class);
    assertThat(JsonRepair.repair(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "[1]",
        "[1,]",
        "12",
        "null",
        "\"text\"",
        "{\"a\":1}{\"b\":2}",
        "{\"a\":1} rm",
        "{\"a\":1,\"a\":2}",
        "{'a':1,'a':2}",
        "{\"a\":x}",
        "{\"a\" 1}",
        "{\"a\":1 \"b\":2}",
        "{\"a\":0x10}",
        "{\"a\":\"\\uZZZZ\"}",
        "{,}",
        "{\"a\":}",
        "{\"a\":[1}",
        "{:1}"
      })
  void whatHasNoOneReadingIsBroken(String text) {
    assertThat(JsonRepair.read(text)).isInstanceOf(JsonRepair.Reading.Broken.class);
  }

  @Test
  void jsonStaysAsItIs() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      ObjectNode object = object(random, 0);
      String text = random.nextBoolean() ? Json.write(object) : Json.pretty(object);
      assertThat(JsonRepair.read(text))
          .isEqualTo(new JsonRepair.Reading.Complete((ObjectNode) Json.parse(text), false));
    }
  }

  @Test
  void noPrefixOfJsonCompletesAString() throws Exception {
    Random random = new Random(6);
    for (int i = 0; i < 300; i++) {
      String text = Json.write(object(random, 0));
      ObjectNode whole = (ObjectNode) Json.parse(text);
      for (int cut = 0; cut < text.length(); cut++) {
        JsonRepair.Reading reading = JsonRepair.read(text.substring(0, cut));
        if (reading instanceof JsonRepair.Reading.Complete(ObjectNode value, _)) {
          assertThat(isPart(value, whole)).as(text.substring(0, cut)).isTrue();
        }
      }
    }
  }

  /**
   * Whether each value of the part is in the whole, unchanged but for members that are missing at
   * the end.
   */
  private static boolean isPart(
      com.fasterxml.jackson.databind.JsonNode part, com.fasterxml.jackson.databind.JsonNode whole) {
    if (part instanceof ObjectNode object) {
      return whole.isObject()
          && object.properties().stream()
              .allMatch(
                  member ->
                      whole.has(member.getKey())
                          && isPart(member.getValue(), whole.get(member.getKey())));
    }
    if (part instanceof ArrayNode list) {
      for (int i = 0; i < list.size(); i++) {
        if (!whole.has(i) || !isPart(list.get(i), whole.get(i))) {
          return false;
        }
      }
      return true;
    }
    return part.equals(whole);
  }

  @Test
  void neverThrowsWhateverComes() {
    Random random = new Random(7);
    String alphabet = "{}[]\"':,\\ntrueTrNone0123.-+eE u\n`x/";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "{" : "");
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(JsonRepair.read(text.toString())).isNotNull();
    }
    assertThat(JsonRepair.read("{\"a\":" + "[".repeat(100_000))).isNotNull();
    assertThat(JsonRepair.read("{'a':".repeat(100_000))).isNotNull();
  }

  private static ObjectNode object(Random random, int depth) {
    ObjectNode out = Json.object();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = "k" + random.nextInt(100);
      switch (random.nextInt(depth > 3 ? 4 : 6)) {
        case 0 -> out.put(name, random.nextInt());
        case 1 -> out.put(name, "a\"b'c\\d\n{}[],:" + random.nextInt() + "ü😀");
        case 2 -> out.put(name, random.nextBoolean());
        case 3 -> out.putNull(name);
        case 4 -> out.set(name, object(random, depth + 1));
        default -> out.putArray(name).add(1).add("x").add(object(random, depth + 1));
      }
    }
    return out;
  }
}
