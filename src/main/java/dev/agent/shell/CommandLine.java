package dev.agent.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A command line cut into simple commands at {@code ; & | && || |&}, substitutions, groups and line
 * ends outside of quotes.
 *
 * @param commands the simple commands, also those inside of substitutions and groups
 * @param plain nothing else is in it: no substitution, no redirection except to {@code /dev/null}
 *     and between descriptors, no expansion that could change a word, no grouping. Only of a plain
 *     line can be said that its commands are all there is; a line that is not plain still gives its
 *     commands, for rules that forbid
 * @param sound it could be read to its end, is not too long and hides no characters; what is not
 *     sound is covered by no rule at all
 */
public record CommandLine(List<Command> commands, boolean plain, boolean sound) {
  /** Longer lines are not judged: a person would not read them either. */
  public static final int MAX_CHARS = 10_000;

  private static final int MAX_DEPTH = 4;
  private static final int MAX_NESTING = 40;

  /** Programs that run what their arguments say. */
  private static final Set<String> RUNNERS =
      Set.of(
          "timeout",
          "time",
          "nice",
          "nohup",
          "stdbuf",
          "command",
          "builtin",
          "env",
          "sudo",
          "doas",
          "setsid",
          "xargs",
          "exec",
          "eval",
          "bash",
          "sh",
          "zsh",
          "dash",
          "ksh",
          "find",
          "fd",
          "watch",
          "flock",
          "script",
          "ssh",
          "su",
          "parallel",
          "ionice",
          "chroot",
          "unshare",
          "strace",
          "busybox",
          "trap",
          "coproc");

  private static final Set<String> KEYWORDS =
      Set.of(
          "if",
          "then",
          "else",
          "elif",
          "fi",
          "for",
          "while",
          "until",
          "do",
          "done",
          "case",
          "esac",
          "function",
          "select",
          "{",
          "}",
          "!",
          "[[",
          "coproc",
          "time");

  private static final Set<String> GIT_OPTIONS_WITH_VALUE =
      Set.of("-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env");

  public CommandLine {
    commands = List.copyOf(commands);
  }

  /**
   * One simple command.
   *
   * @param words without quotes
   * @param targets the words that redirections name
   */
  public record Command(List<String> words, List<String> targets) {
    public Command {
      words = List.copyOf(words);
      targets = List.copyOf(targets);
    }

    /** The words with single blanks between them, as rules see it. */
    public String text() {
      return String.join(" ", words);
    }
  }

  /** Cuts a command line; never fails. */
  public static CommandLine parse(String text) {
    Cutter cutter = new Cutter(text, 0);
    cutter.run();
    boolean sound = cutter.sound && text.length() <= MAX_CHARS && !hidesCharacters(text);
    return new CommandLine(cutter.commands, cutter.plain && sound, sound);
  }

