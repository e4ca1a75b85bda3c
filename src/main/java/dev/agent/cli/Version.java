package dev.agent.cli;

import org.jspecify.annotations.Nullable;

/**
 * The product's version, as the build wrote it into the manifest of its jar. JDK only: {@link Main}
 * prints it before anything else is loaded.
 */
public final class Version {
  /** What a run out of a directory of classes says, where there is no manifest. */
  private static final String UNPACKAGED = "0.0.0-dev";

  private Version() {}

  /** The bare number, for instance {@code 0.1.0}. */
  public static String number() {
    @Nullable String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? UNPACKAGED : version;
  }

  /** What {@code --version} prints, without the line end. The launcher prints the very same. */
  public static String line() {
    return number() + " (agent)";
  }
}
