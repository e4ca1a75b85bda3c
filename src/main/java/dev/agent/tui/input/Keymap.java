package dev.agent.tui.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which key does what, in each context. The defaults are the resource {@code keys.json}; a person's
 * {@code keybindings.json} has the same form and is laid over them. Immutable.
 */
public final class Keymap {
  /** What a person writes to unbind a key. */
  private static final String NONE = "none";

  /** Empty is a key that a person has unbound: it does nothing, whatever contexts behind say. */
  private final EnumMap<KeyContext, Map<Chord, Optional<Action>>> bindings;

  /** One line of the keymap. */
  public record Binding(Chord chord, Action action) {}

  /**
   * A keymap and what was wrong with its file.
   *
   * @param problems sentences for the person; what they are about was ignored
   */
  public record Reading(Keymap keymap, List<String> problems) {
    public Reading {
      problems = List.copyOf(problems);
    }
  }

  private Keymap(Map<KeyContext, Map<Chord, Optional<Action>>> bindings) {
    this.bindings = new EnumMap<>(KeyContext.class);
    for (KeyContext context : KeyContext.values()) {
      this.bindings.put(context, new LinkedHashMap<>(bindings.getOrDefault(context, Map.of())));
    }
  }

  /** The keymap of the product. */
  public static Keymap defaults() {
    try (InputStream in =
        Objects.requireNonNull(Keymap.class.getResourceAsStream("keys.json"), "keys.json")) {
      Reading reading = new Keymap(Map.of()).with(Json.STRICT.readTree(in), "keys.json");
      if (!reading.problems().isEmpty()) {
        throw new IllegalStateException(reading.problems().getFirst());
      }
      return reading.keymap();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The keymap with a person's changes.
   *
   * @param json the text of the file: context, chord, action; {@code null} or {@code "none"}
   *     unbinds
   * @param where the file's name, for messages
   */
  public Reading with(String json, String where) {
    String twice = "";
    JsonNode tree;
    try {
      tree = Json.STRICT.readTree(json);
    } catch (JsonProcessingException strict) {
      try {
        tree = Json.MAPPER.readTree(json);
        twice = where + ": " + strict.getOriginalMessage() + ". Remove one; the last one counts.";
      } catch (JsonProcessingException e) {
        return new Reading(
            this,
            List.of(
                "%s: line %d is not JSON: %s. Until it is mended the default keys hold."
                    .formatted(
                        where,
                        e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                        e.getOriginalMessage())));
      }
    }
    Reading reading = with(tree, where);
    if (twice.isEmpty()) {
      return reading;
    }
    List<String> problems = new ArrayList<>(List.of(twice));
    problems.addAll(reading.problems());
    return new Reading(reading.keymap(), problems);
  }

  /** The keymap with a person's changes, as {@link #with(String, String)}. */
  public Reading with(JsonNode tree, String where) {
    if (!tree.isObject()) {
      return new Reading(
          this,
          List.of(
              where
                  + ": this is not an object of contexts, such as {\"composer\": {…}}."
                  + " Until it is mended the default keys hold."));
    }
    List<String> problems = new ArrayList<>();
    Keymap changed = new Keymap(bindings);
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      Optional<KeyContext> context = KeyContext.named(entry.getKey());
      String place = where + ": \"" + entry.getKey() + "\"";
      if (context.isEmpty()) {
        problems.add(place + " is no context. Known are " + known() + "; it is ignored.");
      } else if (!entry.getValue().isObject()) {
        problems.add(place + " is not an object of keys and actions; it is ignored.");
      } else {
        changed.bind(context.get(), entry.getValue(), place, problems);
      }
    }
    changed.restoreWaysOut(this, where, problems);
    return new Reading(changed, problems);
  }

  /** What a key does in a context; empty when nothing: then it types, or is ignored. */
  public Optional<Action> action(KeyContext context, Key key) {
    return action(context, Chord.of(key));
  }

  /** What a chord does in a context. */
  public Optional<Action> action(KeyContext context, Chord chord) {
    for (KeyContext next : context.chain()) {
      Map<Chord, Optional<Action>> own = bindings.getOrDefault(next, Map.of());
      if (own.containsKey(chord)) {
        return own.getOrDefault(chord, Optional.empty());
      }
    }
    return Optional.empty();
  }

  /** The keys that do something in a context, the one to show first; empty when none does. */
  public List<Chord> chords(KeyContext context, Action action) {
    List<Chord> chords = new ArrayList<>();
    for (KeyContext next : context.chain()) {
      for (Binding binding : bindings(next)) {
        Chord chord = binding.chord();
        if (binding.action() == action
            && !chords.contains(chord)
            && action(context, chord).equals(Optional.of(action))) {
          chords.add(chord);
        }
      }
    }
    return List.copyOf(chords);
  }

  /** What a context itself binds, without those behind it, in the order of the file. */
  public List<Binding> bindings(KeyContext context) {
    return bindings.getOrDefault(context, Map.of()).entrySet().stream()
        .flatMap(
            entry -> entry.getValue().map(action -> new Binding(entry.getKey(), action)).stream())
        .toList();
  }

  private void bind(KeyContext context, JsonNode keys, String place, List<String> problems) {
    Map<Chord, Optional<Action>> target = Objects.requireNonNull(bindings.get(context));
    Set<Chord> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> entry : keys.properties()) {
      String at = place + ", \"" + entry.getKey() + "\"";
      Optional<Chord> chord = Chord.parse(entry.getKey());
      JsonNode value = entry.getValue();
      boolean unbinds = value.isNull() || value.asText("").equals(NONE);
      Optional<Action> action = Action.named(value.asText(""));
      if (chord.isEmpty()) {
        problems.add(at + " is no key; write it like \"ctrl+shift+enter\". It is ignored.");
      } else if (!unbinds && action.isEmpty()) {
        problems.add(
            at
                + ": "
                + value
                + " is no action; the reference page of keys lists them. It is"
                + " ignored.");
      } else if (!seen.add(chord.get())) {
        problems.add(at + " is the same key as one before it (" + chord.get() + "), which counts.");
      } else if (chord.get().types() && context.takesText()) {
        problems.add(at + " types a character here and can't be bound; it is ignored.");
      } else if (isReserved(chord.get(), action(context, chord.get()), action)) {
        problems.add(at + " is the way out of everything and can't be bound; it is ignored.");
      } else {
        target.put(chord.get(), action);
      }
    }
  }

  /** Ctrl+C keeps its meaning once it has one. */
  private static boolean isReserved(
      Chord chord, Optional<Action> present, Optional<Action> wanted) {
    return chord.toString().equals("ctrl+c")
        && (present.isPresent()
            ? !wanted.equals(present)
            : !wanted.equals(Optional.of(Action.INTERRUPT))
                && !wanted.equals(Optional.of(Action.CANCEL)));
  }

  private void restoreWaysOut(Keymap before, String where, List<String> problems) {
    for (KeyContext context : KeyContext.values()) {
      for (Action action : context.essential()) {
        List<Chord> usual = before.chords(context, action);
        if (!usual.isEmpty() && chords(context, action).isEmpty()) {
          Chord chord = usual.getFirst();
          Objects.requireNonNull(bindings.get(context)).put(chord, Optional.of(action));
          problems.add(
              "%s: \"%s\": no key is left for \"%s\"; \"%s\" does it again."
                  .formatted(where, context.id(), action.id(), chord));
        }
      }
    }
  }

  private static String known() {
    List<String> names = new ArrayList<>();
    for (KeyContext context : KeyContext.values()) {
      names.add("\"" + context.id() + "\"");
    }
    return String.join(", ", names);
  }
}
