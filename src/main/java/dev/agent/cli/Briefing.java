package dev.agent.cli;

import dev.agent.context.GitStatus;
import dev.agent.context.Instructions;
import dev.agent.context.OutputStyle;
import dev.agent.context.OutputStyles;
import dev.agent.context.Surroundings;
import dev.agent.context.SystemPrompt;
import dev.agent.mode.Launch;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest;
import dev.agent.process.Processes;
import dev.agent.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the model is told before the first prompt: the system prompt, and the instructions of person
 * and project. It begins to look around when it is made; whoever asks first waits for that.
 */
final class Briefing {
  private final RunBasis run;
  private final CompletableFuture<Surroundings> surroundings;
  private volatile OutputStyle style = OutputStyle.DEFAULT;

  /** Reads the output style of the settings; what is wrong with it becomes a notice of the run. */
  Briefing(RunBasis run) {
    this.run = run;
    run.notices().addAll(restyle(run.settings()));
    this.surroundings =
        CompletableFuture.supplyAsync(this::look, task -> Thread.ofVirtual().start(task));
  }

  /**
   * From now on the system prompt has the output style of these settings. Belongs to the session's
   * thread.
   *
   * @return what the person should know of it, one sentence each
   */
  List<String> restyle(Settings settings) {
    String wanted = settings.text(OutputStyles.SETTING).orElse(OutputStyle.DEFAULT.name());
    if (OutputStyle.DEFAULT.isNamed(wanted)) {
      style = OutputStyle.DEFAULT; // without a look at any directory
      return List.of();
    }
    OutputStyles known =
        OutputStyles.load(run.places(), run.root(), run.world().cwd(), settings.trusted());
    Optional<OutputStyle> found = known.find(wanted);
    style = found.orElse(OutputStyle.DEFAULT);
    return found.isPresent()
        ? List.of()
        : List.of("outputStyle: " + known.unknown(wanted) + " The default is used.");
  }

  private Surroundings look() {
    Launch.World world = run.world();
    boolean repository = Files.exists(run.root().resolve(".git"));
    String status = repository ? GitStatus.of(run.root(), this::git) : "";
    String date = LocalDate.ofInstant(world.time().instant(), ZoneId.systemDefault()).toString();
    return new Surroundings(
        world.cwd(),
        run.directories().added(),
        world.platform(),
        date,
        run.model().id(),
        repository,
        status);
  }

  private Optional<String> git(List<String> command, Path cwd, Duration limit) {
    try {
      return run.processes()
          .run(command, cwd, limit)
          .filter(output -> output.exitCode() == 0)
          .map(Processes.Output::text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The system prompt for a model. */
  List<ModelRequest.SystemText> system(ModelInfo asked) {
    return SystemPrompt.blocks(
        run.launch().systemPrompt(),
        run.launch().appendSystemPrompt(),
        style,
        surroundings.join().withModel(asked.id()));
  }

  /** The system prompt as it would be sent to the model that a run starts with. */
  String systemPrompt() {
    return SystemPrompt.text(system(run.model()));
  }

  /** The instruction files, as none of them was read yet. */
  Instructions instructions() {
    return new Instructions(
        run.world().cwd(), run.places().home(), run.places().personal(), run.root());
  }

  /** The instructions that count from the beginning, read anew, as the model is told them. */
  String reminder() {
    return reminder(instructions().atStart());
  }

  /** What the model is told of instruction files at the beginning. */
  static String reminder(List<Instructions.InstructionFile> files) {
    return Instructions.reminder(
        files,
        "These are the instructions of the user and the project for this work. Follow them"
            + " where they apply.");
  }
}
