package dev.agent.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.ForeignSchema;
import dev.agent.json.Json;
import dev.agent.loop.Outcome;
import dev.agent.loop.StopCheck;
import dev.agent.mode.Launch;
import dev.agent.runtime.UserError;
import dev.agent.tools.plan.StructuredOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** The demand for an answer in a given form, and what sends the model back until it has met it. */
final class StructuredAnswer {
  private static final int MAX_ATTEMPTS = 5;

  private static final String REMEDY = "Give a schema or the path of a file that holds one.";

  private StructuredAnswer() {}

  /**
   * The tool that takes the answer, where a schema was demanded.
   *
   * @throws UserError when that is no schema
   */
  static Optional<StructuredOutput> demanded(Launch launch) {
    if (launch.jsonSchema().isEmpty()) {
      return Optional.empty();
    }
    String text = launch.jsonSchema().get().strip();
    try {
      if (!text.startsWith("{")) {
        text = Files.readString(launch.world().cwd().resolve(text));
      }
      if (Json.parse(text) instanceof ObjectNode schema) {
        ForeignSchema form = ForeignSchema.of(schema);
        Optional<String> fault = form.fault();
        if (fault.isPresent()) { // it would let every answer pass
          throw new UserError(
              "--json-schema: " + fault.get() + ".", "Correct it; see https://json-schema.org.");
        }
        return Optional.of(new StructuredOutput(form));
      }
      throw new UserError("--json-schema must be a JSON object.", REMEDY);
    } catch (JsonProcessingException e) {
      throw new UserError("--json-schema is no JSON: " + e.getOriginalMessage() + ".", REMEDY);
    } catch (IOException | InvalidPathException e) {
      throw new UserError(
          "--json-schema: \"" + text + "\" is neither JSON nor a file that can be read.", REMEDY);
    } catch (IllegalArgumentException e) {
      throw new UserError("--json-schema: " + e.getMessage() + ".", "");
    }
  }

  /** Holds against each end of the turn that the answer was not given yet. */
  static StopCheck check(StructuredOutput output) {
    return (_, objections) -> {
      if (output.answer().isPresent()) {
        return new StopCheck.Answer.Agree();
      }
      return objections < MAX_ATTEMPTS
          ? new StopCheck.Answer.GoOn(
              "Give the final answer by calling the StructuredOutput tool with an input that fits"
                  + " its schema. Text alone does not reach the caller.")
          : new StopCheck.Answer.End(new Outcome.SchemaNotMet(MAX_ATTEMPTS));
    };
  }
}
