package dev.agent.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The only class that touches the JSON Schema library, so that it is loaded with the first check
 * and not before. Thread-safe.
 */
final class SchemaCheck {
  private final @Nullable Schema schema;
  private final String fault;

  private SchemaCheck(@Nullable Schema schema, String fault) {
    this.schema = schema;
    this.fault = fault;
  }

  static SchemaCheck of(ObjectNode json) {
    try {
      // A dialect that the library does not have would be fetched; 2020-12 reads nearly all of the
      // others.
      SpecificationVersion version =
          SpecificationVersion.fromSchemaNode(json).orElse(SpecificationVersion.DRAFT_2020_12);
      ObjectNode local = json.deepCopy();
      local.remove("$schema");
      SchemaRegistryConfig config = SchemaRegistryConfig.builder().locale(Locale.ENGLISH).build();
      SchemaRegistry registry =
          SchemaRegistry.withDefaultDialect(
              version,
              builder ->
                  builder
                      .schemaRegistryConfig(config)
                      .schemaLoader(loader -> loader.fetchRemoteResources(false).block(_ -> true)));
      Schema schema = registry.getSchema(local);
      schema.initializeValidators();
      schema.validate(Json.object());
      return new SchemaCheck(schema, "");
    } catch (SchemaException | IllegalArgumentException | StackOverflowError e) {
      return new SchemaCheck(null, "the schema can't be used: " + said(e));
    }
  }

  /** The first line of what the innermost cause says, which is about the schema itself. */
  private static String said(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  String fault() {
    return fault;
  }

  List<String> faults(ObjectNode input) {
    Schema known = schema;
    List<String> out = new ArrayList<>();
    if (known == null) {
      return out;
    }
    List<Error> errors;
    try {
      errors = known.validate(input);
    } catch (SchemaException | StackOverflowError e) {
      // A reference that can't be followed shows only where it is needed.
      return out;
    }
    for (Error error : errors) {
      out.add(sentence(error));
    }
    return out;
  }

  private static String sentence(Error error) {
    String path = path(error.getInstanceLocation());
    String property = error.getProperty() == null ? "" : error.getProperty();
    String inner = path.isEmpty() ? property : path + "." + property;
    return switch (error.getKeyword() == null ? "" : error.getKeyword()) {
      case "required" -> "\"" + inner + "\" is required but missing";
      case "additionalProperties", "unevaluatedProperties" ->
          "\"" + inner + "\" is not a parameter here";
      default ->
          "\""
              + (path.isEmpty() ? "input" : path)
              + "\" "
              + message(error)
              + shown(error.getInstanceNode());
    };
  }

  /** The library's words without the path that it puts in front. */
  private static String message(Error error) {
    String message = error.getMessage() == null ? "does not fit" : error.getMessage();
    String prefix = error.getInstanceLocation() + ": ";
    return message.startsWith(prefix) ? message.substring(prefix.length()) : message;
  }

  private static String shown(@Nullable JsonNode node) {
    if (node == null || node.isContainerNode()) {
      return "";
    }
    String text = Json.write(node);
    return ", but was " + (text.length() > 80 ? text.substring(0, 80) + "…" : text);
  }

  private static String path(NodePath location) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      if (element instanceof Integer index) {
        out.append('[').append(index).append(']');
      } else {
        out.append(out.isEmpty() ? "" : ".").append(element);
      }
    }
    return out.toString();
  }
}
