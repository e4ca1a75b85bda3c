package dev.agent.shell;

import dev.agent.shell.Invocation.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the commands that programs run because their arguments say so. */
final class Wrappers {
  /** How many words of a wrapper that is not understood are taken for beginnings of commands. */
  private static final int MAX_READINGS = 64;

  private static final Set<String> SHELLS =
      Set.of("bash", "sh", "dash", "zsh", "ksh", "ash", "rbash", "mksh", "fish");

  private static final Map<String, WrapperOptions> TABLE =
      Map.ofEntries(
          Map.entry(
              "timeout",
              WrapperOptions.transparent("v", "ks", 1)
                  .with(
                      Set.of("foreground", "preserve-status", "verbose"),
                      Set.of("kill-after", "signal"))),
          Map.entry("time", WrapperOptions.transparent("p", "", 0)),
          Map.entry(
              "nice", WrapperOptions.transparent("", "n", 0).with(Set.of(), Set.of("adjustment"))),
          Map.entry("nohup", WrapperOptions.transparent("", "", 0)),
          Map.entry(
              "stdbuf",
              WrapperOptions.transparent("", "ioe", 0)
                  .with(Set.of(), Set.of("input", "output", "error"))),
          Map.entry("command", WrapperOptions.transparent("p", "", 0)),
          Map.entry("builtin", WrapperOptions.transparent("", "", 0)),
          Map.entry(
              "env",
              WrapperOptions.opaque("i0v", "uC", 0)
                  .with(Set.of("ignore-environment", "null", "debug"), Set.of("unset", "chdir"))),
          Map.entry(
              "xargs",
              WrapperOptions.opaque("0rtpxo", "ILnPsdEa", 0)
                  .with(
                      Set.of(
                          "null", "no-run-if-empty", "verbose", "interactive", "exit", "open-tty"),
                      Set.of("max-args", "max-procs", "delimiter", "arg-file", "max-chars"))),
          Map.entry(
              "sudo",
              WrapperOptions.opaque("AbEeHnPSkKisBN", "CDghpRrtTuU", 0)
                  .with(
                      Set.of(
                          "askpass",
                          "background",
                          "preserve-env",
                          "edit",
                          "set-home",
                          "login",
                          "shell",
                          "non-interactive",
                          "preserve-groups",
                          "stdin"),
                      Set.of(
                          "user",
                          "group",
                          "host",
                          "prompt",
                          "chdir",
                          "chroot",
                          "role",
                          "type",
                          "close-from",
                          "command-timeout",
                          "other-user"))),
          Map.entry("doas", WrapperOptions.opaque("Lns", "aCu", 0)),
          Map.entry(
              "setsid",
              WrapperOptions.opaque("cfw", "", 0).with(Set.of("ctty", "fork", "wait"), Set.of())),
          Map.entry(
              "ionice",
              WrapperOptions.opaque("t", "cn", 0)
                  .with(Set.of("ignore"), Set.of("class", "classdata"))),
          Map.entry("exec", WrapperOptions.opaque("cl", "a", 0)),
          Map.entry("busybox", WrapperOptions.opaque("", "", 0)),
          Map.entry("toybox", WrapperOptions.opaque("", "", 0)),
          Map.entry("chroot", WrapperOptions.opaque("", "", 1)));

  /** Programs that run a command, with options that are not worth a table. */
  private static final Set<String> OTHERS =
      Set.of(
          "unshare",
          "nsenter",
          "strace",
          "ltrace",
          "parallel",
          "chrt",
          "taskset",
          "runuser",
          "su",
          "setpriv",
          "systemd-run",
          "firejail",
          "prlimit",
          "caffeinate",
          "unbuffer",
          "chronic",
          "xvfb-run",
          "dbus-run-session",
          "valgrind",
          "gdb",
          "proxychains",
          "torsocks",
          "rlwrap",
          "entr",
          "flock",
          "script",
          "ssh",
          "watch",
          "pkexec",
          "numactl",
          "cgexec",
          "faketime",
          "fakeroot",
          "bwrap",
          "catchsegv",
          "hyperfine",
          "ts",
          "dotenv",
          "direnv");

