package dev.agent.mode.print;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agent.json.Json;
import dev.agent.loop.AgentEvent;
import dev.agent.loop.Outcome;
import dev.agent.loop.Step;
import dev.agent.message.ContentBlock;
import dev.agent.message.MessageJson;
import dev.agent.message.Usage;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Runs prompts without a terminal: one from the command line and standard input, or one after
 * another from JSON lines.
 */
public final class PrintMode {
  private static final long STDIN_WAIT_MILLIS = 3_000;
  private static final int MAX_STDIN = 10 * 1024 * 1024;

  private final Launch launch;
  private final AgentSession session;
  private final Cancellation cancellation;
  private final Lines out;
  private final Lines err;
  private final Output output;
  private final Tally tally = new Tally();

  /**
   * @param cancellation stops the run; cancelled here when the reader of standard output goes away
   */
  public PrintMode(Launch launch, AgentSession session, Cancellation cancellation) {
    this.launch = launch;
    this.session = session;
    this.cancellation = cancellation;
    this.out =
        new Lines(
            launch.world().out(),
            launch.world().outputIsTerminal(),
            () -> cancellation.cancel(Cancellation.Reason.SHUTDOWN));
    this.err = new Lines(launch.world().err(), true, () -> {});
    this.output =
        switch (launch.output()) {
          case TEXT -> new TextOutput(out, err, launch.verbose());
          case JSON -> new JsonOutput(out, session, launch);
          case STREAM_JSON ->
              new StreamJsonOutput(node -> out.print(Json.write(node)), session, launch);
        };
    session.parts().events().listen(output);
    session.parts().events().listen(tally);
  }

  /** What a turn's events add up to. */
  private static final class Tally implements Consumer<AgentEvent> {
    private final List<AgentEvent.ToolDenied> denials = new ArrayList<>();
    private Usage usage = Usage.ZERO;
    private long requestStarted;
    private long apiNanos;
    private int requests;

    @Override
    public synchronized void accept(AgentEvent event) {
      switch (event) {
        case AgentEvent.RequestStarted _ -> {
          requestStarted = System.nanoTime();
          requests++;
        }
        case AgentEvent.MessageCompleted(var reply, _) -> {
          usage = usage.plus(reply.usage());
          apiNanos += System.nanoTime() - requestStarted;
        }
        case AgentEvent.ToolDenied denied -> denials.add(denied);
        default -> {}
      }
    }

    synchronized void reset() {
      denials.clear();
      usage = Usage.ZERO;
      apiNanos = 0;
      requests = 0;
    }
  }

  /** Runs to the end; the exit code. */
  public int run() {
    for (String notice : session.parts().notices()) {
      err.print(notice);
    }
    int code = launch.streamInput() ? stream() : turn(prompt());
    return out.isBroken() ? ExitCode.BROKEN_PIPE : code;
  }

  private List<ContentBlock> prompt() {
    String given = launch.prompt().orElse("");
    String piped =
        launch.world().interactive() ? "" : given.isBlank() ? readAll() : readIfAnyoneWrites();
    String text = given.isBlank() ? piped : piped.isBlank() ? given : given + "\n" + piped;
    if (text.isBlank()) {
      throw new UserError(
          "Input must be provided either through standard input or as a prompt argument when using"
              + " --print.",
          "Write: agent -p \"what to do\". A list option such as --allowedTools takes all words"
              + " behind it; put the prompt in front of it.");
    }
    return MessageJson.text(text);
  }

