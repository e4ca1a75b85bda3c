package dev.agent.tools.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.tool.Effect;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarmlessCommandTest {
  private static final Path CWD = Path.of("/home/me/place");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls",
        "ls -la src",
        "pwd",
        "cat a.txt",
        "cat -n ../b",
        "head -20 x",
        "head -n 5 x",
        "tail -c 3 x",
        "wc -l a b",
        "stat x",
        "du -sh .",
        "df -h",
        "whoami",
        "uname -a",
        "which git",
        "echo hello world",
        "git status",
        "git status -s",
        "git log --oneline -5",
        "git diff --stat HEAD",
        "git show HEAD:a.txt",
        "git branch -a",
        "git rev-parse HEAD",
        "  ls   -l  "
      })
  void plain_readers_are_recognised(String command) {
    assertThat(HarmlessCommand.effect(command, CWD))
        .hasValueSatisfying(it -> assertThat(it.kind()).isEqualTo(Effect.Kind.READS));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "rm x",
        "ls; rm x",
        "ls && rm x",
        "ls | sh",
        "ls > x",
        "ls >> x",
        "ls &",
        "ls\nrm x",
        "ls\r\nrm x",
        "ls\trm",
        "cat <(rm x)",
        "cat $(rm x)",
        "cat `rm x`",
        "cat $HOME",
        "cat ~/x",
        "cat *",
        "cat a?",
        "cat {a,b}",
        "cat 'a'",
        "cat \"a\"",
        "cat \\a",
        "X=1 ls",
        "PATH=. ls",
        "./ls",
        "/bin/ls",
        "bin/cat x",
        "LS",
        "sudo ls",
        "command ls",
        "env",
        "env ls",
        "xargs ls",
        "find . -delete",
        "find .",
        "sed -i s/a/b/ x",
        "awk 1 x",
        "sort -o x y",
        "tee x",
        "dd if=a",
        "tail -f x",
        "tail --follow x",
        "ls --color=always",
        "file -C -m x",
        "file -f x",
        "date",
        "date -s now",
        "echo -e x",
        "echo !x",
        "du --files0-from=x",
        "wc --files0-from=x",
        "git",
        "git push",
        "git commit -m x",
        "git -c core.pager=x log",
        "git -C / status",
        "git --exec-path=x status",
        "git log --output=x",
        "git diff --output=x",
        "git diff --ext-diff",
        "git diff --no-index a b",
        "git log -p /etc/passwd",
        "git branch new",
        "git branch -D x",
        "git branch -d x",
        "git branch -m a b",
        "git branch --list x",
        "git show ../x",
        "git diff a..b",
        "git status --porcelain=v2",
        "git checkout x",
        "git stash",
        "git config a b",
        "git rev-parse --git-path x",
        "git fetch",
        "git remote -v",
        "ping x",
        "nslookup x",
        "host x",
        "dig x",
        "curl x",
        "\u2003ls",
        "ls\u00a0",
        "\uFF4C\uFF53",
        "ls \u202Ex",
        "ls #",
        "which -x a",
        "ls -",
        "ls\0"
      })
  void everything_else_is_not(String command) {
    if (command.equals("ls -")) {
      assertThat(HarmlessCommand.effect(command, CWD)).isPresent(); // a file of that name
    } else {
      assertThat(HarmlessCommand.effect(command, CWD)).isEmpty();
    }
  }

  @Test
  void the_paths_that_are_read_are_named() {
    assertThat(
            HarmlessCommand.effect("cat a/../b /etc/passwd ../../../x", CWD).orElseThrow().paths())
        .containsExactlyInAnyOrder(CWD, CWD.resolve("b"), Path.of("/etc/passwd"), Path.of("/x"));
    assertThat(HarmlessCommand.effect("echo /etc/passwd", CWD).orElseThrow().paths())
        .containsExactly(CWD);
  }

  @Test
  void no_shell_metacharacter_anywhere_gets_through() {
    Random random = new Random(11);
    String metacharacters = ";&|<>()$`\\\"'*?[]{}~!#%^\n\r\t\0";
    String[] harmless = {"ls -la src", "cat a.txt", "git log --oneline", "echo a b", "head -5 x"};
    for (int i = 0; i < 3000; i++) {
      StringBuilder command = new StringBuilder(harmless[random.nextInt(harmless.length)]);
      command.insert(
          random.nextInt(command.length() + 1),
          metacharacters.charAt(random.nextInt(metacharacters.length())));
      assertThat(HarmlessCommand.effect(command.toString(), CWD)).as(command.toString()).isEmpty();
    }
  }
}
