package dev.agent.tools.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.testing.FileTools;
import dev.agent.tool.Display;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReadAndWriteTest {
  @TempDir Path temporary;
  private Path directory;
  private FileTools tools;

  @BeforeEach
  void place() throws Exception {
    directory = Files.createDirectory(temporary.toRealPath().resolve("w"));
    tools = new FileTools(directory);
  }

  private Path file(String name, String content) throws Exception {
    return Files.writeString(directory.resolve(name), content);
  }

  @Test
  void linesAreNumbered() throws Exception {
    file("f", "one\n\ttwo\n\n");
    assertThat(tools.read("f")).isEqualTo("1\tone\n2\t\ttwo\n3\t");
  }

  @Test
  void aWindowOfAHundredThousandLines() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= 100_000; i++) {
      text.append("line ").append(i).append('\n');
    }
    file("f", text.toString());
    assertThat(tools.read("f", "offset", 70_000, "limit", 2))
        .isEqualTo(
            "70000\tline 70000\n"
                + "70001\tline 70001\n"
                + "(Lines 70000 to 70001 of 100000. Read on with offset 70002.)");
    assertThat(tools.read("f").lines()).hasSize(2_001).last().asString().contains("offset 2001");
    assertThat(tools.read("f", "offset", 99_999))
        .isEqualTo("99999\tline 99999\n100000\tline 100000");
    assertThat(tools.read("f", "offset", 100_001)).contains("has only 100000 lines");
  }

  @Test
  void resultsBoundThemselves() throws Exception {
    file("wide", ("x".repeat(1_900) + "\n").repeat(500));
    assertThat(tools.read("wide")).hasSizeLessThan(95_000).contains("Read on with offset");
    file("long", "\ud83d\ude00".repeat(5_000));
    assertThat(tools.read("long"))
        .hasSizeLessThan(2_200)
        .contains("were cut after 2000 characters");
  }

  @Test
  void aFileOfTwoGigabytesIsReadInParts() throws Exception {
    Path huge = file("huge", "first\nsecond\nthird\n");
    try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(new byte[] {'e'}), 2L << 30);
    }
    assertThatThrownBy(() -> tools.read("huge", "limit", 1))
        .hasMessageContaining("is a binary file");
    try (FileChannel channel = FileChannel.open(huge, StandardOpenOption.WRITE)) {
      channel.write(
          ByteBuffer.wrap("a line of text\n".repeat(6_000).getBytes(StandardCharsets.UTF_8)), 0);
    }
    assertThat(tools.read("huge", "offset", 2, "limit", 1))
        .startsWith("2\ta line of text\n")
        .contains("too large for Edit")
        .contains("offset 3");
  }

  @Test
  void emptyFilesEncodingsAndLineEndsAreNamed() throws Exception {
    file("empty", "");
    file("crlf", "a\r\nb\r\n");
    Files.write(directory.resolve("latin"), new byte[] {'a', (byte) 0xE9, '\n'});
    assertThat(tools.read("empty")).isEqualTo("(The file exists and is empty.)");
    assertThat(tools.read("crlf")).isEqualTo("1\ta\n2\tb\n(Lines end with CRLF.)");
    assertThat(tools.read("latin")).isEqualTo("1\taé\n(Encoding: ISO 8859-1.)");
  }

  @Test
  void missingFilesAreAnsweredWithNearNames() throws Exception {
    file("UserService.java", "x");
    assertThatThrownBy(() -> tools.read("UserServise.java"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("UserService.java")
        .hasMessageContaining("working directory");
    assertThatThrownBy(() -> tools.read("none/x"))
        .hasMessageContaining("Neither does its directory");
    assertThatThrownBy(() -> tools.read("a\0b".substring(0, 1), "offset", "x"))
        .hasMessageContaining("offset");
    assertThatThrownBy(() -> tools.call(new Read(tools.access()), "file_path", "a\0b"))
        .hasMessageContaining("NUL");
    assertThatThrownBy(() -> tools.call(new Read(tools.access()), "file_path", " "))
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> tools.read("n".repeat(300))).hasMessageContaining("name too long");
  }

  @Test
  void directoriesAreListedSafely() throws Exception {
    Files.createDirectory(directory.resolve("src"));
    file("odd\n\u001b[31mname", "x");
    assertThat(tools.read("."))
        .contains("is a directory")
        .contains("src/")
        .contains("odd\\n\\u001B[31mname");
  }

  @Test
  @Timeout(60)
  void whatIsNoRegularFileIsRefusedAtOnce() throws Exception {
    Path pipe = directory.resolve("pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(60, TimeUnit.SECONDS))
        .isTrue();
    for (Object each : List.of(pipe, "/dev/zero", "/dev/stdin", "/dev/tty")) {
      assertThatThrownBy(() -> tools.read(each))
          .as("%s", each)
          .isInstanceOf(ToolException.class)
          .hasMessageMatching("(?s).*(never opened|does not exist|No such device).*");
      assertThatThrownBy(() -> tools.write(each, "x")).isInstanceOf(ToolException.class);
      assertThatThrownBy(() -> tools.edit(each, "a", "b")).isInstanceOf(ToolException.class);
    }
  }

  @Test
  void binaryFilesAreNamedByKind() throws Exception {
    Files.write(directory.resolve("a.out"), new byte[] {0x7F, 'E', 'L', 'F', 0, 0});
    Files.write(directory.resolve("b.bin"), new byte[] {0, 1, 2});
    assertThatThrownBy(() -> tools.read("a.out"))
        .hasMessageContaining("ELF program")
        .hasMessageContaining("6 bytes");
    assertThatThrownBy(() -> tools.read("b.bin")).hasMessageContaining("unknown format, 3 bytes");
    assertThatThrownBy(() -> tools.edit("b.bin", "a", "b")).hasMessageContaining("not read");
  }

  private static byte[] png(int width, int height) {
    ByteBuffer bytes = ByteBuffer.allocate(33);
    bytes
        .put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
        .putInt(13)
        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
        .putInt(width)
        .putInt(height);
    return bytes.array();
  }

  @Test
  void picturesBecomeBlocksByTheirBytes() throws Exception {
    byte[] png = png(3, 4);
    Files.write(directory.resolve("p.jpg"), png);
    ToolResult result =
        tools.call(new Read(tools.access()), "file_path", directory.resolve("p.jpg").toString());
    ContentBlock.Image image = (ContentBlock.Image) FileTools.first(result);
    assertThat(image.source().path("media_type").asText()).isEqualTo("image/png");
    assertThat(Base64.getDecoder().decode(image.source().path("data").asText())).isEqualTo(png);
    assertThat(result.forPerson()).isEqualTo(new Display.Image("image/png", png.length));
  }

  @Test
  void picturesThatTheServiceWouldRefuseAreNotSent() throws Exception {
    Files.write(directory.resolve("wide.png"), png(9_000, 10));
    Files.write(directory.resolve("large.png"), new byte[4_000_000]);
    file("text.png", "version https://git-lfs");
    assertThatThrownBy(() -> tools.read("wide.png")).hasMessageContaining("9000 pixels");
    assertThatThrownBy(() -> tools.read("large.png")).hasMessageContaining("4000000 bytes");
    assertThatThrownBy(() -> tools.read("text.png")).hasMessageContaining("is no PNG");
  }

  @Test
  void sizesAreReadFromTheHeadersOfAllTypes() {
    byte[] gif = {'G', 'I', 'F', '8', '9', 'a', 0x10, 0x27, 2, 0};
    byte[] jpeg = {
      (byte) 0xFF,
      (byte) 0xD8,
      (byte) 0xFF,
      (byte) 0xE0,
      0,
      4,
      1,
      2,
      (byte) 0xFF,
      (byte) 0xC2,
      0,
      17,
      8,
      0x27,
      0x10,
      0,
      5,
      3,
      0,
      0
    };
    byte[] webp = new byte[30];
    webp[15] = 'X';
    webp[24] = 0x0F;
    webp[25] = 0x27;
    assertThat(PictureSize.longerSide(png(1, 10_000), "image/png")).isEqualTo(10_000);
    assertThat(PictureSize.longerSide(gif, "image/gif")).isEqualTo(10_000);
    assertThat(PictureSize.longerSide(jpeg, "image/jpeg")).isEqualTo(10_000);
    assertThat(PictureSize.longerSide(webp, "image/webp")).isEqualTo(10_000);
    for (int length = 0; length < 30; length++) {
      for (String type : List.of("image/png", "image/gif", "image/jpeg", "image/webp", "other")) {
        assertThat(PictureSize.longerSide(java.util.Arrays.copyOf(jpeg, length), type))
            .isNotNegative();
      }
    }
  }

  /** A PDF as small as it gets: catalogue, pages, one font that it does not bring along. */
  private static byte[] pdf(int pages) {
    List<String> objects = new ArrayList<>();
    StringBuilder kids = new StringBuilder();
    for (int i = 0; i < pages; i++) {
      kids.append(4 + 2 * i).append(" 0 R ");
    }
    objects.add("<< /Type /Catalog /Pages 2 0 R >>");
    objects.add("<< /Type /Pages /Kids [" + kids + "] /Count " + pages + " >>");
    objects.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    for (int i = 0; i < pages; i++) {
      String content = "BT /F1 12 Tf 50 700 Td (Words of page " + (i + 1) + ") Tj ET";
      objects.add(
          "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >>"
              + " >> /Contents "
              + (5 + 2 * i)
              + " 0 R >>");
      objects.add("<< /Length " + content.length() + " >>\nstream\n" + content + "\nendstream");
    }
    StringBuilder out = new StringBuilder("%PDF-1.4\n");
    StringBuilder table =
        new StringBuilder("xref\n0 " + (objects.size() + 1) + "\n0000000000 65535 f \n");
    for (int i = 0; i < objects.size(); i++) {
      table.append(String.format("%010d 00000 n \n", out.length()));
      out.append(i + 1).append(" 0 obj\n").append(objects.get(i)).append("\nendobj\n");
    }
    int at = out.length();
    out.append(table)
        .append("trailer\n<< /Size ")
        .append(objects.size() + 1)
        .append(" /Root 1 0 R >>\nstartxref\n")
        .append(at)
        .append("\n%%EOF\n");
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void pdfsAreDocumentsOrTheTextOfTheirPages() throws Exception {
    Files.write(directory.resolve("small.pdf"), pdf(3));
    Files.write(directory.resolve("many.pdf"), pdf(25));
    ToolResult whole =
        tools.call(
            new Read(tools.access()), "file_path", directory.resolve("small.pdf").toString());
    assertThat(
            ((ContentBlock.Document) FileTools.first(whole)).source().path("media_type").asText())
        .isEqualTo("application/pdf");
    assertThat(tools.read("small.pdf", "pages", "2-3"))
        .isEqualTo("--- page 2 of 3 ---\nWords of page 2\n--- page 3 of 3 ---\nWords of page 3");
    assertThat(tools.read("many.pdf"))
        .contains("Words of page 20")
        .doesNotContain("Words of page 21")
        .contains("pages \"21-25\"");
    for (String wrong : List.of("0", "4", "2-1", "x", "", "1-", "-1")) {
      assertThatThrownBy(() -> tools.read("small.pdf", "pages", wrong))
          .as(wrong)
          .hasMessageContaining("\"pages\" must be");
    }
    file("no.pdf", "text");
    assertThatThrownBy(() -> tools.read("no.pdf")).hasMessageContaining("is none");
    file("broken.pdf", "%PDF-1.7 broken");
    assertThatThrownBy(() -> tools.read("broken.pdf")).isInstanceOf(ToolException.class);
  }

  @Test
  void writingMakesDirectoriesAndTellsTheDifference() throws Exception {
    ToolResult result =
        tools.call(new Write(tools.access()), "file_path", "deep/er/f.txt", "content", "a\nb\n");
    assertThat(directory.resolve("deep/er/f.txt")).hasContent("a\nb\n");
    assertThat(FileTools.text(result)).contains("Created").contains("2 lines");
    assertThat(result.forPerson())
        .isEqualTo(
            new Display.Diff(
                "deep/er/f.txt", List.of(new Display.Hunk(0, 0, 1, 2, List.of("+a", "+b"))), true));
  }

  @Test
  void existingFilesMustHaveBeenReadAndBeUnchanged() throws Exception {
    Path file = file("f", "one\ntwo\n");
    assertThatThrownBy(() -> tools.write("f", "x")).hasMessageContaining("have not read it");
    assertThatThrownBy(() -> tools.edit("f", "one", "1")).hasMessageContaining("have not read");
    tools.read("f");
    Files.writeString(file, "zero\none\ntwo\n");
    assertThatThrownBy(() -> tools.write("f", "x"))
        .hasMessageContaining("has changed since you read it");
    assertThatThrownBy(() -> tools.edit("f", "three", "3"))
        .hasMessageContaining("has changed since you read it");
    assertThat(tools.edit("f", "one", "1")).contains("had changed since you read it, but not here");
    assertThat(file).hasContent("zero\n1\ntwo\n");
    tools.edit("f", "two", "2");
    tools.write("f", "all new\n");
    assertThat(file).hasContent("all new\n");
  }

  @Test
  void aTouchedButUnchangedFileIsNotChanged() throws Exception {
    Path file = file("f", "one\n");
    tools.read("f");
    Files.writeString(file, "other\n");
    Files.writeString(file, "one\n");
    Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(0));
    assertThat(tools.edit("f", "one", "1")).doesNotContain("changed since");
  }

  @Test
  void aFormattersWorkCountsAsKnownAndCanBeTakenBack() throws Exception {
    FileTools formatted =
        new FileTools(
            directory,
            path -> {
              try {
                Files.writeString(path, Files.readString(path).toUpperCase(java.util.Locale.ROOT));
                return "Formatted.";
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    Path file = file("f", "one\ntwo\n");
    formatted.history().checkpoint("m1");
    formatted.read("f");
    assertThat(formatted.edit("f", "one", "first")).contains("Formatted.");
    assertThat(formatted.edit("f", "FIRST", "third")).doesNotContain("changed since");
    assertThat(file).hasContent("THIRD\nTWO\n");
    assertThat(formatted.history().rewind("m1").restored()).containsExactly(file);
    assertThat(file).hasContent("one\ntwo\n");
  }

  @Test
  void writingKeepsMarkEncodingAndLineEnds() throws Exception {
    Path file =
        Files.write(directory.resolve("f"), "\uFEFFa\r\nb\r\n".getBytes(StandardCharsets.UTF_8));
    tools.read("f");
    tools.write("f", "c\nd\n");
    assertThat(Files.readString(file)).isEqualTo("\uFEFFc\r\nd\r\n");
    Path latin = Files.write(directory.resolve("latin"), new byte[] {(byte) 0xE9, '\n'});
    tools.read("latin");
    tools.write("latin", "ü\n");
    assertThat(Files.readAllBytes(latin)).isEqualTo(new byte[] {(byte) 0xFC, '\n'});
    assertThat(tools.write("latin", "漢\n")).contains("UTF-8");
    assertThat(Files.readString(latin)).isEqualTo("漢\n");
  }

  @Test
  void brokenCharactersAndDirectoriesAreRefused() throws Exception {
    assertThatThrownBy(() -> tools.write("f", "a\ud83d")).hasMessageContaining("surrogate");
    assertThatThrownBy(() -> tools.write(".", "a")).hasMessageContaining("is a directory");
    file("plain", "x");
    assertThatThrownBy(() -> tools.write("plain/below", "a"))
        .isInstanceOf(ToolException.class)
        .hasMessageContaining("plain");
    assertThat(directory.resolve("f")).doesNotExist();
  }

  @Test
  void contentWithZeroBytesIsWrittenAsItIs() throws Exception {
    tools.write("z", "a\0b");
    assertThat(Files.readString(directory.resolve("z"))).isEqualTo("a\0b");
  }

  @Test
  void anEmptyOldStringMakesAFileOrFillsAnEmptyOne() throws Exception {
    assertThat(tools.edit("new", "", "text\n")).contains("Created");
    file("empty", "");
    assertThat(tools.edit("empty", "", "text\n")).contains("Wrote");
    assertThat(directory.resolve("empty")).hasContent("text\n");
  }

  @Test
  void anEditThatCannotFitIsKnownBeforehand() throws Exception {
    Path file = file("f", "alpha beta");
    Edit edit = new Edit(tools.access());
    ObjectNode nowhere =
        Json.object()
            .put("file_path", file.toString())
            .put("old_string", "gamma")
            .put("new_string", "delta");
    assertThat(edit.sureFailure(nowhere).orElseThrow())
        .contains("You have not read")
        .doesNotContain("alpha");
    tools.read("f");
    assertThat(edit.sureFailure(nowhere).orElseThrow()).contains("\"old_string\" is not in");
    assertThat(edit.sureFailure(nowhere.put("old_string", "alpha"))).isEmpty();
    assertThat(file).hasContent("alpha beta");
  }
}