  /**
   * Standard input beside a prompt. Whoever left a pipe open without writing to it must not be
   * waited for.
   */
  private String readIfAnyoneWrites() {
    CompletableFuture<String> text = new CompletableFuture<>();
    AtomicBoolean begun = new AtomicBoolean();
    Thread.ofPlatform()
        .daemon()
        .name("stdin")
        .start(
            () -> {
              try {
                PushbackInputStream in = new PushbackInputStream(launch.world().in());
                int first = in.read();
                begun.set(first >= 0);
                if (first >= 0) {
                  in.unread(first);
                }
                text.complete(first < 0 ? "" : read(in));
              } catch (IOException | RuntimeException e) {
                text.completeExceptionally(e);
              }
            });
    try {
      return text.get(STDIN_WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (begun.get()) {
        return text.join();
      }
      err.print("Standard input is open but nobody writes to it; going on without it.");
      return "";
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UserError error) {
        throw error;
      }
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private String readAll() {
    try {
      return read(launch.world().in());
    } catch (IOException e) {
      return "";
    }
  }

  private static String read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_STDIN + 1);
    if (bytes.length > MAX_STDIN) {
      throw new UserError(
          "Standard input is larger than 10 MB.",
          "Put it into a file and name the file in the prompt.");
    }
    return new String(bytes, StandardCharsets.UTF_8).stripTrailing();
  }

  private int turn(List<ContentBlock> content) {
    tally.reset();
    output.begin();
    long began = System.nanoTime();
    Step.Stop stop = session.prompt(content, cancellation.child());
    TurnResult result = result(stop, (System.nanoTime() - began) / 1_000_000);
    output.result(result);
    if (launch.output() == Launch.OutputFormat.TEXT && launch.verbose()) {
      err.print(CostLine.of(result));
    }
    return result.isError() ? ExitCode.FAILURE : ExitCode.OK;
  }

  private TurnResult result(Step.Stop stop, long millis) {
    synchronized (tally) {
      String text = stop.outcome() instanceof Outcome.Completed(String answer, _) ? answer : "";
      return new TurnResult(
          stop.outcome(),
          text,
          millis,
          tally.apiNanos / 1_000_000,
          stop.outcome() instanceof Outcome.MaxTurns
                  || stop.outcome() instanceof Outcome.Interrupted
              ? tally.requests + 1
              : tally.requests,
          tally.usage,
          session.parts().ledger(),
          List.copyOf(tally.denials),
          session.parts().structured().flatMap(it -> it.answer()),
          session.parts().id(),
          launch.world().ids().next());
    }
  }

  /** One prompt a line; the end of the input ends the session. */
  private int stream() {
    int code = ExitCode.OK;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(launch.world().in(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine();
          line != null && !cancellation.isCancelled();
          line = lines.readLine()) {
        if (!line.isBlank()) {
          code = Math.max(code, one(line));
        }
      }
    } catch (IOException e) {
      throw new UserError("Standard input broke off (" + e.getMessage() + ").", "");
    }
    return code;
  }

  private int one(String line) {
    JsonNode node;
    try {
      node = Json.parse(line);
    } catch (JsonProcessingException e) {
      throw new UserError(
          "A line of the input is no JSON (" + e.getOriginalMessage() + ").",
          "With --input-format stream-json each line must be a message object.");
    }
    String type = node.path("type").asText("");
    switch (type) {
      case "user" -> {
        try {
          return turn(MessageJson.readContent(node.path("message").path("content")));
        } catch (IllegalArgumentException e) {
          throw new UserError(
              "A user message of the input can't be read: " + e.getMessage() + ".",
              "Write {\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"…\"}}.");
        }
      }
      case "control_request" -> {
        var response = Json.object().put("type", "control_response");
        response
            .putObject("response")
            .put("subtype", "error")
            .put("request_id", node.path("request_id").asText(""))
            .put(
                "error",
                "control request \""
                    + node.path("request").path("subtype").asText("")
                    + "\" is not supported");
        out.print(Json.write(response));
        return ExitCode.OK;
      }
      case "keep_alive", "control_response", "control_cancel_request" -> {
        return ExitCode.OK;
      }
      default ->
          throw new UserError(
              "The input holds a message of the unknown type \"" + type + "\".",
              "Known are \"user\" and \"keep_alive\".");
    }
  }
}
