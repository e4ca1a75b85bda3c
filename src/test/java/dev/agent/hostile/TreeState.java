package dev.agent.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a tree holds: content, modes, owners and times of change. */
record TreeState(Map<Path, String> files) {
  private static final String ATTRIBUTES = "unix:mode,uid,gid,ino,nlink,lastModifiedTime,ctime";

  /** All below a directory but what is below some others. */
  static TreeState of(Path root, List<Path> without) throws IOException {
    Map<Path, String> files = new TreeMap<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            if (without.contains(directory)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            files.put(directory, described(directory));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            files.put(file, described(file));
            return FileVisitResult.CONTINUE;
          }
        });
    return new TreeState(files);
  }

  private static String described(Path path) {
    try {
      String attributes =
          new TreeMap<>(Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS))
              .toString();
      if (Files.isSymbolicLink(path)) {
        return attributes + Files.readSymbolicLink(path);
      }
      if (Files.isRegularFile(path)) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(path));
        return attributes + HexFormat.of().formatHex(hash);
      }
      return attributes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is there, gone or other than it was. */
  List<Path> changedSince(TreeState before) {
    TreeSet<Path> all = new TreeSet<>(files.keySet());
    all.addAll(before.files.keySet());
    all.removeIf(path -> files.containsKey(path) && files.get(path).equals(before.files.get(path)));
    return List.copyOf(all);
  }
}
