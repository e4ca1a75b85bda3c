package dev.agent.tools.search;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/**
 * A listing by the kernel's own calls. It tells files from directories without asking for each, and
 * opens files relative to the directory. Whatever fails here is tried once more the way of {@link
 * JavaListing}, which also has the better messages. The memory is the source's and used again for
 * the next directory: one listing at a time.
 */
final class LinuxListing implements Listing {
  private static final int PATH_BYTES = 4096; // the kernel's limit
  private static final int STATUS_BYTES = 256;
  private static final int FIRST_NAMES = 32 * 1024;
  private static final int MAX_NAMES = 64 * 1024 * 1024;
  private static final int READ_BYTES = 64 * 1024;

  // Places in a struct linux_dirent64 and a struct statx, the same on all processors.
  private static final int ENTRY_LENGTH = 16;
  private static final int ENTRY_TYPE = 18;
  private static final int ENTRY_NAME = 19;
  private static final int STATUS_SIZE = 0x28;
  private static final int STATUS_SECONDS = 0x70;
  private static final int STATUS_NANOS = 0x78;
  private static final byte DT_UNKNOWN = 0;
  private static final byte DT_DIRECTORY = 4;
  private static final byte DT_REGULAR = 8;

  private final LinuxCalls calls;
  private final MemorySegment fixed;
  private Arena namesArena = Arena.ofConfined();
  private MemorySegment names = namesArena.allocate(FIRST_NAMES);
  private byte[] copy = new byte[FIRST_NAMES];
  private int[] starts = new int[256];
  private int count;
  private Path directory = Path.of("");
  private int descriptor = -1;
  private final OpenFile file = new OpenFile();

  private LinuxListing(LinuxCalls calls, Arena arena) {
    this.calls = calls;
    this.fixed = arena.allocate(PATH_BYTES + STATUS_BYTES + READ_BYTES, Long.BYTES);
  }

  /** Must be closed by the thread that made it. */
  static Source source(LinuxCalls calls) {
    Arena arena = Arena.ofConfined();
    LinuxListing listing = new LinuxListing(calls, arena);
    return new Source() {
      @Override
      public Listing list(Path directory) throws IOException {
        return listing.fill(directory) ? listing : JavaListing.of(directory);
      }

      @Override
      public void close() {
        listing.close();
        listing.namesArena.close();
        arena.close();
      }
    };
  }

  /** False when the directory must be listed another way. */
  private boolean fill(Path wanted) {
    close();
    byte[] path = wanted.toString().getBytes(StandardCharsets.UTF_8);
    if (path.length >= PATH_BYTES || wanted.toString().indexOf('\uFFFD') >= 0) {
      return false; // too long, or perhaps not spelled as it is
    }
    MemorySegment.copy(path, 0, fixed, ValueLayout.JAVA_BYTE, 0, path.length);
    fixed.set(ValueLayout.JAVA_BYTE, path.length, (byte) 0);
    descriptor = calls.openDirectory(fixed.address());
    if (descriptor < 0) {
      return false;
    }
    directory = wanted;
    boolean complete = readNames();
    if (!complete) {
      close();
    }
    return complete;
  }

  private boolean readNames() {
    count = 0;
    int length = 0;
    int more = calls.entries(descriptor, names.address(), copy.length);
    while (more > 0) {
      MemorySegment.copy(names, ValueLayout.JAVA_BYTE, length, copy, length, more);
      if (!addEntries(length, length + more)) {
        return false;
      }
      length += more;
      if (copy.length - length < FIRST_NAMES / 4 && copy.length < MAX_NAMES) {
        grow(length);
      }
      more = calls.entries(descriptor, names.address() + length, copy.length - length);
    }
    return more == 0;
  }

  private void grow(int used) {
    Arena larger = Arena.ofConfined();
    MemorySegment place = larger.allocate(copy.length * 2L);
    MemorySegment.copy(names, 0, place, 0, used);
    namesArena.close();
    namesArena = larger;
    names = place;
    copy = Arrays.copyOf(copy, copy.length * 2);
  }

