package dev.agent.tui.input;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which key does what, in each context. The defaults are the resource {@code keys.json}; a person's
 * {@code keybindings.json} has the same form and is laid over them. Immutable.
 */
public final class Keymap {
  /** Empty is a key that a person has unbound: it does nothing, whatever contexts behind say. */
  private final EnumMap<KeyContext, Map<Strokes, Optional<Action>>> bindings;

  /** One line of the keymap. */
  public record Binding(Strokes strokes, Action action) {}

  /** What keys mean that were pressed one after the other. */
  public sealed interface Meaning {
    /** They have something done. */
    record Does(Action action) implements Meaning {}

    /** They are the begin of a sequence. */
    record Begins() implements Meaning {}

    /** They mean nothing. */
    record Nothing() implements Meaning {}
  }

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

  private Keymap(Map<KeyContext, Map<Strokes, Optional<Action>>> bindings) {
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
    EnumMap<KeyContext, Map<Strokes, Optional<Action>>> named = new EnumMap<>(KeyContext.class);
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      Optional<KeyContext> context = KeyContext.named(entry.getKey());
      String place = where + ": \"" + entry.getKey() + "\"";
      if (context.isEmpty()) {
        problems.add(place + " is no context. Known are " + known() + "; it is ignored.");
      } else if (!entry.getValue().isObject()) {
        problems.add(place + " is not an object of keys and actions; it is ignored.");
      } else {
        named.put(context.get(), changed.bind(context.get(), entry.getValue(), place, problems));
      }
    }
    named.forEach((context, keys) -> changed.yieldTo(context, keys, named));
    changed.restoreWaysOut(this, where, problems);
    return new Reading(changed, problems);
  }

  /** What a key does in a context; empty when nothing: then it types, or is ignored. */
  public Optional<Action> action(KeyContext context, Key key) {
    return action(context, Chord.of(key));
  }

  /** What a chord does in a context by itself. */
  public Optional<Action> action(KeyContext context, Chord chord) {
    return meaning(context, Strokes.of(chord)) instanceof Meaning.Does(Action action)
        ? Optional.of(action)
        : Optional.empty();
  }

  /**
   * What was pressed so far means in a context. Of the contexts that are asked the first one counts
   * that binds it, or a sequence that begins so.
   */
  public Meaning meaning(KeyContext context, Strokes pressed) {
    if (context.takesText() && pressed.first().types()) {
      return new Meaning.Nothing(); // also where a place behind it takes no text and binds that key
    }
    for (KeyContext next : context.chain()) {
      Map<Strokes, Optional<Action>> own = bindings.getOrDefault(next, Map.of());
      Optional<Action> action = own.getOrDefault(pressed, Optional.empty());
      if (action.isPresent()) {
        return new Meaning.Does(action.get());
      }
      if (own.entrySet().stream()
          .anyMatch(it -> it.getValue().isPresent() && pressed.begins(it.getKey()))) {
        return new Meaning.Begins();
      }
      if (own.containsKey(pressed)) {
        break;
      }
    }
    return new Meaning.Nothing();
  }

  /** The chords that do something in a context, the one to show first; empty when none does. */
  public List<Chord> chords(KeyContext context, Action action) {
    return keys(context, action).stream()
        .filter(strokes -> !strokes.isSequence())
        .map(Strokes::first)
        .toList();
  }

  /**
   * The chords and sequences that do something in a context, the one to show first; empty when
   * nothing does.
   */
  public List<Strokes> keys(KeyContext context, Action action) {
    List<Strokes> keys = new ArrayList<>();
    for (KeyContext next : context.chain()) {
      for (Binding binding : bindings(next)) {
        if (binding.action() == action
            && !keys.contains(binding.strokes())
            && leadsTo(context, binding)) {
          keys.add(binding.strokes());
        }
      }
    }
    return List.copyOf(keys);
  }

  private boolean leadsTo(KeyContext context, Binding binding) {
    List<Chord> chords = binding.strokes().chords();
    for (int pressed = 1; pressed < chords.size(); pressed++) {
      if (!(meaning(context, new Strokes(chords.subList(0, pressed))) instanceof Meaning.Begins)) {
        return false;
      }
    }
    return meaning(context, binding.strokes()).equals(new Meaning.Does(binding.action()));
  }

  /** What a context itself binds, without those behind it, in the order of the file. */
  public List<Binding> bindings(KeyContext context) {
    return bindings.getOrDefault(context, Map.of()).entrySet().stream()
        .flatMap(
            entry -> entry.getValue().map(action -> new Binding(entry.getKey(), action)).stream())
        .toList();
  }

  private Map<Strokes, Optional<Action>> bind(
      KeyContext context, JsonNode keys, String place, List<String> problems) {
    Map<Strokes, Optional<Action>> bound = Objects.requireNonNull(bindings.get(context));
    Optional<Action> interrupts = action(context, KeySequence.WAY_OUT);
    return new ContextKeys(context, bound, interrupts, place, problems).lay(keys);
  }

  /**
   * Keys that a file names go before sequences that it doesn't know of: those that begin so in the
   * same context, and in contexts that are asked before it where the key does something.
   */
  private void yieldTo(
      KeyContext context,
      Map<Strokes, Optional<Action>> keys,
      Map<KeyContext, Map<Strokes, Optional<Action>>> named) {
    for (KeyContext other : KeyContext.values()) {
      if (other.chain().contains(context)) {
        Map<Strokes, Optional<Action>> known = named.getOrDefault(other, Map.of());
        Objects.requireNonNull(bindings.get(other))
            .keySet()
            .removeIf(
                old ->
                    !known.containsKey(old)
                        && keys.entrySet().stream()
                            .filter(it -> other == context || it.getValue().isPresent())
                            .anyMatch(it -> it.getKey().begins(old)));
      }
    }
  }

  private void restoreWaysOut(Keymap before, String where, List<String> problems) {
    for (KeyContext context : KeyContext.values()) {
      for (Action action : context.essential()) {
        List<Chord> usual = before.chords(context, action);
        if (!usual.isEmpty() && chords(context, action).isEmpty()) {
          Chord chord = usual.getFirst();
          Map<Strokes, Optional<Action>> own = Objects.requireNonNull(bindings.get(context));
          own.keySet().removeIf(Strokes.of(chord)::begins);
          own.put(Strokes.of(chord), Optional.of(action));
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
