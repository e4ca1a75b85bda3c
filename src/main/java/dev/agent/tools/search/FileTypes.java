package dev.agent.tools.search;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names for kinds of files, as ripgrep has them: {@code java} is {@code *.java *.jsp}. From a
 * resource file, read on first use.
 */
final class FileTypes {
  private FileTypes() {}

  static Map<String, List<String>> load() {
    Map<String, List<String>> types = new TreeMap<>();
    try (InputStream in = FileTypes.class.getResourceAsStream("types.txt")) {
      if (in == null) {
        throw new IllegalStateException("types.txt is missing from the build");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        int colon = line.indexOf(':');
        if (colon > 0 && !line.startsWith("#")) {
          types.put(
              line.substring(0, colon).strip(),
              Arrays.asList(line.substring(colon + 1).strip().split(" +")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return types;
  }
}
