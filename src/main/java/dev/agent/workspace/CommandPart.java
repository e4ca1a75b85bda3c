package dev.agent.workspace;

import dev.agent.shell.CommandFacts;
import dev.agent.shell.Invocation;
import java.util.ArrayList;
import java.util.List;

/**
 * One simple command of a line, with what is proven about it here: its words, and the files that
 * they mean.
 *
 * @param command as it would run
 * @param facts what its words prove
 * @param files what it reads and changes, without that of the commands it starts
 * @param nested commands that it starts because its own syntax says so, as {@code find -exec}
 * @param wrapped commands that it may start as a wrapper, in every reading; among them may be those
 *     of {@code nested}
 * @param proof what is proven, files and started commands included
 * @param reason why nothing is proven, as half a sentence; otherwise empty
 */
public record CommandPart(
    Invocation command,
    CommandFacts facts,
    List<NamedFile> files,
    List<CommandPart> nested,
    List<CommandPart> wrapped,
    Proof proof,
    String reason) {

  /** What is proven about a command, from little to much. */
  public enum Proof {
    /** Nothing. */
    NONE,
    /** It changes the files that are named, and nothing else. */
    CHANGES,
    /** The same, and it is one of the file commands that accepted edits include. */
    EDITS,
    /** It changes nothing. */
    READS
  }

  public CommandPart {
    files = List.copyOf(files);
    nested = List.copyOf(nested);
    wrapped = List.copyOf(wrapped);
  }

  /** Its files and those of the commands that it provably starts. */
  public List<NamedFile> allFiles() {
    if (nested.isEmpty()) {
      return files;
    }
    List<NamedFile> all = new ArrayList<>(files);
    nested.forEach(part -> all.addAll(part.allFiles()));
    return all;
  }

  /** It and everything that it may start, from the outside in. */
  public List<CommandPart> withInner() {
    List<CommandPart> all = new ArrayList<>();
    addTo(all);
    return all;
  }

  void addTo(List<CommandPart> all) {
    all.add(this);
    for (CommandPart part : nested) {
      part.addTo(all);
    }
    for (CommandPart part : wrapped) {
      part.addTo(all);
    }
  }

  /** The program's name without its directory; empty when it is not known. */
  public String program() {
    return command.program().orElse("");
  }
}
