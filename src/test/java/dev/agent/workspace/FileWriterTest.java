package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class FileWriterTest {
  @TempDir Path directory;

  private FileWriter writer() {
    return new FileWriter(new FileHistory(directory.resolve("history")));
  }

  private enum Link {
    NONE,
    SYMBOLIC,
    CHAIN,
    HARD
  }

  private record Coding(String name, byte[] mark, Charset charset, String sample) {
    byte[] bytes(String text) {
      byte[] body = text.getBytes(charset);
      byte[] all = java.util.Arrays.copyOf(mark, mark.length + body.length);
      System.arraycopy(body, 0, all, mark.length, body.length);
      return all;
    }
  }

  private static byte[] mark(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static final List<Coding> CODINGS =
      List.of(
          new Coding("ascii", mark(), StandardCharsets.US_ASCII, "plain"),
          new Coding("utf-8", mark(), StandardCharsets.UTF_8, "grün \ud83d\ude00 漢字"),
          new Coding("utf-8 marked", mark(0xEF, 0xBB, 0xBF), StandardCharsets.UTF_8, "grün"),
          new Coding(
              "utf-16le marked", mark(0xFF, 0xFE), StandardCharsets.UTF_16LE, "grün \ud83d\ude00"),
          new Coding("utf-16be marked", mark(0xFE, 0xFF), StandardCharsets.UTF_16BE, "grün 漢"),
          new Coding("iso-8859-1", mark(), StandardCharsets.ISO_8859_1, "grün"),
          new Coding("iso-8859-15", mark(), Charset.forName("ISO-8859-15"), "5 \u20ac"),
          new Coding("windows-1252", mark(), Charset.forName("windows-1252"), "\u201cgrün\u201d"),
          new Coding("windows-1251", mark(), Charset.forName("windows-1251"), "Привет"),
          new Coding("koi8-r", mark(), Charset.forName("KOI8-R"), "Привет"),
          new Coding("shift_jis", mark(), Charset.forName("Shift_JIS"), "日本語"),
          new Coding("gb18030", mark(), Charset.forName("GB18030"), "中文"));

  /** 12 encodings x 3 line ends x 3 modes x 4 kinds of links. */
  @TestFactory
  Stream<DynamicTest> anEditChangesOnlyItsOwnBytes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Coding coding : CODINGS) {
      tests.add(
          DynamicTest.dynamicTest(
              coding.name(),
              () -> {
                int number = 0;
                for (String end : List.of("\n", "\r\n", "\r")) {
                  for (String mode : List.of("rw-r--r--", "rwxr-x---", "rw-------")) {
                    for (Link link : Link.values()) {
                      editOne(
                          Files.createDirectory(directory.resolve(coding.name() + number++)),
                          coding,
                          end,
                          mode,
                          link);
                    }
                  }
                }
              }));
    }
    return tests.stream();
  }

  private void editOne(Path place, Coding coding, String end, String mode, Link link)
      throws IOException {
    String text = coding.sample() + " one" + end + "two " + coding.sample() + end + "three";
    Path file = place.resolve("real.txt");
    Files.write(file, coding.bytes(text));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    Object key = Files.getAttribute(file, "unix:ino");
    Path name = file;
    switch (link) {
      case NONE -> {}
      case SYMBOLIC -> name = Files.createSymbolicLink(place.resolve("link"), Path.of("real.txt"));
      case CHAIN -> {
        Files.createSymbolicLink(place.resolve("link"), file);
        name = Files.createSymbolicLink(place.resolve("chain"), Path.of("link"));
      }
      case HARD -> name = Files.createLink(place.resolve("hard"), file);
    }
    TextFile read = TextFile.read(name);
    FileWriter.Written written =
        writer().replace(name, read.with(read.text().replace("two", "2")).bytes(), read.hash());

    String what = coding.name() + " " + end.length() + mode + link;
    assertThat(Files.readAllBytes(name)).as(what).isEqualTo(coding.bytes(text.replace("two", "2")));
    assertThat(Files.readAllBytes(file)).as(what).isEqualTo(coding.bytes(text.replace("two", "2")));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .as(what)
        .isEqualTo(mode);
    assertThat(Files.isSymbolicLink(name)).isEqualTo(link == Link.SYMBOLIC || link == Link.CHAIN);
    assertThat(written.note().isPresent()).isEqualTo(link == Link.HARD);
    assertThat(Files.getAttribute(file, "unix:ino").equals(key))
        .as("in place: " + what)
        .isEqualTo(link == Link.HARD);
    assertThat(names(place)).doesNotContain(".agent-tmp-");
  }

  private static String names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList().toString();
    }
  }

  @Test
  void specialBitsOwnerAndExtendedAttributesStay() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "old");
    Files.setAttribute(file, "unix:mode", 04750);
    boolean root = Files.getOwner(file).getName().equals("root");
    if (root) {
      Files.setAttribute(file, "unix:uid", 12345);
      Files.setAttribute(file, "unix:gid", 23456);
      Files.setAttribute(file, "unix:mode", 04750);
    }
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    boolean extended =
        view != null
            && Files.getFileStore(file)
                .supportsFileAttributeView(UserDefinedFileAttributeView.class);
    if (extended) {
      view.write("colour", ByteBuffer.wrap("red".getBytes(StandardCharsets.UTF_8)));
    }
    Overwriting.write(writer(), file, "new".getBytes(StandardCharsets.UTF_8));
    assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(04750);
    if (root) {
      assertThat(Files.readAttributes(file, "unix:uid,gid"))
          .containsEntry("uid", 12345)
          .containsEntry("gid", 23456);
    }
    if (extended) {
      assertThat(Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).list())
          .contains("colour");
    }
    assertThat(file).hasContent("new");
  }

  @Test
  void aDanglingLinkIsWrittenThrough() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("made/later.txt"));
    Overwriting.write(writer(), link, "x".getBytes(StandardCharsets.UTF_8));
    assertThat(link).isSymbolicLink();
    assertThat(directory.resolve("made/later.txt")).hasContent("x");
  }

  @Test
  void whatCannotBeWrittenIsExplained() throws Exception {
    Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
    Path file = Files.writeString(directory.resolve("file"), "x");
    assertThatThrownBy(() -> Overwriting.write(writer(), loop, new byte[0]))
        .hasMessageContaining("loop");
    assertThat(explained(file.resolve("below/it"))).contains("Not a directory");
    assertThat(explained(directory)).contains("is a directory");
    assertThat(explained(directory.resolve("n".repeat(300)))).contains("name too long");
    assertThat(explained(Path.of("/dev/null"))).contains("device");
    assertThat(explained(Path.of("/proc/agent-test"))).isNotBlank();
    assertThat(file).hasContent("x");
  }

  private String explained(Path path) {
    try {
      Overwriting.write(writer(), path, new byte[] {1});
      return "written";
    } catch (IOException e) {
      return Workspace.explain(e, path);
    }
  }

  @Test
  void aFileThatChangedOrAppearedIsNotOverwritten() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "seen");
    String seen = TextFile.hash("seen".getBytes(StandardCharsets.UTF_8));
    Files.writeString(file, "theirs");
    assertThatThrownBy(() -> writer().replace(file, new byte[] {1}, seen))
        .isInstanceOf(FileWriter.ChangedUnderneathException.class);
    assertThatThrownBy(() -> writer().create(file, new byte[] {1}))
        .isInstanceOf(FileWriter.ChangedUnderneathException.class);
    Files.createLink(directory.resolve("hard"), file);
    assertThatThrownBy(() -> writer().replace(file, new byte[] {1}, seen))
        .isInstanceOf(FileWriter.ChangedUnderneathException.class);
    assertThat(file).hasContent("theirs");
    assertThat(names(directory)).doesNotContain(".agent-tmp-");
  }

  /**
   * An editor that cuts the file off and fills it again, at random moments around a thousand edits:
   * its words are in the file at the end. No program can promise this of every round: an editor
   * that was stopped between opening the old file and filling it writes into a file without a name,
   * after our last look. What is there then is our edit, whole; and it stays as rare as such a
   * stop.
   */
  @Test
  void wordsOfAnotherEditorSurvive() throws Exception {
    Random random = new Random(5);
    FileWriter writer = writer();
    Path file = directory.resolve("shared");
    int refused = 0;
    int overtaken = 0;
    for (int round = 0; round < 1_000; round++) {
      Files.writeString(file, "start of the file\n");
      TextFile read = TextFile.read(file);
      String words = "words " + round + "\n";
      long pause = random.nextInt(2_000_000);
      AtomicReference<Exception> failure = new AtomicReference<>();
      AtomicBoolean go = new AtomicBoolean();
      Thread editor =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (!go.get()) {
                      Thread.onSpinWait();
                    }
                    LockSupport.parkNanos(pause / 4);
                    try {
                      Files.writeString(file, words);
                    } catch (IOException e) {
                      failure.set(e);
                    }
                  });
      go.set(true);
      LockSupport.parkNanos(random.nextInt(500_000));
      try {
        writer.replace(file, read.with("edited " + read.text()).bytes(), read.hash());
      } catch (FileWriter.ChangedUnderneathException e) {
        refused++;
      }
      editor.join();
      assertThat(failure.get()).isNull();
      String now = Files.readString(file);
      if (now.equals("edited start of the file\n")) {
        overtaken++;
      } else {
        assertThat(now).as("round %s", round).isEqualTo(words);
      }
    }
    assertThat(refused).isLessThan(1_000);
    assertThat(overtaken).as("edits lost to a file without a name").isLessThan(20);
  }

  @Test
  void aFullDiskLeavesTheOldContent() throws Exception {
    Path mount = Files.createDirectory(directory.resolve("small"));
    Process mounting =
        new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", mount.toString())
            .redirectErrorStream(true)
            .start();
    assumeTrue(
        mounting.waitFor(60, TimeUnit.SECONDS) && mounting.exitValue() == 0,
        "needs the right to mount");
    try {
      byte[] old = "old content\n".repeat(100).getBytes(StandardCharsets.UTF_8);
      Path file = Files.write(mount.resolve("f"), old);
      byte[] large = new byte[300 * 1024];
      assertThatThrownBy(() -> Overwriting.write(writer(), file, large))
          .satisfies(
              e ->
                  assertThat(Workspace.explain((IOException) e, file))
                      .contains("The disk is full"));
      assertThat(Files.readAllBytes(file)).isEqualTo(old);
      Path hard = Files.createLink(mount.resolve("hard"), file);
      assertThatThrownBy(() -> Overwriting.write(writer(), hard, large))
          .isInstanceOf(IOException.class);
      assertThat(Files.readAllBytes(file)).isEqualTo(old);
      assertThat(names(mount)).isEqualTo("[f, hard]");
      Path fresh = mount.resolve("fresh");
      assertThatThrownBy(() -> writer().create(fresh, large)).isInstanceOf(IOException.class);
      assertThat(Files.exists(fresh)).isFalse();
    } finally {
      new ProcessBuilder("umount", "-l", mount.toString()).start().waitFor(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void leftoversOfTheDeadGoAndThoseOfTheLivingStay() throws Exception {
    Path dead = Files.writeString(directory.resolve(".agent-tmp-999999999-abc-1"), "x");
    Path living =
        Files.writeString(
            directory.resolve(".agent-tmp-" + ProcessHandle.current().pid() + "-abc-1"), "x");
    Path strange = Files.writeString(directory.resolve(".agent-tmp-notes"), "x");
    Path link = Files.createSymbolicLink(directory.resolve(".agent-tmp-999999999-abc-2"), strange);
    FileWriter.removeLeftovers(directory);
    assertThat(dead).doesNotExist();
    assertThat(living).exists();
    assertThat(strange).exists();
    assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @Test
  void theNewContentIsNeverReadableForMorePeopleThanTheOld() throws Exception {
    Path file = Files.writeString(directory.resolve("secret"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    Overwriting.write(writer(), file, "new".getBytes(StandardCharsets.UTF_8));
    try (Stream<Path> stored = Files.list(directory.resolve("history"))) {
      assertThat(stored.filter(path -> path.toString().contains("@v")).toList())
          .isNotEmpty()
          .allSatisfy(
              path ->
                  assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                      .isEqualTo("rw-------"));
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("history"))))
        .isEqualTo("rwx------");
  }
}
