package dev.agent.shell;

/**
 * Where a command stands in its line.
 *
 * @param depth how many commands, substitutions and wrappers are around it
 * @param inPipeline it reads from another command or writes to one
 * @param inBackground the line does not wait for it
 * @param inSubstitution its output becomes part of a word, or of a file name
 * @param inFunction it runs when a function or a trap is called, from wherever that happens
 * @param mayNotRun whether it runs depends on something else
 * @param isDecisive its exit status may be that of the line
 */
public record Position(
    int depth,
    boolean inPipeline,
    boolean inBackground,
    boolean inSubstitution,
    boolean inFunction,
    boolean mayNotRun,
    boolean isDecisive) {
  static final Position LINE = new Position(0, false, false, false, false, false, true);

  Position deeper() {
    return new Position(
        depth + 1, inPipeline, inBackground, inSubstitution, inFunction, mayNotRun, isDecisive);
  }

  Position piped(boolean last) {
    return new Position(
        depth, true, inBackground, inSubstitution, inFunction, mayNotRun, isDecisive && last);
  }

  Position background() {
    return new Position(depth, inPipeline, true, inSubstitution, inFunction, mayNotRun, false);
  }

  Position substitution() {
    return new Position(depth + 1, false, inBackground, true, inFunction, mayNotRun, false);
  }

  Position function() {
    return new Position(depth + 1, inPipeline, inBackground, inSubstitution, true, true, false);
  }

  Position perhaps() {
    return mayNotRun
        ? this
        : new Position(
            depth, inPipeline, inBackground, inSubstitution, inFunction, true, isDecisive);
  }

  Position notDecisive() {
    return isDecisive
        ? new Position(
            depth, inPipeline, inBackground, inSubstitution, inFunction, mayNotRun, false)
        : this;
  }
}
