package dev.agent.tui.view;

import dev.agent.text.Clip;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The block of the command that the person runs at the moment. Owned by the UI thread. */
final class ShellBlock {
  private static final int MAX_PROGRESS = 400;

  private final Transcript transcript;
  private Optional<Long> id = Optional.empty();

  ShellBlock(Transcript transcript) {
    this.transcript = transcript;
  }

  void start(String command, Instant at) {
    Content.Shell shell =
        new Content.Shell(
            command,
            Content.State.RUNNING,
            at.getEpochSecond(),
            Duration.ZERO,
            "",
            Content.Result.NONE);
    id = Optional.of(transcript.add(shell, at, ""));
  }

  void output(String more) {
    lastLine(more)
        .ifPresent(
            line ->
                change(
                    it ->
                        new Content.Shell(
                            it.command(),
                            it.state(),
                            it.startedAt(),
                            it.elapsed(),
                            line,
                            it.result())));
  }

  void end(Content.State state, Content.Result result) {
    change(it -> new Content.Shell(it.command(), state, it.startedAt(), it.elapsed(), "", result));
    id = Optional.empty();
  }

  /** Moves its clock on; whether that is to be seen. */
  boolean tick(Instant now) {
    return change(
        it ->
            new Content.Shell(
                it.command(),
                it.state(),
                it.startedAt(),
                Duration.ofSeconds(now.getEpochSecond() - it.startedAt()),
                it.progress(),
                it.result()));
  }

  /** Where it stands; -1 while none runs. */
  int place() {
    return id.map(transcript::placeOf).orElse(-1);
  }

  void reset() {
    id = Optional.empty();
  }

  private boolean change(UnaryOperator<Content.Shell> change) {
    Optional<Block> block = id.flatMap(transcript::find);
    if (block.isEmpty() || !(block.get().content() instanceof Content.Shell shell)) {
      return false;
    }
    Content.Shell now = change.apply(shell);
    transcript.replace(block.get().id(), now);
    return !now.equals(shell);
  }

  /** The last line of some output that says anything. */
  static Optional<String> lastLine(String output) {
    String last = output.strip();
    last = last.substring(last.lastIndexOf('\n') + 1);
    return last.isBlank() ? Optional.empty() : Optional.of(Clip.head(last, MAX_PROGRESS));
  }
}
