package dev.agent.tools.search;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A listing by what the JDK has on every system. */
final class JavaListing implements Listing {
  private final List<Path> entries;
  private final @Nullable BasicFileAttributes[] attributes;
  private final LinkOption[] links;

  private JavaListing(List<Path> entries, LinkOption... links) {
    this.entries = entries;
    this.attributes = new BasicFileAttributes[entries.size()];
    this.links = links;
  }

  /** Lists any directory; keeps nothing between two of them. */
  static Source source() {
    return new Source() {
      @Override
      public Listing list(Path directory) throws IOException {
        return of(directory);
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  static JavaListing of(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new JavaListing(entries, LinkOption.NOFOLLOW_LINKS);
  }

  /** A listing of one entry, which may be a link. */
  static JavaListing ofOne(Path file) {
    return new JavaListing(List.of(file));
  }

  @Override
  public int count() {
    return entries.size();
  }

  @Override
  public String name(int index) {
    return String.valueOf(entries.get(index).getFileName());
  }

  @Override
  public Kind kind(int index) {
    try {
      BasicFileAttributes known = attributes(index);
      return known.isRegularFile() ? Kind.FILE : known.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    } catch (IOException e) {
      return Kind.OTHER; // it vanished meanwhile
    }
  }

  private BasicFileAttributes attributes(int index) throws IOException {
    BasicFileAttributes known = attributes[index];
    if (known == null) {
      known = Files.readAttributes(entries.get(index), BasicFileAttributes.class, links);
      attributes[index] = known;
    }
    return known;
  }

  @Override
  public Path path(int index) {
    return entries.get(index);
  }

  @Override
  public long modified(int index) throws IOException {
    return attributes(index).lastModifiedTime().toMillis();
  }

  @Override
  public Content open(int index) throws IOException {
    return open(entries.get(index), links);
  }

  static Content open(Path file, LinkOption... links) throws IOException {
    Set<OpenOption> options = new HashSet<>(List.of(links));
    options.add(StandardOpenOption.READ);
    SeekableByteChannel channel = Files.newByteChannel(file, options);
    return new Content() {
      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(into, offset, length));
      }

      @Override
      public long size() throws IOException {
        return channel.size();
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
