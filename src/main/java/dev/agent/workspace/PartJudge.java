package dev.agent.workspace;

import dev.agent.shell.Analysis;
import dev.agent.shell.Argument;
import dev.agent.shell.CommandFacts;
import dev.agent.shell.CommandFacts.Trait;
import dev.agent.shell.CommandTable;
import dev.agent.shell.Directory;
import dev.agent.shell.Invocation;
import dev.agent.shell.Redirection;
import dev.agent.workspace.CommandPart.Proof;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Judges the parts of one command line. For one thread. */
final class PartJudge {
  private static final int MAX_DEPTH = 8;

  /** More commands than anybody writes: what is behind them is not proven. */
  private static final int MAX_PARTS = 4_000;

  private static final Set<String> MOVERS = Set.of("cd", "pushd", "popd");

  /** Commands that put their operands into a directory when the last one is one. */
  private static final Set<String> INTO_DIRECTORIES =
      Set.of("cp", "gcp", "mv", "gmv", "ln", "install", "ginstall", "rsync");

  private static final int MAX_NAMES = 200;

  private final CommandTable table;
  private final ShellPaths paths;
  private final Repositories repositories;
  private final ObeyedFiles obeyed;
  private final List<Path> roots;
  private final Analysis analysis;
  private int parts;

  PartJudge(
      CommandTable table,
      ShellPaths paths,
      Repositories repositories,
      ObeyedFiles obeyed,
      List<Path> roots,
      Analysis analysis) {
    this.table = table;
    this.paths = paths;
    this.repositories = repositories;
    this.obeyed = obeyed;
    this.roots = roots;
    this.analysis = analysis;
  }

  CommandJudgement judge() {
    List<Invocation> commands = analysis.commands();
    List<CommandPart> judged = new ArrayList<>(commands.size());
    boolean moves = !analysis.isProvable();
    for (int i = 0; i < commands.size(); i++) {
      Optional<NameSource> names = NameSource.before(commands, i, judged);
      CommandPart part = part(commands.get(i), names, LinkFilter.ALL, 0);
      judged.add(part);
      for (CommandPart any : part.withInner()) {
        moves |= MOVERS.contains(any.program());
      }
    }
    List<CommandJudgement.Redirected> redirected = new ArrayList<>();
    for (Redirection redirection : analysis.redirections()) {
      if (redirection.opensFile()) {
        NamedFile.Use use = redirection.writes() ? NamedFile.Use.WRITE : NamedFile.Use.READ;
        redirected.add(
            new CommandJudgement.Redirected(
                redirection, file(redirection.target(), use, redirection.directory())));
      }
    }
    return new CommandJudgement(analysis, judged, redirected, moves);
  }

  private NamedFile file(Argument word, NamedFile.Use use, Directory directory) {
    ShellPaths.Found found = paths.find(word, directory);
    return new NamedFile(word.text(), use, found.paths(), found.isComplete());
  }

  private CommandPart part(
      Invocation command, Optional<NameSource> names, LinkFilter links, int depth) {
    parts++;
    Directory directory = command.directory();
    List<Argument> argv = command.argv();
    CommandFacts facts = table.judge(withPipes(argv), named -> isOwn(named, directory));
    List<NamedFile> files = files(facts, command, links);
    List<CommandPart> nested = new ArrayList<>();
    List<CommandPart> wrapped = new ArrayList<>();
    boolean tooDeep = depth >= MAX_DEPTH || parts >= MAX_PARTS;
    LinkFilter handedOn = names.map(NameSource::links).orElseGet(() -> LinkFilter.of(command));
    if (!tooDeep) {
      for (List<Argument> words : facts.nested()) {
        List<Argument> known = names.map(source -> source.fill(words)).orElse(words);
        nested.add(part(inside(command, known), names, handedOn, depth + 1));
      }
      for (Invocation inner : command.inner()) {
        wrapped.add(part(inner, names, handedOn, depth + 1));
      }
    }
    String objection = objection(facts, files, nested, directory);
    if (objection.isEmpty()) {
      objection = obeying(command);
    }
    if (tooDeep && !(facts.nested().isEmpty() && command.inner().isEmpty())) {
      objection = "it starts commands that start commands, too many to follow";
    }
    boolean changes =
        objection.isEmpty() && names.isPresent() && proof(facts, nested) != Proof.READS;
    if (changes) {
      // A name may hold blanks, and become several: good enough to read, not to change.
      objection = "it changes files whose names come from another command";
    }
    Proof proof = objection.isEmpty() ? proof(facts, nested) : Proof.NONE;
    return new CommandPart(command, facts, files, nested, wrapped, proof, objection);
  }

  /**
   * The output of another command in the place of a file: what that one does is judged by itself.
   */
  private static List<Argument> withPipes(List<Argument> argv) {
    if (argv.stream().noneMatch(PartJudge::isPipe)) {
      return argv;
    }
    return argv.stream().map(it -> isPipe(it) ? Argument.exact("/dev/stdin") : it).toList();
  }

  private static boolean isPipe(Argument word) {
    String text = word.text();
    if (!word.isUnknown() || !text.startsWith("<(") || !text.endsWith(")")) {
      return false;
    }
    for (int i = 2; i < text.length() - 1; i++) {
      if ("()'\"\\`$".indexOf(text.charAt(i)) >= 0) {
        return false; // where it ends is not for us to tell
      }
    }
    return true;
  }

