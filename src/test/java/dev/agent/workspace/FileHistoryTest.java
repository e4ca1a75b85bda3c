package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHistoryTest {
  @TempDir Path temporary;
  private Path work;
  private Path store;

  @BeforeEach
  void places() throws IOException {
    work = Files.createDirectory(temporary.toRealPath().resolve("work"));
    store = work.resolveSibling("store");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatFilesHeldBeforeTheirFirstChangeCanBeSeen() throws Exception {
    FileHistory history = new FileHistory(store);
    FileWriter writer = new FileWriter(history);
    Path changed = Files.writeString(work.resolve("changed"), "old\n");
    history.checkpoint("m1");
    Overwriting.write(writer, changed, bytes("new\n"));
    Overwriting.write(writer, work.resolve("made"), bytes("x"));
    history.checkpoint("m2");
    Overwriting.write(writer, changed, bytes("newer\n"));

    List<FileHistory.Original> originals = FileHistory.reopen(store).originals();

    assertThat(originals).hasSize(2);
    assertThat(originals.get(0).file()).isEqualTo(changed);
    assertThat(originals.get(0).before().orElseThrow()).isEqualTo(bytes("old\n"));
    assertThat(originals.get(1).file()).isEqualTo(work.resolve("made"));
    assertThat(originals.get(1).before()).isEmpty();

    List<FileHistory.Original> later = history.originals("m2");
    assertThat(later).hasSize(1);
    assertThat(later.getFirst().before().orElseThrow()).isEqualTo(bytes("new\n"));
    assertThat(history.originals("unknown")).isEmpty();
  }

  @Test
  void whatAPersonWritesIsNotTakenBack() throws Exception {
    FileHistory history = new FileHistory(store);
    history.checkpoint("m1");
    FileWriter.ofPerson().create(work.resolve("export.md"), bytes("text"));

    history.rewind("m1");

    assertThat(work.resolve("export.md")).hasContent("text");
    assertThat(history.originals()).isEmpty();
  }

  @Test
  void contentAndModeComeBackAndCreatedFilesGo() throws Exception {
    FileHistory history = new FileHistory(store);
    FileWriter writer = new FileWriter(history);
    Path script = Files.writeString(work.resolve("run.sh"), "old\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
    history.checkpoint("m1");
    Overwriting.write(writer, script, bytes("new\n"));
    Overwriting.write(writer, script, bytes("newer\n"));
    Overwriting.write(writer, work.resolve("deep/er/made.txt"), bytes("x"));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-------"));

    FileHistory.Rewound rewound = history.rewind("m1");

    assertThat(rewound)
        .isEqualTo(
            new FileHistory.Rewound(
                List.of(script), List.of(work.resolve("deep/er/made.txt")), List.of()));
    assertThat(script).hasContent("old\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script)))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void aDeletedFileComesBack() throws Exception {
    FileHistory history = new FileHistory(store);
    Path file = Files.writeString(work.resolve("f"), "old");
    history.checkpoint("m1");
    Overwriting.write(new FileWriter(history), file, bytes("new"));
    Files.delete(file);
    assertThat(history.rewind("m1").restored()).containsExactly(file);
    assertThat(file).hasContent("old");
  }

  @Test
  void whatSomebodyElseChangedIsLeftAloneAndNamed() throws Exception {
    FileHistory history = new FileHistory(store);
    FileWriter writer = new FileWriter(history);
    Path file = Files.writeString(work.resolve("f"), "old");
    Path made = work.resolve("made");
    Path linked = Files.writeString(work.resolve("linked"), "old");
    Path hard = Files.writeString(work.resolve("hard"), "old");
    history.checkpoint("m1");
    for (Path each : List.of(file, made, linked, hard)) {
      Overwriting.write(writer, each, bytes("agent"));
    }
    Files.writeString(file, "user");
    Files.writeString(made, "user");
    Files.delete(linked);
    Files.createSymbolicLink(linked, Path.of("/etc/hostname"));
    Files.createLink(work.resolve("hard2"), hard);

    FileHistory.Rewound rewound = history.rewind("m1");

    assertThat(rewound.restored()).isEmpty();
    assertThat(rewound.removed()).isEmpty();
    assertThat(rewound.skipped()).hasSize(4);
    assertThat(String.join("\n", rewound.skipped()))
        .contains("changed by someone else")
        .contains("become a link")
        .contains("hard links");
    assertThat(file).hasContent("user");
    assertThat(made).hasContent("user");
    assertThat(linked).isSymbolicLink();
    assertThat(hard).hasContent("agent");
  }

  @Test
  void aDirectoryThatBecameALinkIsNotFollowed() throws Exception {
    FileHistory history = new FileHistory(store);
    Path file = Files.createDirectory(work.resolve("d")).resolve("f");
    Files.writeString(file, "old");
    history.checkpoint("m1");
    Overwriting.write(new FileWriter(history), file, bytes("agent"));
    Path elsewhere = Files.createDirectory(work.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("f"), "agent");
    Files.delete(file);
    Files.delete(work.resolve("d"));
    Files.createSymbolicLink(work.resolve("d"), elsewhere);
    assertThat(history.rewind("m1").skipped()).hasSize(1);
    assertThat(elsewhere.resolve("f")).hasContent("agent");
  }

  @Test
  void theOldestOfMoreThanAHundredCheckpointsGoes() throws Exception {
    FileHistory history = new FileHistory(store);
    FileWriter writer = new FileWriter(history);
    Path file = Files.writeString(work.resolve("f"), "v0");
    for (int i = 1; i <= FileHistory.MAX_CHECKPOINTS + 1; i++) {
      history.checkpoint("m" + i);
      Overwriting.write(writer, file, bytes("v" + i));
    }
    history.checkpoint("last");
    assertThat(history.checkpoints())
        .hasSize(FileHistory.MAX_CHECKPOINTS)
        .doesNotContain("m1")
        .contains("m2");
    try (Stream<Path> stored = Files.list(store)) {
      assertThat(
              stored.map(path -> path.getFileName().toString()).filter(name -> name.contains("@v")))
          .hasSize(FileHistory.MAX_CHECKPOINTS)
          .allMatch(name -> name.matches("[0-9a-f]{32}@v\\d+"))
          .noneMatch(name -> name.endsWith("@v1"))
          .anyMatch(name -> name.endsWith("@v101"));
    }
    history.rewind("m2");
    assertThat(file).hasContent("v1");
  }

  @Test
  void aHistoryGoesOnAfterTheProcessDied() throws Exception {
    Path odd = work.resolve("odd\\t\tname\\n\nline");
    Files.writeString(odd, "old");
    FileHistory first = new FileHistory(store);
    first.checkpoint("m1");
    Overwriting.write(new FileWriter(first), odd, bytes("new"));
    Files.writeString(work.resolve(".agent-tmp-999999999-0-1"), "half");
    Files.writeString(
        store.resolve("index"), "m2\tbroken@vX\t-\t/x\nm3\tno", StandardOpenOption.APPEND);

    FileHistory again = FileHistory.reopen(store);

    assertThat(again.checkpoints()).containsExactly("m1");
    assertThat(work.resolve(".agent-tmp-999999999-0-1")).doesNotExist();
    assertThat(again.rewind("m1").restored()).containsExactly(odd);
    assertThat(odd).hasContent("old");
  }

  @Test
  void aTornLastLineSpoilsNoOther() throws Exception {
    Path file = Files.writeString(work.resolve("f"), "old");
    FileHistory first = new FileHistory(store);
    first.checkpoint("m1");
    Overwriting.write(new FileWriter(first), file, bytes("new"));
    Files.writeString(store.resolve("index"), "m2\tabsent", StandardOpenOption.APPEND);
    FileHistory second = FileHistory.reopen(store);
    second.checkpoint("m2");
    Overwriting.write(new FileWriter(second), file, bytes("newer"));
    assertThat(FileHistory.reopen(store).checkpoints()).containsExactly("m1", "m2");
  }

  @Test
  void anUnknownCheckpointChangesNothing() throws Exception {
    FileHistory history = new FileHistory(store);
    assertThat(history.rewind("never"))
        .isEqualTo(new FileHistory.Rewound(List.of(), List.of(), List.of()));
    Path file = Files.writeString(work.resolve("f"), "old");
    Overwriting.write(new FileWriter(history), file, bytes("new"));
    history.rewind("never");
    assertThat(file).hasContent("new");
  }

  /**
   * Random edits, creations and deletions by the agent and by its user, with the history reopened
   * in between: what was the agent's alone comes back exactly.
   */
  @Test
  void randomSequencesAreTakenBackExactly() throws Exception {
    for (int seed = 0; seed < 150; seed++) {
      Random random = new Random(seed);
      Path place = Files.createDirectory(work.resolve("s" + seed));
      Path kept = store.resolve("s" + seed);
      List<Path> files = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        files.add(place.resolve("f" + i));
        if (random.nextBoolean()) {
          Files.writeString(files.get(i), "start " + i);
        }
      }
      FileHistory history = new FileHistory(kept);
      List<Map<Path, String>> snapshots = new ArrayList<>();
      Map<Path, Integer> userTouched = new HashMap<>();
      int checkpoints = 1 + random.nextInt(4);
      int step = 0;
      for (int checkpoint = 0; checkpoint < checkpoints; checkpoint++) {
        snapshots.add(snapshot(files));
        history.checkpoint("m" + checkpoint);
        for (int action = random.nextInt(6); action > 0; action--) {
          Path file = files.get(random.nextInt(files.size()));
          switch (random.nextInt(8)) {
            case 0 -> {
              Files.deleteIfExists(file);
              userTouched.put(file, checkpoint);
            }
            case 1 -> {
              Files.writeString(file, "user " + step++);
              userTouched.put(file, checkpoint);
            }
            case 2 -> {
              history = FileHistory.reopen(kept);
              history.checkpoint("m" + checkpoint);
            }
            default -> {
              Overwriting.write(new FileWriter(history), file, bytes("agent " + step++));
            }
          }
        }
      }
      int target = random.nextInt(checkpoints);
      Map<Path, String> before = snapshot(files);
      boolean known = history.checkpoints().contains("m" + target);
      FileHistory.Rewound rewound = history.rewind("m" + target);
      Set<Path> skipped = new HashSet<>();
      for (Path file : files) {
        String now = Files.exists(file) ? Files.readString(file) : "";
        if (rewound.skipped().stream().anyMatch(text -> text.startsWith(file + " "))) {
          skipped.add(file);
          assertThat(now)
              .as("seed %s: skipped means untouched", seed)
              .isEqualTo(before.get(file))
              .startsWith("user ");
        } else if (!userTouched.containsKey(file)
            && (rewound.restored().contains(file) || rewound.removed().contains(file))) {
          assertThat(now).as("seed %s %s", seed, file).isEqualTo(snapshots.get(target).get(file));
        } else if (!known) {
          assertThat(now).isEqualTo(before.get(file));
        }
        if (before.get(file).startsWith("user ")) {
          assertThat(now)
              .as("seed %s: the user's words stay", seed)
              .isIn(before.get(file), snapshots.get(target).get(file));
        }
      }
    }
  }

  private static Map<Path, String> snapshot(List<Path> files) throws IOException {
    Map<Path, String> all = new HashMap<>();
    for (Path file : files) {
      all.put(file, Files.exists(file) ? Files.readString(file) : "");
    }
    return all;
  }
}
