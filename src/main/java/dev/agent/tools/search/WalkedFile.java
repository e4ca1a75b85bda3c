package dev.agent.tools.search;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file that a walk came to. Good for the time of the visit and for the visiting thread only.
 *
 * @param prefix the path of its directory below the root of the walk, empty or with a slash at the
 *     end
 */
record WalkedFile(Listing listing, int index, String prefix, String name) {
  /** A file by itself, not found by a walk. Links are followed. */
  static WalkedFile alone(Path file) {
    return new WalkedFile(JavaListing.ofOne(file), 0, "", String.valueOf(file.getFileName()));
  }

  Path path() {
    return listing.path(index);
  }

  /** Milliseconds since 1970. */
  long modified() throws IOException {
    return listing.modified(index);
  }

  Listing.Content open() throws IOException {
    return listing.open(index);
  }
}
