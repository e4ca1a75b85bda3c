package dev.agent.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordSchemaTest {
  enum Mode {
    CONTENT,
    @Wire("files_with_matches")
    FILES
  }

  record Item(String text, Optional<Boolean> done) {}

  record Input(
      String filePath,
      int limit,
      Optional<Long> offset,
      Optional<Double> ratio,
      Optional<Boolean> replaceAll,
      Optional<Mode> mode,
      Optional<List<Item>> items,
      @Wire("-A") Optional<Integer> after,
      Optional<ObjectNode> data,
      Optional<JsonNode> any) {}

  record Nothing() {}

  private static final RecordSchema<Input> SCHEMA =
      RecordSchema.of(Input.class, Map.of("file_path", "The file", "items.text", "What"));

  private static ObjectNode object(String json) throws Exception {
    return (ObjectNode) Json.parse(json);
  }

  @Test
  void theSchemaNamesTypesDescriptionsAndWhatIsRequired() throws Exception {
    assertThat(SCHEMA.json())
        .isEqualTo(
            object(
                """
                {"type":"object","properties":{
                  "file_path":{"type":"string","description":"The file"},"limit":{"type":"integer"},"offset":{"type":"integer"},"ratio":{"type":"number"},
                  "replace_all":{"type":"boolean"},"mode":{"type":"string","enum":["content","files_with_matches"]},
                  "items":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string","description":"What"},"done":{"type":"boolean"}},
                    "required":["text"],"additionalProperties":false}},
                  "-A":{"type":"integer"},"data":{"type":"object"},"any":{}},
                 "required":["file_path","limit"],"additionalProperties":false}\
                """));
    assertThat(Json.write(SCHEMA.json()))
        .isEqualTo(
            Json.write(
                RecordSchema.of(Input.class, Map.of("items.text", "What", "file_path", "The file"))
                    .json()));
  }

  @Test
  void everyFieldIsBound() throws Exception {
    Input input =
        SCHEMA.bind(
            object(
                """
                {"file_path":"a","limit":3,"offset":9999999999,"ratio":0.5,"replace_all":true,"mode":"files_with_matches",
                 "items":[{"text":"x"},{"text":"y","done":false}],"-A":2,"data":{"k":[1]},"any":"z"}\
                """));
    assertThat(input)
        .isEqualTo(
            new Input(
                "a",
                3,
                Optional.of(9_999_999_999L),
                Optional.of(0.5),
                Optional.of(true),
                Optional.of(Mode.FILES),
                Optional.of(
                    List.of(new Item("x", Optional.empty()), new Item("y", Optional.of(false)))),
                Optional.of(2),
                Optional.of(object("{\"k\":[1]}")),
                Optional.of(Json.parse("\"z\""))));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"limit\":\"42\"|\"limit\":42",
        "\"limit\":42.0|\"limit\":42",
        "\"limit\":\" 7 \"|\"limit\":7",
        "\"limit\":1,\"ratio\":\"3.14\"|\"limit\":1,\"ratio\":3.14",
        "\"limit\":1,\"replace_all\":\"true\"|\"limit\":1,\"replace_all\":true",
        "\"limit\":1,\"replace_all\":\"Yes\"|\"limit\":1,\"replace_all\":true",
        "\"limit\":1,\"replace_all\":1|\"limit\":1,\"replace_all\":true",
        "\"limit\":1,\"replace_all\":\"off\"|\"limit\":1,\"replace_all\":false",
        "\"limit\":1,\"mode\":\"CONTENT\"|\"limit\":1,\"mode\":\"content\"",
        "\"limit\":1,\"items\":\"[{\\\"text\\\":\\\"x\\\"}]\"|\"limit\":1,\"items\":[{\"text\":\"x\"}]",
        "\"limit\":1,\"items\":[{\"text\":5}]|\"limit\":1,\"items\":[{\"text\":\"5\"}]",
        "\"limit\":1,\"data\":\"{\\\"a\\\":1}\"|\"limit\":1,\"data\":{\"a\":1}",
        "\"limit\":1,\"offset\":null|\"limit\":1",
      })
  void harmlessMistakesAreMended(String given, String expected) throws Exception {
    assertThat(Json.write(SCHEMA.check(object("{\"file_path\":\"a\"," + given + "}"))))
        .isEqualTo("{\"file_path\":\"a\"," + expected + "}");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"limit\":1}|\"file_path\" is required but missing",
        "{\"file_path\":null,\"limit\":1}|\"file_path\" is required but missing",
        "{\"file_path\":\"a\",\"limit\":\"abc\"}|\"limit\" must be a whole number, but was \"abc\"",
        "{\"file_path\":\"a\",\"limit\":1.5}|\"limit\" must be a whole number, but was 1.5",
        "{\"file_path\":\"a\",\"limit\":3000000000}|\"limit\" must be a whole number, but was"
            + " 3000000000",
        "{\"file_path\":\"a\",\"limit\":\"1e999999999\"}|\"limit\" must be a whole number, but was"
            + " \"1e999999999\"",
        "{\"file_path\":{},\"limit\":1}|\"file_path\" must be a string, but was {}",
        "{\"file_path\":\"a\",\"limit\":1,\"replace_all\":\"maybe\"}|\"replace_all\" must be true"
            + " or false, but was \"maybe\"",
        "{\"file_path\":\"a\",\"limit\":1,\"ratio\":\"x\"}|\"ratio\" must be a number, but was"
            + " \"x\"",
        "{\"file_path\":\"a\",\"limit\":1,\"mode\":\"x\"}|\"mode\" must be one of content,"
            + " files_with_matches, but was \"x\"",
        "{\"file_path\":\"a\",\"limit\":1,\"items\":{}}|\"items\" must be a list, but was {}",
        "{\"file_path\":\"a\",\"limit\":1,\"items\":[{\"text\":\"x\"},{}]}|\"items[1].text\" is"
            + " required but missing",
        "{\"file_path\":\"a\",\"limit\":1,\"items\":[3]}|\"items[0]\" must be an object, but was 3",
        "{\"file_path\":\"a\",\"limit\":1,\"data\":[]}|\"data\" must be an object, but was []",
      })
  void whatCannotBeMendedIsRefusedByTheNameOfTheField(String given, String message)
      throws Exception {
    ObjectNode input = object(given);
    assertThatThrownBy(() -> SCHEMA.check(input))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "filepath,file_path",
    "filePath,file_path",
    "path,file_path",
    "File-Path,file_path",
    "limt,limit",
    "max_limit,limit",
    "replaceall,replace_all",
    "oofset,offset",
    "moed,"
  })
  void anUnknownFieldNamesTheNearestParameter(String wrong, String near) throws Exception {
    ObjectNode input = object("{\"file_path\":\"a\",\"limit\":1}").put(wrong, 1);
    String hint =
        near == null
            ? "; the parameters are file_path, limit"
            : "; did you mean \"" + near + "\"? The parameters are file_path, limit";
    assertThatThrownBy(() -> SCHEMA.check(input))
        .hasMessageStartingWith("\"" + wrong + "\" is not a parameter here" + hint);
  }

  @Test
  void anUnknownFieldInsideIsNamedWithItsPath() throws Exception {
    ObjectNode input =
        object("{\"file_path\":\"a\",\"limit\":1,\"items\":[{\"text\":\"x\",\"dne\":true}]}");
    assertThatThrownBy(() -> SCHEMA.check(input))
        .hasMessage(
            "\"items[0].dne\" is not a parameter here; did you mean \"done\"? The parameters are"
                + " text, done");
    assertThatThrownBy(() -> RecordSchema.of(Nothing.class, Map.of()).check(object("{\"a\":1}")))
        .hasMessage("\"a\" is not a parameter here; there are none");
  }

  @Test
  void aTypeWithoutJsonFormIsABugSaidAtOnce() {
    record Bad(java.io.File file) {}
    assertThatThrownBy(() -> RecordSchema.of(Bad.class, Map.of()).json())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no JSON form");
  }

  @Test
  void aLongValueIsShownInShort() throws Exception {
    ObjectNode input = Json.object().put("file_path", "a").put("limit", "x".repeat(5000));
    assertThatThrownBy(() -> SCHEMA.check(input))
        .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
  }
}