  private Wrappers() {}

  /**
   * What a command contains.
   *
   * @param wrapping what it does with that
   * @param contents commands and code
   */
  record Contents(Wrapping wrapping, List<Content> contents) {
    static final Contents NONE = new Contents(Wrapping.NONE, List.of());

    static Contents opaque(List<Content> contents) {
      return new Contents(Wrapping.OPAQUE, contents);
    }
  }

  /** Something that a command runs. */
  sealed interface Content {
    /**
     * A command.
     *
     * @param argv its words
     * @param assignments words in front of it that set variables
     * @param where how its directory differs
     * @param isReading only one of several that it may be, not to be looked into again
     */
    record Command(List<Argument> argv, List<Argument> assignments, Where where, boolean isReading)
        implements Content {}

    /**
     * Code.
     *
     * @param text what is parsed
     * @param isExact the shell runs exactly this
     */
    record Code(String text, boolean isExact, Where where) implements Content {}
  }

  /** Where contents run. */
  enum Where {
    /** In the shell itself, with its variables. */
    HERE,
    /** In the same directory, in another process. */
    BESIDE,
    /** Anywhere. */
    ELSEWHERE
  }

  /** What a command contains; its program is known. */
  static Contents of(String program, boolean isPath, List<Argument> argv) {
    WrapperOptions options = TABLE.get(program);
    if (options != null) {
      return options(program, isPath, argv, options);
    }
    if (SHELLS.contains(program)) {
      return shell(argv);
    }
    return switch (program) {
      case "eval" -> code(argv, 1, Where.HERE);
      case "trap" -> trap(argv);
      case "find" -> find(argv);
      case "fd", "fdfind" -> after(argv, Set.of("-x", "--exec", "-X", "--exec-batch"));
      case "git" -> git(argv);
      default -> OTHERS.contains(program) ? readings(argv, 1) : Contents.NONE;
    };
  }

  /** Whether a shell reads its commands from its standard input. */
  static boolean readsCommands(String program, List<Argument> argv) {
    if (!SHELLS.contains(program)) {
      return false;
    }
    for (Argument argument : argv.subList(1, argv.size())) {
      if (!argument.isExact()) {
        return true;
      }
      String text = argument.text();
      boolean option = text.startsWith("-") || text.startsWith("+");
      if (!option) {
        return text.equals("/dev/stdin");
      }
      if (!text.startsWith("--") && text.indexOf('c') >= 0) {
        return false;
      }
    }
    return true;
  }

  private static Contents options(
      String program, boolean isPath, List<Argument> argv, WrapperOptions options) {
    if (argv.size() < 2) {
      return Contents.NONE;
    }
    if (program.equals("command") && argv.get(1).isExact() && isLookup(argv.get(1).text())) {
      return Contents.NONE;
    }
    boolean assigns = program.equals("env") || program.equals("sudo") || program.equals("doas");
    int start = options.commandStart(argv, assigns);
    if (start < 0) {
      return readings(argv, 1);
    }
    List<Argument> assignments = new ArrayList<>(0);
    int first = start;
    while (assigns && first < argv.size() && isAssignment(argv.get(first))) {
      assignments.add(argv.get(first));
      first++;
    }
    if (first >= argv.size()) {
      return Contents.NONE;
    }
    List<Argument> inner = new ArrayList<>(argv.subList(first, argv.size()));
    boolean bare = start == 1;
    boolean transparent = options.isTransparent() && !isPath;
    if (program.equals("xargs")) {
      inner.add(Argument.unknown(""));
      transparent = bare && !isPath;
      replaceMarkers(argv.subList(1, start), inner);
    }
    boolean builtin =
        program.equals("command") || program.equals("builtin") || program.equals("exec");
    boolean moves = assigns && !bare || program.equals("chroot");
    Where where = moves ? Where.ELSEWHERE : builtin ? Where.HERE : Where.BESIDE;
    return new Contents(
        transparent ? Wrapping.TRANSPARENT : Wrapping.OPAQUE,
        List.of(new Content.Command(List.copyOf(inner), assignments, where, false)));
  }

