package dev.agent.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The schema of a record and the way from JSON to it. Component types may be {@code String}, {@code
 * int}, {@code long}, {@code double}, {@code boolean}, an enum, {@link
 * com.fasterxml.jackson.databind.JsonNode}, a further record, a {@link java.util.List} or an {@link
 * java.util.Optional} of these. Names are the component names in snake case unless {@link Wire}
 * says otherwise. What is not {@code Optional} is required.
 *
 * <p>Reflection runs on first use only. Thread-safe.
 *
 * @param <T> the record
 */
public final class RecordSchema<T extends Record> implements InputSchema {
  private final Class<T> type;
  private final Map<String, String> descriptions;
  private volatile @Nullable Shape<T> shape;
  private volatile @Nullable ObjectNode json;

  private RecordSchema(Class<T> type, Map<String, String> descriptions) {
    this.type = type;
    this.descriptions = descriptions;
  }

  /**
   * The schema of a record.
   *
   * @param descriptions wire name → sentence for the model; nested fields by path, such as {@code
   *     todos.status}
   */
  public static <T extends Record> RecordSchema<T> of(
      Class<T> type, Map<String, String> descriptions) {
    return new RecordSchema<>(type, Map.copyOf(descriptions));
  }

  private record Sample(@Wire("-s") int value) {}

  /** Lets the JVM make up what reading {@link Wire} takes, some milliseconds at the first time. */
  public static void warmUp() {
    FieldType.nested(Sample.class);
  }

  private record Shape<T>(FieldType.Nested fields, Constructor<T> constructor) {}

  private Shape<T> shape() {
    Shape<T> known = shape;
    if (known == null) {
      known = new Shape<>(FieldType.nested(type), FieldType.constructor(type));
      shape = known;
    }
    return known;
  }

  @Override
  public ObjectNode json() {
    ObjectNode known = json;
    if (known == null) {
      known = shape().fields().schema("", descriptions);
      json = known;
    }
    return known;
  }

  @Override
  public ObjectNode check(ObjectNode input) throws InvalidInputException {
    return (ObjectNode) shape().fields().coerce(input, "");
  }

  /**
   * The record for an input; mends it as {@link #check} does.
   *
   * @throws InvalidInputException when the input does not fit
   */
  public T bind(ObjectNode input) throws InvalidInputException {
    return type.cast(shape().fields().value(check(input)));
  }
}
