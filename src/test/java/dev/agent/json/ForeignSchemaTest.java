package dev.agent.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ForeignSchemaTest {
  private static final String SCHEMA =
      """
      {"type":"object","properties":{
        "path":{"type":"string","minLength":1},"count":{"type":"integer","minimum":0},"ratio":{"type":"number"},"deep":{"type":"boolean"},
        "tags":{"type":"array","items":{"type":"string"}},"mode":{"enum":["fast","slow"]},
        "at":{"$ref":"#/$defs/point"}},
       "required":["path"],"additionalProperties":false,
       "$defs":{"point":{"type":"object","properties":{"x":{"type":"number"}},"required":["x"]}}}\
      """;

  private static ObjectNode object(String json) throws Exception {
    return (ObjectNode) Json.parse(json);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{\"path\":\"a\"}|{\"path\":\"a\"}",
        "{\"path\":\"a\",\"count\":\"42\"}|{\"path\":\"a\",\"count\":42}",
        "{\"path\":\"a\",\"ratio\":\"3.14\"}|{\"path\":\"a\",\"ratio\":3.14}",
        "{\"path\":\"a\",\"deep\":\"True\"}|{\"path\":\"a\",\"deep\":true}",
        "{\"path\":\"a\",\"deep\":\"no\"}|{\"path\":\"a\",\"deep\":false}",
        "{\"path\":\"a\",\"tags\":\"[\\\"x\\\"]\"}|{\"path\":\"a\",\"tags\":[\"x\"]}",
        "{\"path\":7}|{\"path\":\"7\"}",
        "{\"path\":\"a\",\"at\":{\"x\":1}}|{\"path\":\"a\",\"at\":{\"x\":1}}",
        "{\"path\":\"a\",\"mode\":\"fast\"}|{\"path\":\"a\",\"mode\":\"fast\"}",
      })
  void goodAndMendedInputsPass(String given, String expected) throws Exception {
    ForeignSchema schema = ForeignSchema.of(object(SCHEMA));
    assertThat(Json.write(schema.check(object(given)))).isEqualTo(expected);
    assertThat(schema.fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{}|\"path\" is required but missing",
        "{\"path\":\"\"}|\"path\" must be at least 1 characters long",
        "{\"path\":\"a\",\"count\":\"abc\"}|\"count\" string found, integer expected, but was"
            + " \"abc\"",
        "{\"path\":\"a\",\"count\":-1}|\"count\" must have a minimum value of 0",
        "{\"path\":\"a\",\"tags\":[\"x\",{}]}|\"tags[1]\" object found, string expected",
        "{\"path\":\"a\",\"at\":{}}|\"at.x\" is required but missing",
        "{\"path\":\"a\",\"mode\":\"quick\"}|\"mode\" does not have a value in the enumeration",
        "{\"path\":\"a\",\"pth\":1}|\"pth\" is not a parameter here",
      })
  void badInputsAreRefusedByTheNameOfTheField(String given, String expected) throws Exception {
    ForeignSchema schema = ForeignSchema.of(object(SCHEMA));
    ObjectNode input = object(given);
    assertThatThrownBy(() -> schema.check(input))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(expected);
  }

  @Test
  void theSchemaIsSentAsItCame() throws Exception {
    ObjectNode json = object(SCHEMA);
    assertThat(ForeignSchema.of(json).json()).isSameAs(json);
  }

  @Test
  void theGivenInputIsNotChanged() throws Exception {
    ObjectNode input = object("{\"path\":\"a\",\"count\":\"42\"}");
    ForeignSchema.of(object(SCHEMA)).check(input);
    assertThat(input.get("count").isTextual()).isTrue();
  }

  @Test
  void nothingIsFetched() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = "{\"type\":\"string\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/s.json";
      for (String json :
          new String[] {
            "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"" + url + "\"}}}",
            "{\"$schema\":\"" + url + "\",\"type\":\"object\"}",
            "{\"$id\":\""
                + url
                + "\",\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"other.json\"}}}",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"file:///etc/passwd\"}}}"
          }) {
        ForeignSchema schema = ForeignSchema.of(object(json));
        schema.check(object("{\"a\":5}"));
        schema.fault();
      }
      assertThat(requests).hasValue(0);
    } finally {
      server.stop(0);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-07/schema#",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema",
        "https://example.invalid/my-dialect"
      })
  void everyDialectIsChecked(String dialect) throws Exception {
    ForeignSchema schema =
        ForeignSchema.of(
            object("{\"$schema\":\"" + dialect + "\",\"type\":\"object\",\"required\":[\"a\"]}"));
    assertThat(schema.fault()).isEmpty();
    assertThatThrownBy(() -> schema.check(Json.object()))
        .hasMessage("\"a\" is required but missing");
    schema.check(object("{\"a\":1}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"object\",\"properties\":{\"a\":{\"pattern\":\"(\"}}}",
        "{\"type\":\"object\",\"$ref\":\"#/nowhere\"}"
      })
  void aSchemaThatCannotBeUsedSaysSoAndLetsInputsPass(String json) throws Exception {
    ForeignSchema schema = ForeignSchema.of(object(json));
    assertThat(schema.fault()).isPresent();
    assertThat(schema.check(object("{\"a\":\"x\"}"))).isEqualTo(object("{\"a\":\"x\"}"));
  }

  @Test
  void manyFaultsAreCounted() throws Exception {
    ForeignSchema schema =
        ForeignSchema.of(
            object(
                "{\"type\":\"object\",\"required\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\"]}"));
    assertThatThrownBy(() -> schema.check(Json.object())).hasMessageEndingWith("(and 2 more)");
  }
}
