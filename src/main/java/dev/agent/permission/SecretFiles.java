package dev.agent.permission;

import java.nio.file.Path;
import java.util.Locale;

/** Files that most likely hold keys, by their names. */
final class SecretFiles {
  private SecretFiles() {}

  static boolean isSecret(Path path) {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    boolean example =
        name.endsWith(".example") || name.endsWith(".sample") || name.endsWith(".template");
    boolean environment = (name.equals(".env") || name.startsWith(".env.")) && !example;
    boolean key =
        name.endsWith(".pem")
            || name.endsWith(".key")
            || name.startsWith("id_rsa")
            || name.startsWith("id_ed25519")
            || name.endsWith(".p12");
    boolean store =
        name.equals(".netrc")
            || name.equals("credentials")
            || name.equals(".git-credentials")
            || name.equals(".npmrc")
            || name.equals(".pypirc");
    return environment || key && !name.endsWith(".pub") || store;
  }
}
