package dev.agent.sandbox;

import java.nio.file.Path;
import java.util.List;

/**
 * Names in a workspace that give power later: git's own configuration and hooks, settings of agents
 * and editors, files that shells and package managers obey.
 */
final class ProtectedNames {
  /** Directories of agents and git: no command makes them, even where they do not exist. */
  static final List<String> NEVER_MADE = List.of(".git", ".claude", ".agent");

  /** Directories that no command changes. */
  static final List<String> DIRECTORIES =
      List.of(
          ".claude",
          ".agent",
          ".vscode",
          ".idea",
          ".husky",
          ".mvn",
          ".cargo",
          ".devcontainer",
          ".ssh",
          ".gnupg",
          ".aws");

  /** Files that no command changes. */
  static final List<String> FILES =
      List.of(
          ".mcp.json",
          ".envrc",
          ".gitmodules",
          ".gitconfig",
          ".npmrc",
          ".pypirc",
          ".netrc",
          ".yarnrc",
          ".yarnrc.yml",
          ".bunfig.toml",
          "bunfig.toml",
          ".pre-commit-config.yaml",
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".bash_logout",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".zlogin");

  /** What is taken away when a command made it. */
  static final List<String> NEVER_APPEAR =
      List.of(
          ".mcp.json",
          ".envrc",
          ".vscode",
          ".idea",
          ".husky",
          ".devcontainer",
          ".gitconfig",
          ".bashrc",
          ".bash_profile",
          ".bash_login",
          ".profile",
          ".zshrc",
          ".zshenv",
          ".zprofile",
          ".git/commondir",
          ".git/config.worktree",
          ".git/hooks");

  /** Inside of {@code .git}: what decides which programs git runs. */
  static final List<String> IN_GIT =
      List.of("hooks", "config", "config.worktree", "commondir", "gitdir", "info/attributes");

  private ProtectedNames() {}

  static List<Path> in(Path root, List<String> names) {
    return names.stream().map(root::resolve).toList();
  }
}
