package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a script would do, found without running it: facts, not verdicts. Every layer that judges a
 * command line reads the same ones.
 *
 * @param script the tree
 * @param commands every simple command outside of wrappers, in the order in which they stand; also
 *     those in substitutions, functions, loops, groups and here-documents
 * @param redirections all of them, also those of groups, loops and of no command
 * @param definitions what it changes for later commands
 * @param doubts why it can't be told what it does
 * @param hidesCharacters it holds characters that a person would not see, or would see as others
 */
public record Analysis(
    Script script,
    List<Invocation> commands,
    List<Redirection> redirections,
    List<Definition> definitions,
    List<Doubt> doubts,
    boolean hidesCharacters) {
  public Analysis {
    commands = List.copyOf(commands);
    redirections = List.copyOf(redirections);
    definitions = List.copyOf(definitions);
    doubts = List.copyOf(doubts);
  }

  /** The facts of a command line of which nothing is known but its text. */
  public static Analysis of(String command) {
    return of(ShellParser.parse(command), Map.of());
  }

  /**
   * The facts of a script.
   *
   * @param environment the variables that the shell will surely find, such as {@code HOME} and
   *     {@code PWD}; others count as unknown
   */
  public static Analysis of(Script script, Map<String, String> environment) {
    Machine machine = new Machine(environment);
    machine.run(script);
    return new Analysis(
        script,
        machine.commands(),
        machine.redirections(),
        machine.definitions(),
        machine.doubts(),
        Characters.anyHides(script.text()));
  }

  /** Whether a text holds characters that a person would not see, or would see as others. */
  public static boolean hidesCharacters(String text) {
    return Characters.anyHides(text);
  }

  /** Whether one character is such. */
  public static boolean hides(int point) {
    return Characters.hides(point);
  }

  /** Whether it was read in full; what was not has commands of which nothing is known. */
  public boolean isUnderstood() {
    return script.isUnderstood();
  }

  /**
   * Whether {@link #commands} and {@link #redirections} are all there is to judge: it was read in
   * full, hides nothing, leaves no doubt, and defines nothing that could change what its commands
   * are. Nothing else may be allowed for what its commands are.
   */
  public boolean isProvable() {
    if (!isUnderstood() || hidesCharacters || !doubts.isEmpty()) {
      return false;
    }
    for (Definition definition : definitions) {
      if (!definition.inert()) {
        return false;
      }
    }
    return true;
  }

  /** Every command in every reading, also those inside of wrappers: for rules that forbid. */
  public List<Invocation> allCommands() {
    List<Invocation> all = new ArrayList<>(commands.size());
    for (Invocation command : commands) {
      command.addTo(all);
    }
    return all;
  }
}
