package dev.agent.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * A directory that looks like a Java runtime to the launcher: its {@code java} is a shell script,
 * so that a test sees exactly what the launcher decided, and in a few milliseconds.
 */
public final class FakeJava {
  private FakeJava() {}

  /** A runtime of {@code version} in {@code home} whose {@code java} runs {@code script}. */
  public static Path create(Path home, String version, String script) throws IOException {
    Path bin = Files.createDirectories(home.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Path file = bin.resolve(program);
      Files.writeString(file, "#!/bin/sh\n" + script + "\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(
        home.resolve("release"),
        """
        IMPLEMENTOR="Nobody & Sons"
        IMPLEMENTOR_VERSION="Fake/%s"
        JAVA_RUNTIME_VERSION="%s+1"
        JAVA_VERSION="%s"
        OS_ARCH="any"
        """
            .formatted(version, version, version));
    return home;
  }

  /**
   * The launcher without jars, its search for runtimes confined to {@code machine}: what is {@code
   * /usr/lib/jvm} to the real one is {@code machine/usr/lib/jvm} here.
   */
  public static Path launcherOn(Path machine, Path product) throws IOException {
    Path lib = Files.createDirectories(product.resolve("lib"));
    Path bin = Files.createDirectories(product.resolve("bin"));
    Path original = Agent.product();
    confine(original.resolve("lib/jdk.sh"), machine, lib.resolve("jdk.sh"));
    for (String file : List.of("lib/product.sh", "lib/train.sh", "bin/agent")) {
      Files.copy(original.resolve(file), product.resolve(file));
    }
    return bin.resolve("agent");
  }

  /**
   * Copies the search for runtimes, {@code finder}, so that it looks under {@code machine} only.
   */
  public static void confine(Path finder, Path machine, Path target) throws IOException {
    String text = Files.readString(finder);
    String confined = text.replace("jdk_root=''", "jdk_root='" + machine + "'");
    if (confined.equals(text)) {
      throw new IllegalStateException(finder + " has no jdk_root any more");
    }
    Files.writeString(target, confined);
  }
}
