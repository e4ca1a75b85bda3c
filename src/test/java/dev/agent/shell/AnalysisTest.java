package dev.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnalysisTest {
  private static Analysis of(String command) {
    return Analysis.of(
        ShellParser.parse(command), Map.of("HOME", "/home/u", "PWD", "/home/u/code"));
  }

  /** All commands in every reading, one per line, words in angle brackets. */
  private static List<String> commands(String command) {
    List<String> texts = new ArrayList<>();
    for (Invocation invocation : of(command).allCommands()) {
      texts.add(shown(invocation.argv()));
    }
    return texts;
  }

  private static String shown(List<Argument> argv) {
    StringBuilder text = new StringBuilder();
    for (Argument argument : argv) {
      text.append(text.isEmpty() ? "" : " ")
          .append(
              switch (argument.certainty()) {
                case EXACT -> argument.text();
                case PATTERN -> "glob:" + argument.text();
                case UNKNOWN -> "any:" + argument.text();
              });
    }
    return text.toString();
  }

  /** Each row runs {@code rm x}, whatever else it does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "rm x",
        "ls; rm x",
        "ls && rm x",
        "false || rm x",
        "ls | rm x",
        "ls |& rm x",
        "ls & rm x",
        "ls\nrm x",
        "rm x &",
        "ls && \\\n rm x",
        "r\\\nm x",
        "rm\tx",
        "r''m x",
        "'rm' x",
        "\"rm\" x",
        "$\"rm\" x",
        "\\rm x",
        "r\\m x",
        "$'rm' x",
        "$'\\x72m' x",
        "$'\\162\\155' x",
        "$'\\u0072m' x",
        "{rm,x}",
        "2>&1 rm x",
        ">out rm x",
        "rm x >out",
        "rm >out x",
        "A=1 rm x",
        "(rm x)",
        "( (rm x) )",
        "((rm x) )",
        "{ rm x; }",
        "if true; then rm x; fi",
        "if rm x; then :; fi",
        "if :; then :; else rm x; fi",
        "while rm x; do :; done",
        "while :; do rm x; done",
        "until rm x; do :; done",
        "for f in x; do rm $f; done",
        "for f in a x; do rm \"$f\"; done",
        "for ((;;)); do rm x; done",
        "select v in a; do rm x; done",
        "case a in a) rm x;; esac",
        "case a in a) ;& b) rm x; esac",
        "case a in (a) :;;& (b) rm x;; esac",
        "case $(rm x) in *) ;; esac",
        "f() { rm x; }",
        "function f { rm x; }",
        "f() (rm x)",
        "! rm x",
        "time rm x",
        "time -p -- rm x",
        "coproc rm x",
        "coproc N { rm x; }",
        "echo $(rm x)",
        "echo \"a$(rm x)b\"",
        "echo `rm x`",
        "echo \"`rm x`\"",
        "echo `echo \\`rm x\\``",
        "echo $(echo $(rm x))",
        "echo <(rm x)",
        "echo >(rm x)",
        "ls > >(rm x)",
        "cat < <(rm x)",
        "cat <<E\n$(rm x)\nE",
        "cat <<-E\n\t`rm x`\n\tE",
        "cat <<< $(rm x)",
        "echo ${v:-$(rm x)}",
        "echo \"${v:-$(rm x)}\"",
        "echo ${v/a/$(rm x)}",
        "echo ${v:$(rm x)}",
        "echo ${v[$(rm x)]}",
        "echo $(( $(rm x) ))",
        "(( $(rm x) ))",
        "v=$(rm x)",
        "v=($(rm x))",
        "v[$(rm x)]=1",
        "declare -a v=($(rm x))",
        "[[ -n $(rm x) ]]",
        "[[ a == $(rm x) ]]",
        "[[ a =~ ($(rm x)) ]]",
        "ls >$(rm x)",
        "v=rm; $v x",
        "v='rm x'; $v",
        "v=x; rm ${v}",
        "v=rm && \"$v\" x",
        "bash -c 'rm x'",
        "bash -lc 'rm x'",
        "bash -c -- 'rm x'",
        "sh -ec 'rm x' name",
        "bash -c \"bash -c 'rm x'\"",
        "bash <<< 'rm x'",
        "bash <<E\nrm x\nE",
        "bash -s <<'E'\nls\nrm x\nE",
        "echo 'rm x' | sh",
        "printf 'rm x' | bash",
        "{ echo ls; echo rm x; } | bash",
        "cat <<E | sh\nrm x\nE",
        "eval 'rm x'",
        "eval rm x",
        "eval \"rm\" 'x'",
        "env rm x",
        "env A=1 rm x",
        "env -i -u B A=1 rm x",
        "command rm x",
        "command -p rm x",
        "builtin rm x",
        "exec rm x",
        "nohup rm x",
        "nice rm x",
        "nice -n 5 rm x",
        "nice -5 rm x",
        "timeout 5 rm x",
        "timeout -k 3 --signal=KILL 5 rm x",
        "stdbuf -o0 rm x",
        "timeout 5 nice nohup rm x",
        "setsid rm x",
        "ionice -c3 rm x",
        "sudo rm x",
        "sudo -u bob -- rm x",
        "sudo --something strange rm x",
        "doas rm x",
        "ssh host rm x",
        "ssh host 'rm x'",
        "watch -n1 'rm x'",
        "script -c 'rm x' out",
        "flock lock rm x",
        "strace -f rm x",
        "chroot / rm x",
        "busybox rm x",
        "parallel ::: 'rm x'",
        "su -c 'rm x' bob",
        "find . -exec rm x ;",
        "find . -exec rm x \\; -print",
        "find . -execdir rm x ';' -ls",
        "find . -okdir rm x ';'",
        "fd -e ts -x rm x",
        "trap 'rm x' EXIT",
        "git submodule foreach 'rm x'",
        "git bisect run rm x",
        "git rebase -x 'rm x' main",
        "ls )\nrm x",
        "ls ;; rm x",
        "fi; rm x",
        "| rm x",
        "rm x )",
        "echo \"$(rm x",
        "if true; then rm x",
        "&> out rm x"
      })
  void findsTheCommandInEverySpelling(String command) {
    assertThat(commands(command)).contains("rm x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo 'rm x'",
        "echo \"rm x\"",
        "echo '$(rm x)'",
        "echo \"\\$(rm x)\"",
        "# rm x",
        "ls # ; rm x",
        "echo a\\;rm x",
        "cat <<'E'\n$(rm x)\nE",
        "cat <<E\nrm x\nE",
        "git commit -m \"$(cat <<'E'\nrm x\nE\n)\"",
        "timeout 5 echo rm x",
        "xargs echo rm x",
        "grep -n 'rm x' file"
      })
  void findsNoCommandInText(String command) {
    Analysis analysis = of(command);

    assertThat(analysis.isProvable()).isTrue();
    assertThat(commands(command)).doesNotContain("rm x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      quoteCharacter = '\u0001',
      value = {
        "ls *.ts                 @ ls glob:*.ts",
        "ls \"*\".ts             @ ls *.ts",
        "ls '*'[a\"-\"c]         @ ls glob:\\*[a\\-c]",
        "ls [ a ]                @ ls [ a ]",
        "ls $v                   @ ls any:$v",
        "ls \"$v\"               @ ls any:$v",
        "ls ~/x ~                @ ls /home/u/x /home/u",
        "ls ~bob                 @ ls any:~bob",
        "ls $HOME/x \"${HOME}\"  @ ls /home/u/x /home/u",
        "ls ${HOME:-/x}          @ ls /home/u",
        "ls $PWD                 @ ls /home/u/code",
        "ls {a,b}{1..3}          @ ls a1 a2 a3 b1 b2 b3",
        "ls {a} {} {a,b          @ ls {a} {} {a,b",
        "ls {01..3}              @ ls 01 02 03",
        "ls a{,.bak}             @ ls a a.bak",
        "ls {$v,b}               @ ls any:$v b",
        "v=a; ls $v{b,c}         @ ls any:$vb any:$vc",
        "v='a b'; ls $v \"$v\"   @ ls a b a b",
        "v=; ls $v x \"$v\"      @ ls x ",
        "v='*'; ls $v \"$v\"     @ ls glob:* *",
        "IFS=,; v=a; ls $v       @ ls any:$v",
        "v=1; v+=2; ls $v        @ ls any:$v",
        "v=$(date); ls $v        @ ls any:$v",
        "if a; then v=1; else v=2; fi; ls $v   @ ls any:$v",
        "v=1; if a; then b; fi; ls $v          @ ls 1",
        "v=1; (v=2); ls $v                     @ ls 1",
        "v=1; v=2 a; ls $v                     @ ls 1",
        "v=1; while a; do v=2; done; ls $v     @ ls any:$v",
        "v=1; read v; ls $v                    @ ls any:$v",
        "v=1; eval 'v=2'; ls $v                @ ls 2",
        "v=1; eval \"$w\"; ls $v               @ ls any:$v",
        "v=1; source x; ls $v                  @ ls any:$v",
        "v=1; : ${v:=2}; ls $v                 @ ls any:$v",
        "RANDOM=1; ls $RANDOM                  @ ls any:$RANDOM",
        "ls \"$(cat <<'E'\\na b\\n\\nE\\n)\"       @ ls a b"
      })
  void knowsTheArgumentsOfTheLastCommand(String command, String expected) {
    List<Invocation> commands = of(command.replace("\\n", "\n")).commands();

    assertThat(shown(commands.getLast().argv()).strip()).isEqualTo(expected.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "ls                                 @ [[]]",
        "cd a && ls                         @ [[a]]",
        "cd a; ls                           @ [[a], []]",
        "cd a || ls                         @ [[]]",
        "cd a && cd .. && ls                @ [[a, ..]]",
        "cd /x/y && ls                      @ [[/x/y]]",
        "cd && ls                           @ [[/home/u]]",
        "cd ~/x && ls                       @ [[/home/u/x]]",
        "cd - && ls                         @ anywhere",
        "cd \"$v\" && ls                    @ anywhere",
        "cd a* && ls                        @ anywhere",
        "(cd a && b); ls                    @ [[]]",
        "cd a | b; ls                       @ [[]]",
        "cd a & ls                          @ [[]]",
        "echo $(cd a); ls                   @ [[]]",
        "! cd a || ls                       @ [[a]]",
        "if cd a; then ls; fi               @ [[a]]",
        "{ cd a && b; } && ls               @ [[a]]",
        "pushd a && ls                      @ [[a]]",
        "popd && ls                         @ anywhere",
        "eval 'cd a' && ls                  @ [[a]]",
        "builtin cd a && ls                 @ [[a]]",
        "$v; ls                             @ anywhere",
        ". x; ls                            @ anywhere",
        "f() { cd a; }; f; ls               @ anywhere",
        "CDPATH=/x; cd a && ls              @ anywhere",
        "while cd a; do b; done; ls         @ anywhere",
        "for d in a b; do cd $d && ls; done @ [[a, b], [b]]"
      })
  void knowsWhereTheLastCommandRuns(String command, String expected) {
    Directory directory = of(command).commands().getLast().directory();

    String ways =
        directory.isKnown()
            ? directory.possible().stream()
                .map(way -> way.stream().map(Argument::text).toList().toString())
                .toList()
                .toString()
            : "anywhere";
    assertThat(ways).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      value = {
        "ls >a           @ WRITE 1 a",
        "ls >|a          @ WRITE 1 a",
        "ls 2>a          @ WRITE 2 a",
        "ls &>a          @ WRITE 1+2 a",
        "ls >&a          @ WRITE 1+2 a",
        "ls >&2          @ DUPLICATE 1 2",
        "ls 2>&1-        @ DUPLICATE 2 1-",
        "ls 2>&-         @ CLOSE 2 -",
        "ls >&$v         @ WRITE 1+2 $v",
        "ls <&a          @ READ 0 a",
        "ls >>a          @ APPEND 1 a",
        "ls &>>a         @ APPEND 1+2 a",
        "ls <a           @ READ 0 a",
        "ls <>a          @ READ_WRITE 0 a",
        "ls {fd}>a       @ WRITE {fd} a",
        "ls <<<a         @ TEXT 0 a",
        ">a              @ WRITE 1 a",
        "{ ls; } >a      @ WRITE 1 a",
        "while a; do b; done <a @ READ 0 a",
        "f() { b; } >a   @ WRITE 1 a",
        "echo $(ls >a)   @ WRITE 1 a",
        "bash -c 'ls >a' @ WRITE 1 a",
        "ls >'a'\\b      @ WRITE 1 ab",
        "ls >{a,b}       @ WRITE 1 {a,b}"
      })
  void knowsWhatRedirectionsDo(String command, String expected) {
    Redirection found = of(command).redirections().getLast();

    assertThat(found.kind() + " " + found.descriptor() + " " + found.target().text())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f() { ls; }; f",
        "alias ls=x; ls",
        "PATH=./bin:$PATH ls",
        "export PATH=./bin; ls",
        "printf -v PATH x; ls",
        "read PATH < f; ls",
        "for PATH in a; do ls; done",
        "hash -p ./x ls; ls",
        "enable -f ./x y; ls",
        "trap 'x' EXIT; ls",
        "trap \"$x\" EXIT; ls",
        "shopt -s extglob",
        "set -f; ls",
        "env PATH=. ls",
        "unset PATH",
        "mapfile -C x -c 1 a < f",
        "compgen -C x",
        "coproc x { ls; }",
        "source x",
        ". ./x",
        "echo ${x@P}",
        "echo ${!x}",
        "echo ${a[x]}",
        "echo ${x:y}",
        "echo $((x))",
        "echo $((a[1]))",
        "((x++))",
        "let x=1",
        "[[ $x -eq 1 ]]",
        "[[ 'a[$(x)]' -eq 1 ]]",
        "[[ -v 'a[$(x)]' ]]",
        "[ -v 'a[$(x)]' ]",
        "test -v 'a[$(x)]'",
        "printf -v 'a[$(x)]' y",
        "read 'a[$(x)]' < f",
        "unset 'a[$(x)]'",
        "declare 'a[$(x)]=1'",
        "echo ${x:=y}",
        "$x",
        "$(x) y",
        "*",
        "eval \"$x\"",
        "bash -c \"$x\"",
        "bash -c 'ls ('",
        "bash",
        "cat x | sh",
        "echo a\u202eb",
        "echo a\u200bb",
        "echo a\rb",
        "echo \u001b[2K",
        "echo \u0007",
        "echo \ud83d\udc68\u200d\ud83d\udc69",
        "echo \udb40\udc68",
        "echo \ud800",
        "echo a\u00a0b",
        "echo a\u0000b",
        "echo 'a",
        "echo \"a",
        "echo $(a",
        "echo `a",
        "echo ${a",
        "echo \\",
        "ls &&",
        "&& ls",
        "ls |",
        "ls ;; ls",
        "(ls",
        "{ ls; ",
        "{ls;}; }",
        "if ls; then",
        "cat <<E\nx",
        "ls !(x)",
        "echo (x)",
        "ls >",
        "${x.y}",
        "$'\\xff'"
      })
  void isNotProvable(String command) {
    assertThat(of(command).isProvable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ls -la | grep x && echo \"done\" || exit 1",
        "LANG=C LC_ALL=C ls",
        "for f in *.ts; do wc -l \"$f\"; done",
        "while read -r line; do echo \"$line\"; done < f",
        "if [ -f a ]; then cat a; else echo none; fi",
        "case $x in a) ls;; esac",
        "[[ -f a && $x == *.ts ]]",
        "[[ $# -eq 0 ]]",
        "[ \"$x\" -eq 1 ]",
        "(cd src && ls) > out",
        "echo $((1 + 2)) ${#x} ${x%.ts} ${x//a/b} ${x:1:2} ${a[@]} ${a[0]}",
        "cat <<E\nplain $x\nE",
        "echo \"日本 é\" a#b # comment",
        "time -p ls",
        "command -v git",
        ""
      })
  void isProvable(String command) {
    Analysis analysis = of(command);

    assertThat(analysis.doubts()).isEmpty();
    assertThat(analysis.script().problems()).isEmpty();
    assertThat(analysis.isProvable()).isTrue();
  }

  @Test
  void tellsWhichWrappersLeaveACommandAsItIs() {
    for (String wrapper :
        List.of("timeout 5", "nice", "nohup", "stdbuf -oL", "command", "builtin", "xargs")) {
      assertThat(of(wrapper + " ls").commands().getFirst().wrapping())
          .as(wrapper)
          .isEqualTo(Invocation.Wrapping.TRANSPARENT);
    }
    for (String wrapper :
        List.of(
            "env",
            "sudo",
            "xargs -n1",
            "./timeout 5",
            "bash -c",
            "eval",
            "exec",
            "setsid",
            "timeout --what 5",
            "timeout $t")) {
      assertThat(of(wrapper + " ls").commands().getFirst().wrapping())
          .as(wrapper)
          .isEqualTo(Invocation.Wrapping.OPAQUE);
    }
  }

  @Test
  void xargsAddsWordsThatNobodyKnows() {
    assertThat(commands("xargs grep -l x")).containsExactly("xargs grep -l x", "grep -l x any:");
    assertThat(commands("xargs -I % cp % y")).contains("cp any:% y any:");
    assertThat(commands("find . -exec cp {} y ;")).contains("cp any:{} y");
  }

  @Test
  void tellsWhereCommandsStand() {
    List<Invocation> commands = of("a | b; c & d && $(e) x; f() { g; }").commands();

    assertThat(commands.get(0).position())
        .isEqualTo(new Position(0, true, false, false, false, false, false));
    assertThat(commands.get(2).position().inBackground()).isTrue();
    assertThat(commands.get(4).position())
        .isEqualTo(new Position(1, false, false, true, false, true, false));
    assertThat(commands.getLast().position().inFunction()).isTrue();
    assertThat(of("a; b").commands().getLast().position()).isEqualTo(Position.LINE);
  }

  @Test
  void aVariableForOneCommandIsToldWithIt() {
    Invocation command = of("LANG=C B=2 a").commands().getFirst();

    assertThat(command.assignments())
        .containsExactly(
            new Definition(Definition.Kind.VARIABLE, "LANG", Argument.exact("C"), true),
            new Definition(Definition.Kind.VARIABLE, "B", Argument.exact("2"), false));
  }

  @Test
  void hugeLinesAreNotProvableButStillSearched() {
    String line = "ls;".repeat(4_000) + "rm x";

    assertThat(of(line).isProvable()).isFalse();
    assertThat(commands(line)).contains("rm x");
  }
}
