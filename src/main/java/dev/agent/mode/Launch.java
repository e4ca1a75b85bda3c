package dev.agent.mode;

import dev.agent.runtime.Ids;
import dev.agent.settings.Places;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command line asked for, as plain data, and the world that it runs in.
 *
 * @param hookEvents streamed output also tells of each hook that begins and ends
 * @param tools the only tools to offer; empty = all
 * @param resume a session's id, its beginning or its file; present and blank = the person should
 *     choose
 * @param readOnly nothing of the workspace may be changed, by no tool and no command
 * @param surface how an interactive session is drawn; empty = as environment and settings say
 */
public record Launch(
    World world,
    boolean print,
    Optional<String> prompt,
    OutputFormat output,
    boolean streamInput,
    boolean partialMessages,
    boolean hookEvents,
    boolean verbose,
    boolean debug,
    Optional<String> model,
    Optional<String> fallbackModel,
    Optional<String> effort,
    int maxTurns,
    Optional<BigDecimal> maxBudget,
    Optional<String> systemPrompt,
    Optional<String> appendSystemPrompt,
    List<String> addDirectories,
    Optional<String> permissionMode,
    List<String> allowedTools,
    List<String> disallowedTools,
    Optional<List<String>> tools,
    Optional<String> settings,
    Optional<String> settingSources,
    Optional<String> jsonSchema,
    boolean continueLatest,
    Optional<String> resume,
    boolean fork,
    Optional<String> sessionId,
    boolean persist,
    Optional<String> record,
    boolean replayUserMessages,
    boolean readOnly,
    Optional<String> surface) {

  /**
   * The same run with another session and without a prompt.
   *
   * @param session the id of the one to go on with; empty = a new one
   * @param mode the permission mode to begin in
   */
  public Launch forSession(
      Optional<String> session, String modelId, Optional<String> level, String mode) {
    return with(
        new Course(
            Optional.empty(),
            Optional.of(modelId),
            level.or(() -> effort),
            addDirectories,
            Optional.of(mode),
            false,
            session,
            false,
            Optional.empty()));
  }

  /** The same with a further directory of the workspace. */
  public Launch withDirectory(Path directory) {
    List<String> all = new ArrayList<>(addDirectories);
    all.add(directory.toString());
    return with(course(all, continueLatest, resume));
  }

  /** The same run with a session that was chosen meanwhile. */
  public Launch resuming(String session) {
    return with(course(addDirectories, false, Optional.of(session)));
  }

  /** What may be another one when a run goes on; all else stays as the command line said. */
  private record Course(
      Optional<String> prompt,
      Optional<String> model,
      Optional<String> effort,
      List<String> addDirectories,
      Optional<String> permissionMode,
      boolean continueLatest,
      Optional<String> resume,
      boolean fork,
      Optional<String> sessionId) {}

  private Course course(List<String> directories, boolean latest, Optional<String> session) {
    return new Course(
        prompt, model, effort, directories, permissionMode, latest, session, fork, sessionId);
  }

  private Launch with(Course course) {
    return new Launch(
        world,
        print,
        course.prompt(),
        output,
        streamInput,
        partialMessages,
        hookEvents,
        verbose,
        debug,
        course.model(),
        fallbackModel,
        course.effort(),
        maxTurns,
        maxBudget,
        systemPrompt,
        appendSystemPrompt,
        List.copyOf(course.addDirectories()),
        course.permissionMode(),
        allowedTools,
        disallowedTools,
        tools,
        settings,
        settingSources,
        jsonSchema,
        course.continueLatest(),
        course.resume(),
        course.fork(),
        course.sessionId(),
        persist,
        record,
        replayUserMessages,
        readOnly,
        surface);
  }

  /** What the answer looks like on standard output. */
  public enum OutputFormat {
    /** The final text. */
    TEXT,
    /** One JSON object at the end. */
    JSON,
    /** One JSON object a line, as things happen. */
    STREAM_JSON
  }

  /**
   * The world around the process; tests hand in their own.
   *
   * @param out only for the answer
   * @param err for everything meant for people besides
   * @param interactive whether standard input is a terminal
   * @param outputIsTerminal whether standard output is one
   * @param places where settings and sessions live, the administrator's among them
   */
  public record World(
      Map<String, String> environment,
      Path cwd,
      InputStream in,
      OutputStream out,
      OutputStream err,
      boolean interactive,
      boolean outputIsTerminal,
      InstantSource time,
      Ids ids,
      String version,
      String userName,
      String platform,
      Places places) {

    /** A world whose standard output is no terminal. */
    public World(
        Map<String, String> environment,
        Path cwd,
        InputStream in,
        OutputStream out,
        OutputStream err,
        boolean interactive,
        InstantSource time,
        Ids ids,
        String version,
        String userName,
        String platform,
        Places places) {
      this(
          environment,
          cwd,
          in,
          out,
          err,
          interactive,
          false,
          time,
          ids,
          version,
          userName,
          platform,
          places);
    }
  }
}
