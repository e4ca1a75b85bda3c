package dev.agent.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.workspace.TextFile.Encoding;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path directory;

  private static final Path NAME = Path.of("f");

  private static byte[] bytes(int... values) {
    byte[] all = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      all[i] = (byte) values[i];
    }
    return all;
  }

  @Test
  void encodingsAreRecognised() throws Exception {
    assertThat(TextFile.decode(NAME, bytes()).encoding()).isEqualTo(Encoding.UTF_8);
    assertThat(TextFile.decode(NAME, bytes('a', 0xC3, 0xA9)).encoding()).isEqualTo(Encoding.UTF_8);
    assertThat(TextFile.decode(NAME, bytes(0xEF, 0xBB, 0xBF, 'a')))
        .isEqualTo(
            new TextFile(
                NAME, "a", Encoding.UTF_8_MARKED, TextFile.hash(bytes(0xEF, 0xBB, 0xBF, 'a'))));
    assertThat(TextFile.decode(NAME, bytes(0xFF, 0xFE, 'a', 0)).text()).isEqualTo("a");
    assertThat(TextFile.decode(NAME, bytes(0xFE, 0xFF, 0, 'a')).text()).isEqualTo("a");
    assertThat(TextFile.decode(NAME, bytes('a', 0xE9)).encoding()).isEqualTo(Encoding.LATIN_1);
    assertThat(TextFile.decode(NAME, bytes(0x93, 'a', 0x94)).text()).isEqualTo("\u201ca\u201d");
    assertThat(TextFile.decode(NAME, bytes(0x93, 'a', 0x81)).encoding())
        .isEqualTo(Encoding.LATIN_1);
  }

  @Test
  void binaryContentIsNoText() {
    List<byte[]> all =
        List.of(
            bytes('a', 0, 'b'),
            bytes(0x7F, 'E', 'L', 'F', 2, 1, 1, 0),
            bytes(0xFF, 0xFE, 0, 0, 'a', 0, 0, 0),
            bytes(1, 2, 3, 4, 5, 6, 7, 0xFF, 0xFE));
    for (byte[] each : all) {
      assertThatThrownBy(() -> TextFile.decode(NAME, each))
          .as("%s", (Object) each)
          .isInstanceOf(TextFile.BinaryFileException.class);
    }
  }

  /** What is taken for text comes out as it went in, whatever the bytes are. */
  @Test
  void everyTextRoundTrips() throws Exception {
    Random random = new Random(8);
    int texts = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] content = new byte[random.nextInt(30)];
      random.nextBytes(content);
      if (random.nextInt(3) > 0) {
        for (int i = 0; i < content.length; i++) {
          content[i] =
              (byte) (random.nextInt(4) > 0 ? ' ' + random.nextInt(94) : 128 + random.nextInt(128));
        }
      }
      try {
        TextFile file = TextFile.decode(NAME, content);
        assertThat(file.bytes()).isEqualTo(content);
        assertThat(file.with(file.text())).isEqualTo(file);
        texts++;
      } catch (TextFile.BinaryFileException e) {
        assertThat(e.size()).isEqualTo(content.length);
      }
    }
    assertThat(texts).isGreaterThan(5_000);
  }

  @Test
  void theUsualLineEndIsThatOfMostLines() throws Exception {
    assertThat(TextFile.decode(NAME, "a".getBytes(StandardCharsets.UTF_8)).lineEnd())
        .isEqualTo("\n");
    assertThat(TextFile.decode(NAME, "a\r\nb\r\nc\n".getBytes(StandardCharsets.UTF_8)).lineEnd())
        .isEqualTo("\r\n");
    assertThat(TextFile.decode(NAME, "a\rb\r".getBytes(StandardCharsets.UTF_8)).lineEnd())
        .isEqualTo("\r");
    assertThat(TextFile.decode(NAME, "a\r\nb\n".getBytes(StandardCharsets.UTF_8)).lineEnd())
        .isEqualTo("\n");
  }

  @Test
  void aSecondMarkIsNotWritten() throws Exception {
    TextFile file = TextFile.decode(NAME, bytes(0xEF, 0xBB, 0xBF, 'a'));
    assertThat(file.with("\uFEFFb").bytes()).isEqualTo(bytes(0xEF, 0xBB, 0xBF, 'b'));
  }

  @Test
  @Timeout(60)
  void devicesPipesSocketsAndDirectoriesAreNeverOpened() throws Exception {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(60, TimeUnit.SECONDS))
        .isTrue();
    Path socket = directory.resolve("socket");
    try (var server =
        java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      server.bind(java.net.UnixDomainSocketAddress.of(socket));
      Path link = Files.createSymbolicLink(directory.resolve("link"), pipe);
      for (Path each :
          List.of(pipe, socket, link, Path.of("/dev/zero"), Path.of("/dev/null"), directory)) {
        assertThatThrownBy(() -> TextFile.read(each))
            .as("%s", each)
            .isInstanceOf(IOException.class)
            .hasMessageMatching("(?s).*(never opened|is a directory).*");
        assertThatThrownBy(() -> LineWindow.read(each, 1, 1, 1, 1)).isInstanceOf(IOException.class);
      }
    }
  }

  /**
   * Two gigabytes with a hole: a window at the beginning needs neither the time nor the memory of
   * the whole.
   */
  @Test
  void aHugeFileIsReadByWindow() throws Exception {
    Path file = directory.resolve("huge");
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 1; i <= 100_000; i++) {
        out.write(("line " + i + " é\r\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'e'}), 2L << 30);
    }
    LineWindow window = LineWindow.read(file, 70_001, 3, 100, 1_000);
    assertThat(window)
        .isEqualTo(
            new LineWindow(
                70_001,
                List.of("line 70001 é", "line 70002 é", "line 70003 é"),
                0,
                true,
                70_003,
                Encoding.UTF_8));
    assertThatThrownBy(() -> TextFile.read(file)).hasMessageContaining("larger than 64 MB");
  }

  @Test
  void windowsAgreeWithTheWholeFile() throws Exception {
    Random random = new Random(9);
    String[] ends = {"\n", "\r\n", "\r"};
    for (int round = 0; round < 500; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(30); i > 0; i--) {
        text.append("x".repeat(random.nextInt(12)))
            .append(random.nextBoolean() ? "é\ud83d\ude00" : "")
            .append(ends[random.nextInt(3)]);
      }
      if (random.nextBoolean()) {
        text.append("tail");
      }
      Encoding encoding = Encoding.values()[random.nextInt(4)];
      Path file = Files.write(directory.resolve("f"), encoding.bytes(text.toString()));
      List<String> lines = text.toString().lines().toList();
      int first = 1 + random.nextInt(20);
      int most = 1 + random.nextInt(20);
      LineWindow window = LineWindow.read(file, first, most, 1_000, 100_000);
      int to = Math.min(lines.size(), first - 1 + most);
      assertThat(window.lines())
          .isEqualTo(first > lines.size() ? List.of() : lines.subList(first - 1, to));
      assertThat(window.more()).isEqualTo(lines.size() > first - 1 + most);
      if (!window.more()) {
        assertThat(window.seen()).isEqualTo(lines.size());
      }
    }
  }

  @Test
  void giantLinesAreCutAndTheirRestIsSkipped() throws Exception {
    Path file = Files.writeString(directory.resolve("f"), "a".repeat(5_000_000) + "\nsecond\n");
    LineWindow window = LineWindow.read(file, 1, 10, 10, 1_000);
    assertThat(window.lines()).containsExactly("a".repeat(10) + "…", "second");
    assertThat(window.cut()).isEqualTo(1);
  }

  @Test
  void theReadStateKnowsFilesByContentAndRealPath() throws Exception {
    ReadState state = new ReadState();
    Path file = Files.writeString(directory.resolve("f"), "a");
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);
    assertThat(state.of(file)).isEmpty();
    state.saw(TextFile.read(link));
    assertThat(state.of(file))
        .contains(new ReadState.Seen(TextFile.hash("a".getBytes(StandardCharsets.UTF_8))));
    ReadState again = new ReadState();
    state.export().forEach((path, hash) -> again.saw(Path.of(path), hash));
    assertThat(again.of(link)).isEqualTo(state.of(file));
  }
}
