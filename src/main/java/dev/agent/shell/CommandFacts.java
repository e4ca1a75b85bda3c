package dev.agent.shell;

import java.util.List;
import java.util.Set;

/**
 * What a simple command would do, as far as its words prove it. The facts of an {@link
 * Kind#UNKNOWN} command are what could be seen on the way: good for rules that forbid, never for
 * rules that allow.
 *
 * @param kind what is proven; the strongest that holds
 * @param reads paths that are read, or listed, or looked at; a directory stands for all below it.
 *     Includes what is written as well
 * @param writes paths that are made, changed or removed; a directory stands for all below it
 * @param removes those of {@code writes} whose content would be gone, or changed as a whole
 * @param nested commands that the command starts, each as its words
 * @param scripts texts that the command hands to a shell
 * @param traits what else matters for a decision
 * @param reason for {@link Kind#UNKNOWN}: which word could not be proven and why, as half a
 *     sentence; otherwise empty
 * @param family the words that a narrow allow rule for commands like this one may begin with, such
 *     as {@code npm run build}; empty when no such rule should be offered
 */
public record CommandFacts(
    Kind kind,
    List<Argument> reads,
    List<Argument> writes,
    List<Argument> removes,
    List<List<Argument>> nested,
    List<Argument> scripts,
    Set<Trait> traits,
    String reason,
    List<String> family) {

  /** What is proven about a command. */
  public enum Kind {
    /** It changes nothing, starts nothing named by its words, and reads only {@code reads}. */
    READS,
    /** It changes {@code writes} and nothing else. */
    WRITES,
    /**
     * Beyond what {@code READS} or {@code WRITES} would say it runs {@code nested}, {@code
     * scripts}.
     */
    RUNS,
    /** It talks to other machines, or to services that do. */
    NETWORK,
    /** Nothing. */
    UNKNOWN
  }

  /** Further facts about a command. */
  public enum Trait {
    /** One of the file commands that a mode which accepts edits accepts as well. */
    EDIT,
    /** It runs code that its words, its input or a package hold: a wide rule for it allows all. */
    INTERPRETER,
    /** It obeys the configuration of the repository in the working directory. */
    REPOSITORY,
    /** It would print variables of the environment, which often hold secrets. */
    ENVIRONMENT,
    /** It uses the network, whatever else it does. */
    NETWORK
  }

  public CommandFacts {
    reads = List.copyOf(reads);
    writes = List.copyOf(writes);
    removes = List.copyOf(removes);
    nested = List.copyOf(nested);
    scripts = List.copyOf(scripts);
    traits = Set.copyOf(traits);
    family = List.copyOf(family);
  }
}