  /** With {@code -I}, words that contain the marker are anything. */
  private static void replaceMarkers(List<Argument> options, List<Argument> inner) {
    if (options.isEmpty()) {
      return;
    }
    for (int i = 1; i < inner.size(); i++) {
      boolean replaced = false;
      for (Argument option : options) {
        String marker =
            option.text().startsWith("-I") || option.text().startsWith("-i")
                ? option.text().substring(2)
                : option.text();
        replaced |= !marker.isEmpty() && inner.get(i).text().contains(marker);
      }
      if (replaced || inner.get(i).text().contains("{}")) {
        inner.set(i, Argument.unknown(inner.get(i).text()));
      }
    }
  }

  private static boolean isLookup(String option) {
    return option.startsWith("-")
        && !option.startsWith("--")
        && (option.indexOf('v') > 0 || option.indexOf('V') > 0);
  }

  static boolean isAssignment(Argument argument) {
    int equals = argument.text().indexOf('=');
    return equals > 0 && Characters.isName(argument.text().substring(0, equals));
  }

  /** {@code bash -c 'code' name …}. */
  private static Contents shell(List<Argument> argv) {
    for (int i = 1; i < argv.size(); i++) {
      Argument argument = argv.get(i);
      String text = argument.text();
      if (!argument.isExact() || text.equals("-o") || text.equals("+o") || text.equals("-O")) {
        return readings(argv, i);
      }
      if (!text.startsWith("-") && !text.startsWith("+")) {
        return Contents.NONE;
      }
      boolean cluster = !text.startsWith("--");
      if (cluster && text.startsWith("-") && text.indexOf('c') > 0) {
        int at = i + 1;
        while (at < argv.size()
            && argv.get(at).text().length() > 1
            && "-+".indexOf(argv.get(at).text().charAt(0)) >= 0) {
          at++;
        }
        return at >= argv.size()
            ? Contents.opaque(List.of())
            : Contents.opaque(List.of(code(argv.get(at), Where.BESIDE)));
      }
      if (text.equals("--rcfile") || text.equals("--init-file")) {
        i++;
      }
    }
    return Contents.NONE;
  }

  private static Content code(Argument argument, Where where) {
    return new Content.Code(argument.text(), argument.isExact(), where);
  }

  /** Words that are put together to code. */
  private static Contents code(List<Argument> argv, int from, Where where) {
    if (argv.size() <= from) {
      return Contents.NONE;
    }
    int first = from;
    boolean exact = true;
    StringBuilder text = new StringBuilder();
    if (argv.get(first).is("--") && argv.size() > first + 1) {
      first++;
    }
    for (Argument argument : argv.subList(first, argv.size())) {
      exact &= argument.isExact();
      text.append(text.isEmpty() ? "" : " ").append(argument.text());
    }
    return Contents.opaque(List.of(new Content.Code(text.toString(), exact, where)));
  }

  private static Contents trap(List<Argument> argv) {
    int at = argv.size() > 1 && argv.get(1).is("--") ? 2 : 1;
    if (argv.size() <= at + 1 || argv.get(at).text().startsWith("-")) {
      return Contents.NONE;
    }
    return Contents.opaque(List.of(code(argv.get(at), Where.ELSEWHERE)));
  }

  private static final Set<String> FIND_ACTIONS = Set.of("-exec", "-execdir", "-ok", "-okdir");

