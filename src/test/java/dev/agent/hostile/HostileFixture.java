package dev.agent.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A home with keys and settings, a project with a repository, links out of it and scripts, and
 * neighbours.
 */
record HostileFixture(Path root) {
  private static final String SCRIPT = "#!/bin/sh\ntouch pwned\ncat\n";

  Path home() {
    return root.resolve("home/dev");
  }

  Path project() {
    return home().resolve("code/shop");
  }

  Path other() {
    return home().resolve("code/other");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  /** What the runs print and do; no business of the agent's. */
  Path logs() {
    return root.resolve("logs");
  }

  /** Where the agent may write. */
  List<Path> own() {
    return List.of(
        home().resolve(".local/share/agent"), home().resolve(".cache/agent"), temporary());
  }

  /** A text with the places in it. */
  String filled(String text) {
    return text.replace("{{PROJECT}}", project().toString())
        .replace("{{HOME}}", home().toString())
        .replace("{{OUTSIDE}}", other().toString())
        .replace("{{ADDED}}", home().resolve("code/added").toString());
  }

  void make() throws IOException, InterruptedException {
    for (Path directory : own()) {
      Files.createDirectories(directory);
    }
    Files.createDirectories(logs());
    for (String file :
        List.of(
            ".bashrc",
            ".profile",
            ".zshrc",
            ".gitconfig",
            ".ssh/id_rsa",
            ".aws/credentials",
            ".bash_history",
            ".claude/settings.json",
            ".agent/settings.json")) {
      put(home().resolve(file), file.endsWith(".json") ? "{}\n" : "# x\n");
    }
    put(other().resolve("data.txt"), "x\n");
    put(home().resolve("code/shop-evil/secret.txt"), "x\n");
    put(home().resolve("code/added/lib.txt"), "x\n");
    for (String file :
        List.of(
            "README.md",
            "list.txt",
            "src/app.ts",
            "src/a.ts",
            "src/data",
            "docs/guide.md",
            ".env",
            "secrets/key.pem",
            "evil",
            "rgrc",
            "x.jq",
            "data.json",
            "names.csv",
            "a.log")) {
      put(project().resolve(file), "x\na\n");
    }
    put(project().resolve(".claude/settings.json"), "{}\n");
    put(project().resolve(".vscode/settings.json"), "{}\n");
    put(
        project().resolve("package.json"),
        "{\"name\": \"shop\", \"scripts\": {\"test\": \"touch pwned\", \"evil\": \"touch"
            + " pwned\"}}\n");
    put(project().resolve("Makefile"), "all test:\n\ttouch pwned\n");
    put(
        project().resolve("notebooks/a.ipynb"),
        "{\"cells\": [], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}\n");
    put(project().resolve("scripts/check.py"), "open('pwned', 'w')\n");
    for (String name : List.of("scripts/build.sh", "scripts/evil.sh", "scripts/ls", "mvnw", "x")) {
      put(project().resolve(name), SCRIPT);
      Files.setPosixFilePermissions(
          project().resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.createDirectories(project().resolve("empty"));
    Files.createDirectories(project().resolve("deep"));
    for (var link :
        Map.of(
                "outlink", "../other",
                "keylink", home() + "/.ssh/id_rsa",
                "rclink", home() + "/.bashrc",
                "envlink", ".env",
                "gitlink", ".git",
                "inlink", "src",
                "looplink", "looplink",
                "dangling", "../nowhere.txt",
                "deep/up", "../..",
                "src/outlink2", "../../other")
            .entrySet()) {
      Files.createSymbolicLink(project().resolve(link.getKey()), Path.of(link.getValue()));
    }
    run("mkfifo", "fifo");
    run("git", "init", "-q", "-b", "main");
    run("git", "add", "-A");
    run("git", "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "-q", "-m", "x");
    put(project().resolve(".git/hooks/pre-commit"), SCRIPT);
    put(project().resolve("vendor/lib/README.md"), "x\n");
    run("git", "init", "-q", "vendor/lib");
  }

  private static void put(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(project().toFile()).inheritIO();
    builder.environment().put("HOME", home().toString());
    builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
    Process process = builder.start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("\"" + String.join(" ", command) + "\" failed");
    }
  }
}
