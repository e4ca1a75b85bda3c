package dev.agent.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one JSON type is described, mended and turned into a Java value. */
sealed interface FieldType {
  ObjectNode schema(String path, Map<String, String> descriptions);

  JsonNode coerce(JsonNode node, String path) throws InvalidInputException;

  Object value(JsonNode node);

  static FieldType of(Type type) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return new ListOf(of(generic.getActualTypeArguments()[0]));
    }
    if (type instanceof Class<?> plain) {
      if (plain == String.class) {
        return new Text();
      } else if (plain == int.class
          || plain == Integer.class
          || plain == long.class
          || plain == Long.class) {
        return new Whole(plain == int.class || plain == Integer.class);
      } else if (plain == double.class || plain == Double.class) {
        return new Decimal();
      } else if (plain == boolean.class || plain == Boolean.class) {
        return new Truth();
      } else if (JsonNode.class.isAssignableFrom(plain)) {
        return new Any(plain == ObjectNode.class);
      } else if (plain.isEnum()) {
        return Choice.of(plain);
      } else if (plain.isRecord()) {
        return nested(plain);
      }
    }
    throw new IllegalArgumentException("no JSON form for " + type);
  }

  static Nested nested(Class<?> record) {
    List<Field> fields = new ArrayList<>();
    for (var component : record.getRecordComponents()) {
      Type type = component.getGenericType();
      boolean optional =
          type instanceof ParameterizedType generic && generic.getRawType() == Optional.class;
      FieldType of = of(optional ? ((ParameterizedType) type).getActualTypeArguments()[0] : type);
      Wire wire = component.getAnnotation(Wire.class);
      fields.add(new Field(wire == null ? snake(component.getName()) : wire.value(), of, optional));
    }
    return new Nested(List.copyOf(fields), constructor(record.asSubclass(Record.class)));
  }

  static <R extends Record> Constructor<R> constructor(Class<R> record) {
    var components = record.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<R> constructor = record.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String snake(String name) {
    StringBuilder out = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append('_').append(Character.toLowerCase(c));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static InvalidInputException wrong(String path, String expected, JsonNode node) {
    String shown = Json.write(node);
    return new InvalidInputException(
        "\""
            + (path.isEmpty() ? "input" : path)
            + "\" must be "
            + expected
            + ", but was "
            + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown));
  }

  record Field(String name, FieldType type, boolean optional) {}

  record Nested(List<Field> fields, Constructor<?> constructor) implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      ObjectNode out = Json.object();
      out.put("type", "object");
      ObjectNode properties = out.putObject("properties");
      List<String> required = new ArrayList<>();
      for (Field field : fields) {
        String inner = path.isEmpty() ? field.name : path + "." + field.name;
        ObjectNode schema = field.type.schema(inner, descriptions);
        String description = descriptions.get(inner);
        if (description != null) {
          schema.put("description", description);
        }
        properties.set(field.name, schema);
        if (!field.optional) {
          required.add(field.name);
        }
      }
      if (!required.isEmpty()) {
        ArrayNode list = out.putArray("required");
        required.forEach(list::add);
      }
      out.put("additionalProperties", false);
      return out;
    }

    @Override
    public JsonNode coerce(JsonNode given, String path) throws InvalidInputException {
      JsonNode node = structured(given);
      if (!(node instanceof ObjectNode object)) {
        throw wrong(path, "an object", given);
      }
      ObjectNode out = Json.object();
      for (Field field : fields) {
        String inner = path.isEmpty() ? field.name : path + "." + field.name;
        JsonNode value = object.get(field.name);
        if (value == null || value.isNull()) {
          if (!field.optional) {
            throw new InvalidInputException("\"" + inner + "\" is required but missing");
          }
        } else {
          out.set(field.name, field.type.coerce(value, inner));
        }
      }
      for (String name : (Iterable<String>) object::fieldNames) {
        if (fields.stream().noneMatch(field -> field.name.equals(name))) {
          throw unknown(name, path);
        }
      }
      return out;
    }

    private InvalidInputException unknown(String name, String path) {
      List<String> names = fields.stream().map(Field::name).toList();
      Optional<String> nearest = NearestName.of(name, names);
      return new InvalidInputException(
          "\""
              + (path.isEmpty() ? name : path + "." + name)
              + "\" is not a parameter here; "
              + nearest.map(near -> "did you mean \"" + near + "\"? ").orElse("")
              + (names.isEmpty()
                  ? "there are none"
                  : (nearest.isPresent() ? "The" : "the")
                      + " parameters are "
                      + String.join(", ", names)));
    }

    @Override
    public Object value(JsonNode node) {
      Object[] arguments = new Object[fields.size()];
      for (int i = 0; i < arguments.length; i++) {
        Field field = fields.get(i);
        JsonNode value = node.get(field.name);
        if (field.optional) {
          arguments[i] =
              value == null || value.isNull()
                  ? Optional.empty()
                  : Optional.of(field.type.value(value));
        } else {
          arguments[i] = field.type.value(Objects.requireNonNull(value));
        }
      }
      try {
        return constructor.newInstance(arguments);
      } catch (InstantiationException | IllegalAccessException e) {
        throw new IllegalStateException(e);
      } catch (InvocationTargetException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      }
    }
  }

  record ListOf(FieldType of) implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      ObjectNode out = Json.object();
      out.put("type", "array");
      out.set("items", of.schema(path, descriptions));
      return out;
    }

    @Override
    public JsonNode coerce(JsonNode given, String path) throws InvalidInputException {
      JsonNode node = structured(given);
      if (!node.isArray()) {
        throw wrong(path, "a list", given);
      }
      ArrayNode out = Json.MAPPER.createArrayNode();
      for (int i = 0; i < node.size(); i++) {
        out.add(of.coerce(node.get(i), path + "[" + i + "]"));
      }
      return out;
    }

    @Override
    public Object value(JsonNode node) {
      List<Object> out = new ArrayList<>(node.size());
      node.forEach(item -> out.add(of.value(item)));
      return List.copyOf(out);
    }
  }

  /** Models now and then send a list or an object as a string that holds it. */
  private static JsonNode structured(JsonNode node) {
    if (node.isTextual()) {
      String text = node.asText().strip();
      if (text.startsWith("[") || text.startsWith("{")) {
        try {
          return Json.parse(text);
        } catch (JsonProcessingException e) {
          return node;
        }
      }
    }
    return node;
  }

  record Text() implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      return Json.object().put("type", "string");
    }

    @Override
    public JsonNode coerce(JsonNode node, String path) throws InvalidInputException {
      if (node.isTextual()) {
        return node;
      }
      if (node.isNumber() || node.isBoolean()) {
        return TextNode.valueOf(node.asText());
      }
      throw wrong(path, "a string", node);
    }

    @Override
    public Object value(JsonNode node) {
      return node.asText();
    }
  }

  record Whole(boolean isInt) implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      return Json.object().put("type", "integer");
    }

    @Override
    public JsonNode coerce(JsonNode node, String path) throws InvalidInputException {
      BigDecimal number = number(node);
      if (number != null) {
        try {
          long whole = number.longValueExact();
          if (!isInt || (whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE)) {
            return isInt ? IntNode.valueOf((int) whole) : LongNode.valueOf(whole);
          }
        } catch (ArithmeticException e) {
          throw wrong(path, "a whole number", node);
        }
      }
      throw wrong(path, "a whole number", node);
    }

    @Override
    public Object value(JsonNode node) {
      if (isInt) {
        return node.asInt();
      }
      return node.asLong();
    }
  }

  private static @Nullable BigDecimal number(JsonNode node) {
    if (node.isNumber()) {
      return node.decimalValue();
    }
    if (node.isTextual() && node.asText().length() <= 40) {
      try {
        BigDecimal number = new BigDecimal(node.asText().strip());
        // An exponent of a billion would make the exact conversion build a number of that many
        // digits.
        return Math.abs((long) number.scale()) > 1000 ? null : number;
      } catch (NumberFormatException e) {
        return null;
      }
    }
    return null;
  }

  record Decimal() implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      return Json.object().put("type", "number");
    }

    @Override
    public JsonNode coerce(JsonNode node, String path) throws InvalidInputException {
      BigDecimal number = number(node);
      if (number == null) {
        throw wrong(path, "a number", node);
      }
      return DecimalNode.valueOf(number);
    }

    @Override
    public Object value(JsonNode node) {
      return node.asDouble();
    }
  }

  record Truth() implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      return Json.object().put("type", "boolean");
    }

    @Override
    public JsonNode coerce(JsonNode node, String path) throws InvalidInputException {
      if (node.isBoolean()) {
        return node;
      }
      String text =
          node.isTextual() || node.isNumber() ? node.asText().strip().toLowerCase(Locale.ROOT) : "";
      return switch (text) {
        case "true", "yes", "1", "on" -> BooleanNode.TRUE;
        case "false", "no", "0", "off" -> BooleanNode.FALSE;
        default -> throw wrong(path, "true or false", node);
      };
    }

    @Override
    public Object value(JsonNode node) {
      return node.asBoolean();
    }
  }

  record Any(boolean objectOnly) implements FieldType {
    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      return objectOnly ? Json.object().put("type", "object") : Json.object();
    }

    @Override
    public JsonNode coerce(JsonNode given, String path) throws InvalidInputException {
      JsonNode node = objectOnly ? structured(given) : given;
      if (objectOnly && !node.isObject()) {
        throw wrong(path, "an object", given);
      }
      return node;
    }

    @Override
    public Object value(JsonNode node) {
      return node;
    }
  }

  record Choice(Map<String, Object> values) implements FieldType {
    static Choice of(Class<?> type) {
      Map<String, Object> values = new LinkedHashMap<>();
      for (Object constant : type.getEnumConstants()) {
        String name = ((Enum<?>) constant).name();
        try {
          Wire wire = type.getField(name).getAnnotation(Wire.class);
          values.put(wire == null ? name.toLowerCase(Locale.ROOT) : wire.value(), constant);
        } catch (NoSuchFieldException e) {
          throw new IllegalStateException(e);
        }
      }
      return new Choice(values);
    }

    @Override
    public ObjectNode schema(String path, Map<String, String> descriptions) {
      ObjectNode out = Json.object().put("type", "string");
      ArrayNode list = out.putArray("enum");
      values.keySet().forEach(list::add);
      return out;
    }

    @Override
    public JsonNode coerce(JsonNode node, String path) throws InvalidInputException {
      if (node.isTextual()) {
        if (values.containsKey(node.asText())) {
          return node;
        }
        for (String name : values.keySet()) {
          if (name.equalsIgnoreCase(node.asText().strip())) {
            return TextNode.valueOf(name);
          }
        }
      }
      throw wrong(path, "one of " + String.join(", ", values.keySet()), node);
    }

    @Override
    public Object value(JsonNode node) {
      return Objects.requireNonNull(values.get(node.asText()));
    }
  }
}