  /** Whether a text holds characters that a person would not see, or that change what is shown. */
  public static boolean hidesCharacters(String text) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      boolean hidden =
          switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\n' && c != '\t';
            case Character.FORMAT,
                Character.PRIVATE_USE,
                Character.SURROGATE,
                Character.UNASSIGNED,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.SPACE_SEPARATOR -> c != ' ';
            default ->
                c == 0x115F
                    || c == 0x1160
                    || c == 0x3164
                    || c == 0xFFA0
                    || c == 0x034F
                    || c == 0x2800
                    || (c >= 0xFE00 && c <= 0xFE0F)
                    || (c >= 0xE0100 && c <= 0xE01EF);
          };
      if (hidden) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }

  /** The texts of the simple commands. */
  public List<String> parts() {
    List<String> parts = new ArrayList<>(commands.size());
    for (Command command : commands) {
      if (!command.words().isEmpty()) {
        parts.add(command.text());
      }
    }
    return parts;
  }

  /**
   * Everything that the commands may turn out to be, for rules that forbid: each as it is, without
   * assignments and the program's directory, and what wrappers, shells and finders in front of it
   * would run. Rather too many than too few.
   */
  public List<List<String>> readings() {
    List<List<String>> readings = new ArrayList<>();
    collect(readings, 0);
    return readings;
  }

  private void collect(List<List<String>> readings, int depth) {
    for (Command command : commands) {
      if (!command.words().isEmpty()) {
        readings.add(command.words());
        read(command.words(), readings, depth);
      }
    }
  }

  private static void read(List<String> words, List<List<String>> readings, int depth) {
    int start = 0;
    while (start < words.size()
        && (isAssignment(words.get(start)) || KEYWORDS.contains(words.get(start)))) {
      start++;
    }
    if (start == words.size()) {
      return;
    }
    List<String> plain = new ArrayList<>(words.subList(start, words.size()));
    String program = plain.getFirst().substring(plain.getFirst().lastIndexOf('/') + 1);
    plain.set(0, program);
    readings.add(plain);
    if (program.equals("git")) {
      readings.add(withoutGlobalOptions(plain));
    }
    if (!RUNNERS.contains(program) || depth >= MAX_DEPTH) {
      return;
    }
    // All suffixes of any line that may run at all; of longer ones, which always ask, the first.
    int last = plain.size() > MAX_CHARS / 2 ? 64 : plain.size();
    for (int i = 1; i < last; i++) {
      String word = plain.get(i);
      if (word.indexOf(' ') >= 0
          || word.indexOf(';') >= 0
          || word.indexOf('\n') >= 0
          || word.indexOf('$') >= 0) {
        parse(word).collect(readings, depth + 1);
      }
      // A later runner is found among the suffixes of the first one: no need to descend again.
      List<String> suffix = new ArrayList<>(plain.subList(i, plain.size()));
      suffix.set(0, word.substring(word.lastIndexOf('/') + 1));
      readings.add(suffix);
      if (suffix.getFirst().equals("git")) {
        readings.add(withoutGlobalOptions(suffix));
      }
    }
    if (program.equals("eval")) {
      parse(String.join(" ", plain.subList(1, plain.size()))).collect(readings, depth + 1);
    }
  }

  private static List<String> withoutGlobalOptions(List<String> words) {
    int i = 1;
    while (i < words.size() && words.get(i).startsWith("-")) {
      i += GIT_OPTIONS_WITH_VALUE.contains(words.get(i)) ? 2 : 1;
    }
    List<String> out = new ArrayList<>();
    out.add("git");
    out.addAll(words.subList(Math.min(i, words.size()), words.size()));
    return out;
  }

  private static boolean isAssignment(String word) {
    int equals = word.indexOf('=');
    if (equals < 1) {
      return false;
    }
    int end = word.charAt(equals - 1) == '+' ? equals - 1 : equals;
    for (int i = 0; i < end; i++) {
      char c = word.charAt(i);
      if (!(Character.isLetterOrDigit(c) || c == '_' || c == '[' || c == ']')) {
        return false;
      }
    }
    return end > 0;
  }

  /** One pass over the characters. */
  private static final class Cutter {
    final List<Command> commands = new ArrayList<>();
    final StringBuilder word = new StringBuilder();
    final String text;
    final int depth;
    List<String> words = new ArrayList<>();
    List<String> targets = new ArrayList<>();
    boolean inWord;
    boolean isTarget;
    boolean plain = true;
    boolean sound = true;
    boolean needsCommand;
    int i;

    Cutter(String text, int depth) {
      this.text = text;
      this.depth = depth;
    }

    void run() {
      while (i < text.length()) {
        char c = text.charAt(i);
        switch (c) {
          case '\'' -> single();
          case '"' -> doubled();
          case '\\' -> escape();
          case '\n' -> {
            end();
            i++;
          }
          case ';', '|' -> separator(c);
          case '&' -> ampersand();
          case '>', '<' -> redirection();
          case '$' -> dollar();
          case '`' -> substitution(true);
          case '(', ')' -> {
            plain = false;
            end();
            needsCommand = false;
            i++;
          }
          case '#' -> comment();
          case ' ', '\t' -> {
            endWord();
            i++;
          }
          default -> {
            // A pattern may name files but adds no command; braces and tildes change words.
            plain &= c != '{' && c != '}' && c != '~';
            put(c);
            i++;
          }
        }
      }
      end();
      sound &= !needsCommand;
    }

    private void put(char c) {
      word.append(c);
      inWord = true;
    }

    private void endWord() {
      if (inWord) {
        (isTarget ? targets : words).add(word.toString());
        plain &= isTarget || !words.isEmpty() && !KEYWORDS.contains(word.toString());
        isTarget = false;
      }
      word.setLength(0);
      inWord = false;
    }

    private void end() {
      endWord();
      isTarget = false;
      if (!words.isEmpty() || !targets.isEmpty()) {
        commands.add(new Command(words, targets));
        words = new ArrayList<>();
        targets = new ArrayList<>();
        needsCommand = false;
      }
    }

    /** {@code |} and the doubled forms need a command on both sides. */
    private void separator(char c) {
      boolean doubled = i + 1 < text.length() && text.charAt(i + 1) == c;
      boolean joins = c == '|' || c == '&' && doubled;
      int before = commands.size();
      end();
      boolean nothingBefore = commands.size() == before && plain && (commands.isEmpty() || joins);
      sound &= !nothingBefore;
      plain &= !(c == ';' && doubled);
      i += doubled || c == '|' && i + 1 < text.length() && text.charAt(i + 1) == '&' ? 2 : 1;
      needsCommand = joins;
    }

    private void escape() {
      if (i + 1 >= text.length()) {
        sound = false;
      } else if (text.charAt(i + 1) != '\n') {
        put(text.charAt(i + 1));
      }
      i += 2;
    }

    private void comment() {
      if (inWord) {
        put('#');
        i++;
        return;
      }
      while (i < text.length() && text.charAt(i) != '\n') {
        i++;
      }
      plain = false;
    }

    private void dollar() {
      plain = false;
      char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
      if (next == '(') {
        substitution(false);
      } else if (next == '\'') {
        i += 2;
        ansi();
      } else if (next == '"') {
        i++;
      } else {
        put('$');
        i++;
      }
    }

    /** What is inside of {@code $(…)} or backticks runs as commands of their own. */
    private void substitution(boolean backtick) {
      plain = false;
      int start = i + (backtick ? 1 : 2);
      int close = backtick ? closingBacktick(start) : closingParenthesis(start);
      sound &= close < text.length() && depth < MAX_NESTING;
      String inside = text.substring(Math.min(start, text.length()), close);
      if (depth < MAX_NESTING) {
        Cutter inner = new Cutter(backtick ? inside.replace("\\", "") : inside, depth + 1);
        inner.run();
        commands.addAll(inner.commands);
        sound &= inner.sound;
      }
      put('$');
      i = close + 1;
    }

    private int closingBacktick(int start) {
      int at = start;
      while (at < text.length() && text.charAt(at) != '`') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return Math.min(at, text.length());
    }

    private int closingParenthesis(int start) {
      int open = 1;
      boolean quoted = false;
      int at = start;
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == '\\') {
          at++;
        } else if (c == '"') {
          quoted = !quoted;
        } else if (c == '\'' && !quoted) {
          int end = text.indexOf('\'', at + 1);
          at = end < 0 ? text.length() : end;
        } else if (c == '(' && !quoted || c == '(' && text.charAt(at - 1) == '$') {
          open++;
        } else if (c == ')' && (!quoted || open > 1)) {
          open--;
          if (open == 0) {
            return at;
          }
        }
        at++;
      }
      return text.length();
    }

    private void single() {
      int close = text.indexOf('\'', i + 1);
      sound &= close >= 0;
      word.append(text, i + 1, close < 0 ? text.length() : close);
      inWord = true;
      i = close < 0 ? text.length() : close + 1;
    }

    private void doubled() {
      inWord = true;
      i++;
      while (i < text.length() && text.charAt(i) != '"') {
        char c = text.charAt(i);
        char next = i + 1 < text.length() ? text.charAt(i + 1) : ' ';
        if (c == '$' || c == '`') {
          plain = false;
          if (c == '`' || next == '(') {
            substitution(c == '`');
            continue;
          }
        } else if (c == '\\' && (next == '"' || next == '\\' || next == '$' || next == '`')) {
          put(next);
          i += 2;
          continue;
        } else if (c == '\\' && next == '\n') {
          i += 2;
          continue;
        }
        put(c);
        i++;
      }
      sound &= i < text.length();
      i++;
    }

    /** The inside of {@code $'…'} with its escapes. */
    private void ansi() {
      inWord = true;
      while (i < text.length() && text.charAt(i) != '\'') {
        char c = text.charAt(i++);
        if (c != '\\' || i >= text.length()) {
          put(c);
          continue;
        }
        char kind = text.charAt(i++);
        switch (kind) {
          case 'n' -> put('\n');
          case 't' -> put('\t');
          case 'x' -> number(16, 2);
          case 'u' -> number(16, 4);
          case 'U' -> number(16, 8);
          case '0', '1', '2', '3', '4', '5', '6', '7' -> {
            i--;
            number(8, 3);
          }
          default -> put(kind);
        }
      }
      sound &= i < text.length();
      i++;
    }

    private void number(int radix, int most) {
      int value = 0;
      int digits = 0;
      while (digits < most
          && i < text.length()
          && Character.digit(text.charAt(i), radix) >= 0
          && value < 0x11000) {
        value = value * radix + Character.digit(text.charAt(i++), radix);
        digits++;
      }
      if (Character.isValidCodePoint(value)) {
        word.appendCodePoint(value);
      }
    }

    private void ampersand() {
      if (i + 1 < text.length() && text.charAt(i + 1) == '>') {
        i++;
        redirection();
      } else {
        separator('&');
      }
    }

    /**
     * {@code >/dev/null}, {@code 2>&1} and their like are harmless; any other redirection reads or
     * writes a file.
     */
    private void redirection() {
      boolean descriptor = inWord && isNumber(word);
      if (descriptor) {
        word.setLength(0);
        inWord = false;
      }
      endWord();
      int at = i;
      while (at < text.length() && "><&|".indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      String operator = text.substring(i, at);
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
      int end = at;
      while (end < text.length() && " \t\n;&|<>()".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      String target = text.substring(at, end);
      boolean writes = operator.equals(">") || operator.equals(">>");
      boolean toDescriptor = operator.equals(">&") && (target.equals("1") || target.equals("2"));
      if (toDescriptor || writes && target.equals("/dev/null")) {
        i = end;
      } else {
        plain = false;
        isTarget = true;
        i = at;
      }
    }

    private static boolean isNumber(CharSequence word) {
      for (int k = 0; k < word.length(); k++) {
        if (word.charAt(k) < '0' || word.charAt(k) > '9') {
          return false;
        }
      }
      return true;
    }
  }
}