  private static Contents find(List<Argument> argv) {
    List<Content> contents = new ArrayList<>(0);
    for (int i = 1; i < argv.size(); i++) {
      String action = argv.get(i).text();
      if (!FIND_ACTIONS.contains(action)) {
        continue;
      }
      List<Argument> inner = new ArrayList<>();
      int at = i + 1;
      while (at < argv.size() && !endsAction(argv, at)) {
        Argument argument = argv.get(at);
        inner.add(argument.text().contains("{}") ? Argument.unknown(argument.text()) : argument);
        at++;
      }
      if (!inner.isEmpty()) {
        Where where = action.endsWith("dir") ? Where.ELSEWHERE : Where.BESIDE;
        contents.add(new Content.Command(List.copyOf(inner), List.of(), where, false));
      }
      i = at;
    }
    return contents.isEmpty() ? Contents.NONE : Contents.opaque(contents);
  }

  private static boolean endsAction(List<Argument> argv, int at) {
    Argument argument = argv.get(at);
    return argument.is(";") || argument.is("+") && argv.get(at - 1).text().equals("{}");
  }

  private static Contents after(List<Argument> argv, Set<String> options) {
    for (int i = 1; i + 1 < argv.size(); i++) {
      if (options.contains(argv.get(i).text())) {
        List<Argument> inner = argv.subList(i + 1, argv.size());
        return Contents.opaque(
            List.of(new Content.Command(List.copyOf(inner), List.of(), Where.BESIDE, false)));
      }
    }
    return Contents.NONE;
  }

  /** Commands of git that run a command for each of something. */
  private static Contents git(List<Argument> argv) {
    for (int i = 1; i + 2 < argv.size(); i++) {
      String first = argv.get(i).text();
      String second = argv.get(i + 1).text();
      if (first.equals("submodule") && second.equals("foreach")) {
        int from = argv.get(i + 2).is("--recursive") ? i + 3 : i + 2;
        return code(argv, from, Where.ELSEWHERE);
      }
      if (first.equals("bisect") && second.equals("run")) {
        List<Argument> inner = argv.subList(i + 2, argv.size());
        return Contents.opaque(
            List.of(new Content.Command(List.copyOf(inner), List.of(), Where.ELSEWHERE, false)));
      }
      if (first.equals("rebase")) {
        return rebase(argv, i + 1);
      }
    }
    return Contents.NONE;
  }

  private static Contents rebase(List<Argument> argv, int from) {
    for (int i = from; i < argv.size(); i++) {
      String text = argv.get(i).text();
      if ((text.equals("-x") || text.equals("--exec")) && i + 1 < argv.size()) {
        return Contents.opaque(List.of(code(argv.get(i + 1), Where.ELSEWHERE)));
      }
      if (text.startsWith("--exec=")) {
        String code = text.substring("--exec=".length());
        return Contents.opaque(
            List.of(new Content.Code(code, argv.get(i).isExact(), Where.ELSEWHERE)));
      }
    }
    return Contents.NONE;
  }

  /** Every word may begin a command, every word with a blank may be code. */
  private static Contents readings(List<Argument> argv, int from) {
    List<Content> contents = new ArrayList<>();
    int last = Math.min(argv.size(), from + MAX_READINGS);
    for (int i = from; i < last; i++) {
      String text = argv.get(i).text();
      if (text.indexOf(' ') >= 0 || text.indexOf('\n') >= 0 || text.indexOf(';') >= 0) {
        contents.add(new Content.Code(text, true, Where.ELSEWHERE));
      } else if (!text.startsWith("-")) {
        contents.add(
            new Content.Command(argv.subList(i, argv.size()), List.of(), Where.ELSEWHERE, true));
      } else {
        int equals = text.indexOf('=');
        if (equals > 0) {
          contents.add(new Content.Code(text.substring(equals + 1), true, Where.ELSEWHERE));
        }
      }
    }
    return Contents.opaque(contents);
  }
}
