import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks or fixes the layout of all Java sources with google-java-format.
 *
 * <p>Usage: {@code java -cp google-java-format.jar Format.java check|fix BASE}. Runs under the
 * build's JDK, so it works the same whatever Java Maven runs on. A fix leaves files alone that are
 * older than the last one; a check looks at all.
 */
final class Format {
  private Format() {}

  public static void main(String[] args) throws IOException {
    boolean fix = args[0].equals("fix");
    Path base = Path.of(args[1]);
    Path marker = base.resolve("target/tools/formatted");
    FileTime since =
        fix && Files.exists(marker) ? Files.getLastModifiedTime(marker) : FileTime.fromMillis(0);
    FileTime begin = FileTime.from(Instant.now());
    List<String> different = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (Path file : sources(base)) {
      if (Files.getLastModifiedTime(file).compareTo(since) < 0) {
        continue;
      }
      String name = base.relativize(file).toString();
      String text = Files.readString(file);
      try {
        String formatted = new Formatter().formatSourceAndFixImports(text);
        if (!formatted.equals(text)) {
          different.add(name);
          if (fix) {
            Files.writeString(file, formatted);
          }
        }
      } catch (FormatterException e) {
        broken.add(name + ": " + e.getMessage());
      }
    }
    if (broken.isEmpty() && (fix || different.isEmpty())) {
      Files.createDirectories(marker.getParent());
      Files.writeString(marker, "");
      Files.setLastModifiedTime(marker, begin);
    }
    different.forEach(name -> System.out.println((fix ? "formatted " : "not formatted: ") + name));
    broken.forEach(name -> System.out.println("cannot be parsed: " + name));
    if (!broken.isEmpty() || (!fix && !different.isEmpty())) {
      System.out.println("Run scripts/format to lay the files out.");
      System.exit(1);
    }
  }

  private static List<Path> sources(Path base) throws IOException {
    List<Path> result = new ArrayList<>();
    for (String top : List.of("src", "scripts")) {
      try (Stream<Path> files = Files.walk(base.resolve(top))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(result::add);
      }
    }
    return result;
  }
}
