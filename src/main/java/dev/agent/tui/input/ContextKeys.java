package dev.agent.tui.input;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays what a file says of one context over what is bound there. What can't hold is left out, and
 * said in a sentence for the person.
 */
final class ContextKeys {
  /** What a person writes to unbind a key. */
  private static final String NONE = "none";

  private final KeyContext context;
  private final Map<Strokes, Optional<Action>> bound;
  private final Optional<Action> interrupts;
  private final String place;
  private final List<String> problems;

  /**
   * @param bound changed by {@link #lay}: empty is a key that does nothing
   * @param interrupts what Ctrl+C means there
   * @param place what is read, for messages
   * @param problems gets the sentences
   */
  ContextKeys(
      KeyContext context,
      Map<Strokes, Optional<Action>> bound,
      Optional<Action> interrupts,
      String place,
      List<String> problems) {
    this.context = context;
    this.bound = bound;
    this.interrupts = interrupts;
    this.place = place;
    this.problems = problems;
  }

  /** Takes the keys of the file, with their actions; gives those that could be taken. */
  Map<Strokes, Optional<Action>> lay(JsonNode keys) {
    Map<Strokes, Optional<Action>> named = new LinkedHashMap<>();
    Map<Strokes, String> written = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : keys.properties()) {
      String at = at(entry.getKey());
      JsonNode value = entry.getValue();
      Optional<Strokes> strokes = Strokes.parse(entry.getKey());
      Optional<Action> action = Action.named(value.asText(""));
      boolean unbinds = value.isNull() || value.asText("").equals(NONE);
      if (strokes.isEmpty()) {
        problems.add(at + " is no key; write it like \"ctrl+shift+enter\". It is ignored.");
      } else if (!unbinds && action.isEmpty()) {
        problems.add(
            at
                + ": "
                + value
                + " is no action; the reference page of keys lists them. It is ignored.");
      } else if (written.putIfAbsent(strokes.get(), entry.getKey()) != null) {
        problems.add(
            at + " is the same key as one before it (" + strokes.get() + "), which counts.");
      } else {
        Optional<String> objection = objection(strokes.get(), action);
        if (objection.isPresent()) {
          problems.add(at + " " + objection.get() + "; it is ignored.");
        } else {
          named.put(strokes.get(), action);
        }
      }
    }
    bound.putAll(named);
    named.forEach((strokes, action) -> action.ifPresent(_ -> reach(strokes, written)));
    return named;
  }

  private String at(String key) {
    return place + ", \"" + key + "\"";
  }

  /** What speaks against a key here, as the rest of a sentence that begins with it. */
  private Optional<String> objection(Strokes strokes, Optional<Action> action) {
    if (strokes.first().types() && context.takesText()) {
      return Optional.of(
          strokes.isSequence()
              ? "begins with a key that types a character here"
              : "types a character here and can't be bound");
    }
    if (!strokes.isSequence()) {
      return isReserved(strokes.first(), action)
          ? Optional.of("is the way out of everything and can't be bound")
          : Optional.empty();
    }
    for (Chord chord : strokes.chords()) {
      if (chord.equals(KeySequence.WAY_OUT) || chord.equals(KeySequence.ESCAPE)) {
        return Optional.of("has \"" + chord + "\" in it, which always ends a sequence");
      }
    }
    return Optional.empty();
  }

  /** Ctrl+C keeps its meaning once it has one. */
  private boolean isReserved(Chord chord, Optional<Action> wanted) {
    return chord.equals(KeySequence.WAY_OUT)
        && (interrupts.isPresent()
            ? !wanted.equals(interrupts)
            : !wanted.equals(Optional.of(Action.INTERRUPT))
                && !wanted.equals(Optional.of(Action.CANCEL)));
  }

  /** A sequence whose begin does something by itself would never be reached. */
  private void reach(Strokes strokes, Map<Strokes, String> written) {
    bound.entrySet().stream()
        .filter(it -> it.getKey().begins(strokes) && it.getValue().isPresent())
        .findFirst()
        .ifPresent(
            it -> {
              problems.add(
                  "%s can't be reached: \"%s\" alone is \"%s\" here. It is ignored; to have it, set \"%s\" to \"none\"."
                      .formatted(
                          at(written.getOrDefault(strokes, strokes.toString())),
                          it.getKey(),
                          it.getValue().map(Action::id).orElse(""),
                          it.getKey()));
              bound.remove(strokes);
            });
  }
}
