package dev.agent.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeMapperTest {
  private static final ObjectMapper JACKSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  @Test
  void readsAndWritesWhatJacksonsMapperReadsAndWrites() throws Exception {
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      JsonNode tree = random(random, 4);
      String text = JACKSON.writeValueAsString(tree);
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      assertThat(Json.MAPPER.readTree(text)).isEqualTo(tree);
      assertThat(Json.STRICT.readTree(bytes)).isEqualTo(tree);
      assertThat(Json.MAPPER.readTree(new ByteArrayInputStream(bytes))).isEqualTo(tree);
      assertThat(Json.write(tree)).isEqualTo(text);
      assertThat(JACKSON.readTree(Json.pretty(tree))).isEqualTo(tree);
    }
  }

  @Test
  void numbersKeepTheirSpelling() throws Exception {
    String text = "[1.50,1E+400,123456789012345678901234567890,9007199254740993,-2147483649]";
    assertThat(Json.write(Json.MAPPER.readTree(text))).isEqualTo(text);
  }

  @Test
  void noTextIsAMissingNode() throws Exception {
    assertThat(Json.MAPPER.readTree(" \n").isMissingNode()).isTrue();
    assertThat(Json.STRICT.readTree(new byte[0]).isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\"}", "]", "nul", "{\"a\":1,}", "'a'", "[1 2]"})
  void brokenTextIsAnError(String text) {
    assertThatThrownBy(() -> Json.MAPPER.readTree(text))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> Json.STRICT.readTree(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(JsonProcessingException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":1,\"a\":2}", "{} {}", "1 x"})
  void theStrictOneWantsOneValueWithoutDuplicates(String text) {
    assertThatThrownBy(() -> Json.STRICT.readTree(text))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void nestingIsBounded() {
    assertThatThrownBy(() -> Json.MAPPER.readTree("[".repeat(5_000)))
        .isInstanceOf(JsonProcessingException.class)
        .hasMessageContaining("1000");
  }

  private static JsonNode random(Random random, int depth) {
    var nodes = Json.MAPPER.getNodeFactory();
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> nodes.numberNode(random.nextInt());
      case 1 -> nodes.numberNode(random.nextLong());
      case 2 -> nodes.numberNode(new BigInteger(100, random));
      case 3 -> nodes.numberNode(java.math.BigDecimal.valueOf(random.nextInt(), 5));
      case 4 -> nodes.textNode(Integer.toString(random.nextInt(), 36) + "\"\n\u00e9\u4e00\\");
      case 5 -> nodes.booleanNode(random.nextBoolean());
      case 6 -> nodes.nullNode();
      case 7 -> {
        ArrayNode array = nodes.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(random(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = nodes.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
          object.set("k" + random.nextInt(5), random(random, depth - 1));
        }
        yield object;
      }
    };
  }
}