  private static Invocation inside(Invocation outer, List<Argument> words) {
    return new Invocation(
        words,
        List.of(),
        List.of(),
        outer.directory(),
        outer.position(),
        Invocation.Wrapping.NONE,
        List.of());
  }

  private List<NamedFile> files(CommandFacts facts, Invocation command, LinkFilter links) {
    Set<Argument> removed = new HashSet<>(facts.removes());
    Set<Argument> written = new HashSet<>(facts.writes());
    List<NamedFile> files = new ArrayList<>();
    Set<Argument> done = new HashSet<>();
    for (List<Argument> words : List.of(facts.reads(), facts.writes(), facts.removes())) {
      for (Argument word : words) {
        if (done.add(word)) {
          NamedFile.Use use =
              removed.contains(word)
                  ? NamedFile.Use.REMOVE
                  : written.contains(word) ? NamedFile.Use.WRITE : NamedFile.Use.READ;
          ShellPaths.Found found = paths.find(word, command.directory(), links);
          files.add(new NamedFile(word.text(), use, found.paths(), found.isComplete()));
        }
      }
    }
    return INTO_DIRECTORIES.contains(command.program().orElse("")) ? withTargets(files) : files;
  }

  /** What is put into a directory has the name of its source there, and of what is inside of it. */
  private static List<NamedFile> withTargets(List<NamedFile> files) {
    Set<String> names = new HashSet<>();
    for (NamedFile file : files) {
      if (file.use() != NamedFile.Use.WRITE) {
        for (Path path : file.paths()) {
          names.add(String.valueOf(path.getFileName()));
          if (Files.isDirectory(path)) {
            names.addAll(inside(path));
          }
        }
      }
    }
    List<NamedFile> all = new ArrayList<>(files);
    for (NamedFile file : files) {
      Set<Path> targets = new HashSet<>();
      for (Path path : file.use() == NamedFile.Use.WRITE ? file.paths() : Set.<Path>of()) {
        if (Files.isDirectory(path)) {
          for (String name : names) {
            Path target = path.resolve(name);
            targets.add(target);
            ShellPaths.physical(target).ifPresent(targets::add);
          }
        }
      }
      if (!targets.isEmpty()) {
        all.add(new NamedFile(file.word(), NamedFile.Use.WRITE, targets, true));
      }
    }
    return all;
  }

  private static List<String> inside(Path directory) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (names.size() >= MAX_NAMES) {
          break;
        }
        names.add(String.valueOf(entry.getFileName()));
      }
    } catch (IOException | DirectoryIteratorException e) {
      return names; // the copy can't read it either
    }
    return names;
  }

  private static Proof proof(CommandFacts facts, List<CommandPart> nested) {
    Proof proof =
        facts.writes().isEmpty()
            ? Proof.READS
            : facts.traits().contains(Trait.EDIT) ? Proof.EDITS : Proof.CHANGES;
    for (CommandPart part : nested) {
      proof = part.proof().compareTo(proof) < 0 ? part.proof() : proof;
    }
    return proof;
  }

  /** Why nothing is proven; empty when something is. */
  private String objection(
      CommandFacts facts, List<NamedFile> files, List<CommandPart> nested, Directory directory) {
    switch (facts.kind()) {
      case UNKNOWN -> {
        return facts.reason().isEmpty() ? "it is not known" : facts.reason();
      }
      case NETWORK -> {
        return "it uses the network";
      }
      case READS, WRITES, RUNS -> {
        if (!facts.scripts().isEmpty()) {
          return "it runs a script";
        }
      }
    }
    if (facts.traits().contains(Trait.NETWORK)) {
      return "it uses the network";
    }
    if (facts.traits().contains(Trait.ENVIRONMENT)) {
      return "it prints variables, which may hold secrets";
    }
    if (facts.traits().contains(Trait.INTERPRETER) && facts.kind() == CommandFacts.Kind.RUNS) {
      return "it runs any code";
    }
    for (NamedFile file : files) {
      if (!file.isComplete()) {
        return "\"" + file.word() + "\" may be any file";
      }
    }
    if (facts.traits().contains(Trait.REPOSITORY)) {
      for (Path place : paths.places(directory)) {
        if (!repositories.isOwn(place, roots)) {
          return "it obeys the configuration of another repository";
        }
        if (!repositories.isInert(place)) {
          return "the repository's configuration may start programs";
        }
      }
      if (!directory.isKnown()) {
        return "it obeys the configuration of a repository that is not known";
      }
    }
    for (CommandPart part : nested) {
      if (part.proof() == Proof.NONE) {
        return part.reason();
      }
    }
    return "";
  }

  /** What a project's files make of a program that is harmless elsewhere. */
  private String obeying(Invocation command) {
    for (Path place : paths.places(command.directory())) {
      Optional<Path> file = obeyed.of(command.program().orElse(""), place);
      if (file.isPresent()) {
        return "it obeys " + file.get() + ", which may start programs";
      }
    }
    return "";
  }

  private boolean isOwn(String named, Directory directory) {
    ShellPaths.Found found = paths.find(Argument.exact(named), directory);
    if (!found.isComplete() || found.paths().isEmpty()) {
      return false;
    }
    for (Path path : found.paths()) {
      if (!repositories.isOwn(path, roots) || !repositories.isInert(path)) {
        return false;
      }
    }
    return true;
  }
}
