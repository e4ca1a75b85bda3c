package dev.agent.cli;

import dev.agent.runtime.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Random UUIDs (RFC 9562, version 4). Their bits come straight from the system's generator, from
 * which Java's own would take them too, after ten milliseconds of looking for providers.
 */
final class RandomIds implements Ids {
  private static final Path GENERATOR = Path.of("/dev/urandom");

  @Override
  public String next() {
    try (InputStream in = Files.newInputStream(GENERATOR)) {
      byte[] bytes = in.readNBytes(16);
      if (bytes.length == 16) {
        ByteBuffer bits = ByteBuffer.wrap(bytes);
        long high = bits.getLong() & ~0xf000L | 0x4000L;
        long low = bits.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
      }
    } catch (IOException e) {
      // A system without such a file: below.
    }
    return UUID.randomUUID().toString();
  }
}
