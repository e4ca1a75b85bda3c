package dev.agent.tools.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the system's own calls say is what the JDK says. */
class ListingTest {
  @TempDir Path directory;

  @Test
  void bothSayTheSameOfOddEntries() throws Exception {
    SearchTree tree =
        new SearchTree(directory)
            .with("plain.txt", "text")
            .with("empty", "")
            .with("large", "0123456789".repeat(30_000))
            .with("é ü\nß", "x")
            .with("sub/below", "")
            .modified("plain.txt", 1_234_567_890);
    Files.createSymbolicLink(directory.resolve("link"), Path.of("plain.txt"));
    Files.createSymbolicLink(directory.resolve("links"), Path.of("sub"));
    tree.run(List.of("mkfifo", "pipe"));

    assertThat(said(system())).isEqualTo(said(JavaListing.source())).hasSize(8);
  }

  @Test
  void namesThatCantBeSpelledAreFoundAllTheSame() throws Exception {
    SearchTree tree = new SearchTree(directory).with("a/plain", "needle");
    tree.run(List.of("sh", "-c", "d=$(printf 'odd\\377'); mkdir $d; echo needle > $d/$d"));

    assertThat(said(system())).isEqualTo(said(JavaListing.source())).hasSize(2);
    assertThat(tree.walked(false)).hasSize(2);
    assertThat(tree.grep("pattern", "needle").lines()).hasSize(2);
  }

  @Test
  void largeDirectoriesAreWhole() throws Exception {
    for (int i = 0; i < 3_000; i++) {
      Files.createFile(directory.resolve("a-rather-long-name-for-a-file-" + i));
    }

    try (Listing.Source source = system();
        Listing listing = source.list(directory)) {
      assertThat(listing.count()).isEqualTo(3_000);
      for (int i = 0; i < listing.count(); i++) {
        assertThat(Files.exists(listing.path(i))).isTrue();
        assertThat(listing.kind(i)).isEqualTo(Listing.Kind.FILE);
      }
    }
  }

  @Test
  void whatBecameALinkIsNotOpened() throws Exception {
    SearchTree tree = new SearchTree(directory).with("file", "text").with("elsewhere", "secret");
    for (Listing.Source source : List.of(system(), JavaListing.source())) {
      try (source;
          Listing listing = source.list(directory)) {
        int file = listing.name(0).equals("file") ? 0 : 1;
        Files.delete(directory.resolve("file"));
        Files.createSymbolicLink(directory.resolve("file"), Path.of("elsewhere"));

        assertThatThrownBy(() -> listing.open(file)).isInstanceOf(IOException.class);
      }
      Files.delete(directory.resolve("file"));
      tree.with("file", "text");
    }
  }

  @Test
  void directoriesThatAreGoneFailInBoth() {
    for (Listing.Source source : List.of(system(), JavaListing.source())) {
      try (source) {
        assertThatThrownBy(() -> source.list(directory.resolve("gone")))
            .isInstanceOf(IOException.class);
      }
    }
  }

  private static Listing.Source system() {
    assumeTrue(LinuxCalls.get().isPresent());
    return LinuxListing.source(LinuxCalls.get().orElseThrow());
  }

  /** Each entry's path, kind and, for files, time and text. */
  private TreeMap<Path, String> said(Listing.Source from) throws IOException {
    TreeMap<Path, String> said = new TreeMap<>();
    try (from;
        Listing listing = from.list(directory)) {
      for (int i = 0; i < listing.count(); i++) {
        StringBuilder of = new StringBuilder(listing.name(i)).append(' ').append(listing.kind(i));
        if (listing.kind(i) == Listing.Kind.FILE) {
          try (Listing.Content content = listing.open(i)) {
            of.append(' ').append(listing.modified(i)).append(' ').append(content.size());
            of.append(' ').append(text(content));
          }
        }
        said.put(listing.path(i), of.toString());
      }
    }
    return said;
  }

  private static String text(Listing.Content content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[100_000];
    for (int n = content.read(buffer, 7, 90_000); n > 0; n = content.read(buffer, 7, 90_000)) {
      out.write(buffer, 7, n);
    }
    return out.toString(java.nio.charset.StandardCharsets.UTF_8);
  }
}