  /** False when a name can't be spelled: such paths come from the JDK only. */
  private boolean addEntries(int from, int to) {
    byte[] in = copy;
    int at = from;
    while (at < to) {
      int name = at + ENTRY_NAME;
      boolean isDots =
          in[name] == '.' && (in[name + 1] == 0 || in[name + 1] == '.' && in[name + 2] == 0);
      if (!isDots) {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = at;
        if (!isSpellable(name)) {
          return false;
        }
      }
      at += (in[at + ENTRY_LENGTH] & 255) | (in[at + ENTRY_LENGTH + 1] & 255) << 8;
    }
    return true;
  }

  private boolean isSpellable(int from) {
    byte[] in = copy;
    int end = from;
    int all = 0;
    while (in[end] != 0) {
      all |= in[end++];
    }
    if (all < 0) {
      try {
        StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(in, from, end - from));
      } catch (CharacterCodingException e) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public String name(int index) {
    byte[] in = copy;
    int from = starts[index] + ENTRY_NAME;
    int end = from;
    int all = 0;
    while (in[end] != 0) {
      all |= in[end++];
    }
    return new String(
        in, from, end - from, all < 0 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
  }

  @Override
  public Kind kind(int index) {
    return switch (copy[starts[index] + ENTRY_TYPE]) {
      case DT_REGULAR -> Kind.FILE;
      case DT_DIRECTORY -> Kind.DIRECTORY;
      case DT_UNKNOWN -> askedKind(index); // some file systems don't tell
      default -> Kind.OTHER;
    };
  }

  private Kind askedKind(int index) {
    try {
      BasicFileAttributes known =
          Files.readAttributes(path(index), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return known.isRegularFile() ? Kind.FILE : known.isDirectory() ? Kind.DIRECTORY : Kind.OTHER;
    } catch (IOException e) {
      return Kind.OTHER; // it vanished meanwhile
    }
  }

  @Override
  public Path path(int index) {
    return directory.resolve(name(index));
  }

  private long nativeName(int index) {
    return names.address() + starts[index] + ENTRY_NAME;
  }

  @Override
  public long modified(int index) throws IOException {
    if (calls.status(descriptor, nativeName(index), fixed.address() + PATH_BYTES)) {
      return fixed.get(ValueLayout.JAVA_LONG, PATH_BYTES + STATUS_SECONDS) * 1000
          + fixed.get(ValueLayout.JAVA_INT, PATH_BYTES + STATUS_NANOS) / 1_000_000;
    }
    return Files.getLastModifiedTime(path(index), LinkOption.NOFOLLOW_LINKS).toMillis();
  }

  @Override
  public Content open(int index) throws IOException {
    int opened = calls.openFile(descriptor, nativeName(index));
    if (opened < 0) {
      return JavaListing.open(path(index), LinkOption.NOFOLLOW_LINKS);
    }
    file.index = index;
    file.descriptor = opened;
    return file;
  }

  @Override
  public void close() {
    file.close();
    if (descriptor >= 0) {
      calls.close(descriptor);
      descriptor = -1;
    }
  }

  private final class OpenFile implements Content {
    private static final int AT = PATH_BYTES + STATUS_BYTES;
    private int index;
    private int descriptor = -1;

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = calls.read(descriptor, fixed.address() + AT, Math.min(length, READ_BYTES));
      if (read < 0) {
        throw new IOException(path(index) + " can't be read");
      }
      if (read > 0) {
        MemorySegment.copy(fixed, ValueLayout.JAVA_BYTE, AT, into, offset, read);
      }
      return read == 0 ? -1 : read;
    }

    @Override
    public long size() throws IOException {
      return calls.status(
              LinuxListing.this.descriptor, nativeName(index), fixed.address() + PATH_BYTES)
          ? fixed.get(ValueLayout.JAVA_LONG, PATH_BYTES + STATUS_SIZE)
          : Files.size(path(index));
    }

    @Override
    public void close() {
      if (descriptor >= 0) {
        calls.close(descriptor);
        descriptor = -1;
      }
    }
  }
}
