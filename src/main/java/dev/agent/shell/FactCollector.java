package dev.agent.shell;

import dev.agent.shell.CommandFacts.Kind;
import dev.agent.shell.CommandFacts.Trait;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what the words of one command say. Belongs to one scan. */
final class FactCollector {
  final Set<Argument> reads = new LinkedHashSet<>();
  final Set<Argument> writes = new LinkedHashSet<>();
  final Set<Argument> removes = new LinkedHashSet<>();
  final List<List<Argument>> nested = new ArrayList<>();
  final List<Argument> scripts = new ArrayList<>();
  final Set<Trait> traits = EnumSet.noneOf(Trait.class);
  String objection = "";
  boolean changes;

  FactCollector copy() {
    FactCollector copy = new FactCollector();
    copy.add(this);
    return copy;
  }

  void add(FactCollector other) {
    reads.addAll(other.reads);
    writes.addAll(other.writes);
    removes.addAll(other.removes);
    nested.addAll(other.nested);
    scripts.addAll(other.scripts);
    traits.addAll(other.traits);
    changes |= other.changes;
    object(other.objection);
  }

  /** Says that the command can't be proven; the first reason stays. */
  void object(String reason) {
    if (objection.isEmpty()) {
      objection = reason;
    }
  }

  boolean isProven() {
    return objection.isEmpty();
  }

  void read(Argument path) {
    if (!isNothing(path) && !(path.isExact() && path.text().equals("-"))) {
      reads.add(path);
    }
  }

  void write(Argument path) {
    changes = true;
    if (!isNothing(path)) {
      reads.add(path);
      writes.add(path);
    }
  }

  void remove(Argument path) {
    write(path);
    removes.add(path);
  }

  /** The empty device, which may be read and written by everyone. */
  private static boolean isNothing(Argument path) {
    return path.isExact() && path.text().equals("/dev/null");
  }

  CommandFacts facts(List<String> family) {
    return new CommandFacts(
        kind(),
        List.copyOf(reads),
        List.copyOf(writes),
        List.copyOf(removes),
        nested,
        scripts,
        traits,
        objection,
        family);
  }

  private Kind kind() {
    if (!isProven()) {
      return Kind.UNKNOWN;
    }
    if (traits.contains(Trait.NETWORK)) {
      return Kind.NETWORK;
    }
    if (!nested.isEmpty() || !scripts.isEmpty()) {
      return Kind.RUNS;
    }
    return changes ? Kind.WRITES : Kind.READS;
  }
}
