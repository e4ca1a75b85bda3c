package dev.agent.command;

import dev.agent.command.Panel.Column;
import dev.agent.command.Panel.Section;
import dev.agent.runtime.UserError;
import dev.agent.text.Diffs;
import dev.agent.tool.Display;
import dev.agent.workspace.FileHistory;
import dev.agent.workspace.QuietGit;
import dev.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /diff}: what the agent changed in this session, file by file against what was there
 * before; {@code /diff turn}: since the last turn that changed files began; {@code /diff git}: all
 * that is not committed.
 */
final class DiffCommand implements SlashCommand {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /** Longer files are named and not compared. */
  private static final int MAX_CHARS = 2_000_000;

  @Override
  public CommandInfo info() {
    return CommandInfo.of("diff", "[turn|git] [path]", "Show what changed in files").atAnyTime();
  }

  @Override
  public List<Choice> choices(CommandContext context) {
    return List.of(
        new Choice("git", "all changes that are not committed"),
        new Choice("session", "what the agent changed in this session"),
        new Choice("turn", "what its last turn that changed files did to them"));
  }

  @Override
  public CommandResult run(String arguments, CommandContext context) throws InterruptedException {
    String[] words = arguments.split("\\s+", 2);
    String rest = words.length > 1 ? words[1] : "";
    Place place = context.place();
    return new CommandResult.Show(
        switch (words[0]) {
          case "git" -> git(rest, place);
          case "session" -> session(rest, place);
          case "turn" -> turn(rest, place);
          default -> session(arguments, place);
        });
  }

  private static Panel session(String filter, Place place) {
    return changes("Changes of this session", " in this session", filter, place, "");
  }

  private static Panel turn(String filter, Place place) {
    List<String> turns = place.history().checkpoints();
    String last = turns.isEmpty() ? "" : turns.getLast();
    return changes("Changes of the last turn", " in its last turn", filter, place, last);
  }

  /** Changes since a checkpoint; since the first one where it is empty. */
  private static Panel changes(
      String title, String when, String filter, Place place, String checkpoint) {
    List<Section> sections = new ArrayList<>();
    List<List<String>> plain = new ArrayList<>();
    try {
      FileHistory history = place.history();
      for (FileHistory.Original original :
          checkpoint.isEmpty() ? history.originals() : history.originals(checkpoint)) {
        String shown = place.workspace().shown(original.file());
        if (!filter.isEmpty() && !shown.contains(filter)) {
          continue;
        }
        Optional<byte[]> now =
            Files.isRegularFile(original.file())
                ? Optional.of(Files.readAllBytes(original.file()))
                : Optional.empty();
        changed(shown, original, now)
            .ifPresent(
                either -> {
                  switch (either) {
                    case Change.Lines(Display.Diff diff) -> sections.add(new Section.Diff(diff));
                    case Change.Words(String what) -> plain.add(List.of(shown, what));
                  }
                });
      }
    } catch (IOException e) {
      throw new UserError(
          "The file history of this session can't be read ("
              + Workspace.explain(e, place.workspace().cwd())
              + ").",
          "/diff git shows what is not committed.");
    }
    if (!plain.isEmpty()) {
      sections.add(
          new Section.Table("", List.of(Column.text("File"), Column.text("Change")), plain));
    }
    if (sections.isEmpty()) {
      sections.add(
          new Section.Text(
              "The agent changed no file"
                  + (filter.isEmpty() ? "" : " that has \"" + filter + "\" in its name")
                  + when
                  + ", or all is as it was. Changes made by commands are seen with"
                  + " `/diff git`."));
    }
    return new Panel(title, sections);
  }

  private sealed interface Change {
    record Lines(Display.Diff diff) implements Change {}

    record Words(String what) implements Change {}
  }

  private static Optional<Change> changed(
      String shown, FileHistory.Original original, Optional<byte[]> now) {
    if (now.isEmpty()) {
      return original.before().map(_ -> new Change.Words("removed"));
    }
    byte[] before = original.before().orElse(new byte[0]);
    boolean created = original.before().isEmpty();
    if (!created && java.util.Arrays.equals(before, now.get())) {
      return Optional.empty();
    }
    Optional<String> old = text(before);
    Optional<String> fresh = text(now.get());
    if (old.isEmpty() || fresh.isEmpty()) {
      return Optional.of(
          new Change.Words(
              (created ? "new, " : "changed, ") + Figures.bytes(now.get().length) + ", not text"));
    }
    return Optional.of(
        new Change.Lines(
            new Display.Diff(
                shown,
                Diffs.hunks(old.get(), fresh.get()).stream()
                    .map(
                        it ->
                            new Display.Hunk(
                                it.oldStart(),
                                it.oldLines(),
                                it.newStart(),
                                it.newLines(),
                                it.lines()))
                    .toList(),
                created)));
  }

  private static Optional<String> text(byte[] bytes) {
    if (bytes.length > MAX_CHARS) {
      return Optional.empty();
    }
    for (byte b : bytes) {
      if (b == 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new String(bytes, StandardCharsets.UTF_8));
  }

  private static Panel git(String path, Place place) throws InterruptedException {
    Path root = place.projectRoot();
    List<String> command =
        QuietGit.command(
            List.of(
                "diff",
                "--no-color",
                "--no-ext-diff",
                "--no-textconv",
                "--ignore-submodules=dirty", // inside of them their configuration would count
                "--src-prefix=a/",
                "--dst-prefix=b/",
                "HEAD"));
    if (!path.isEmpty()) {
      command.addAll(List.of("--", path));
    }
    Programs.Finished finished =
        place
            .programs()
            .run(command, root, LIMIT)
            .orElseThrow(
                () ->
                    new UserError(
                        "git could not be run in " + root + ".",
                        "Check that it is installed, or run it by yourself with !git diff."));
    if (finished.exitCode() != 0) {
      throw new UserError(
          "git diff ended with exit code " + finished.exitCode() + " in " + root + ".",
          "It needs a repository with at least one commit; !git status shows how it stands.");
    }
    List<Section> sections = new ArrayList<>();
    GitDiff.read(finished.output()).forEach(diff -> sections.add(new Section.Diff(diff)));
    if (sections.isEmpty()) {
      sections.add(new Section.Text("Nothing is changed against the latest commit."));
    }
    sections.add(new Section.Text("Files that git does not know yet are not shown."));
    return new Panel("Not committed", sections);
  }
}
