package dev.agent.shell;

/** What an operand, or the value of an option, means to its command. */
enum Role {
  /** Plain text without effect. */
  TEXT,
  /** A number, with a unit or as a range or list. */
  NUM("[+-]?[0-9][0-9A-Za-z.,:%+-]*"),
  /** A plain name: of a program, variable, user or package. */
  NAME("[A-Za-z0-9_][A-Za-z0-9_.+@:-]*"),
  /** The key of a setting of git: with a dot, unlike the names of subcommands. */
  KEY("[A-Za-z0-9-]+(\\.[A-Za-z0-9./:_-]+)+"),
  /** The name of a shell variable. */
  VARIABLE("[A-Za-z_][A-Za-z0-9_]*"),
  /** A path that is read. */
  READ,
  /** A directory that becomes the place of what follows. */
  DIR,
  /** A path that is written, which needs no proof of what was in it before. */
  WRITE,
  /** A path whose content is removed or changed as a whole. */
  GONE,
  /** A file that names further files: what is read is not known. */
  LIST,
  /** A file with a program: what it does is not known. */
  CODE,
  /** A command and its arguments: all further words. */
  CMD,
  /** A command and its arguments up to {@code ;} or <code>{} +</code>. */
  EXEC,
  /** A text for a shell. */
  SHELL,
  /** A variable for a started command, {@code NAME=value}. */
  ASSIGN,
  /** A host, address or URL that is contacted. */
  HOST,
  /** The end of a file name: no separator, no wildcard. */
  SUFFIX("[^/*]*"),
  /** An output format that begins with a plus sign, as {@code date} has it. */
  PLUS("\\+.*"),
  /** What {@code ps} takes without a dash: letters except those that show environments, or ids. */
  PS("[aduxlvjfwTrLmhncS]+|[0-9]+"),
  /**
   * A user for {@code ps}. When there is no such user, some take the letters for options without a
   * dash, among which "e" shows environments.
   */
  PSUSER("[^eE]*"),
  /** {@code if=FILE}, {@code of=FILE} and the other words of {@code dd}. */
  DD,
  /** Words of {@code test}. */
  TEST,
  /** A git revision, or a path, or both with a colon between. */
  REV,
  /** An output format of git; some placeholders start the signature program. */
  GITFORMAT,
  /** A setting for one call of git, {@code key=value}; few keys start nothing. */
  GITCONFIG(
      "(?i)core\\.pager=(cat)?|(color\\.[a-z.]+|core\\.(quotepath|abbrev)|log\\.date|diff\\.renames|diff\\.algorithm|advice\\.[a-z]+)=[A-Za-z0-9]*"),
  /** Another directory whose configuration is obeyed. */
  ELSEWHERE,
  /** A program for {@code sed}. */
  SED,
  /** A program for {@code awk}. */
  AWK,
  /** A program for {@code jq}. */
  JQ;

  private final String form;

  Role() {
    this("");
  }

  Role(String form) {
    this.form = form;
  }

  boolean accepts(String text) {
    return form.isEmpty() || text.matches(form);
  }

  boolean isPath() {
    return this == READ || this == WRITE || this == GONE || this == DIR || this == REV;
  }
}
