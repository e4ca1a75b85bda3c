package dev.agent.mode.interactive;

import dev.agent.command.SessionControl;
import dev.agent.command.SessionFacts;
import dev.agent.context.Compaction;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What slash commands can do with the session. */
record Control(Controller controller, Worker worker, OpenSession open) implements SessionControl {

  @Override
  public ModelInfo model(String name) {
    return controller.setModel(name);
  }

  @Override
  public void effort(String level) {
    controller.setEffort(level);
  }

  @Override
  public void mode(Mode mode) {
    if (!controller.setMode(mode)) {
      throw new UserError(
          "The mode "
              + mode.wire()
              + " can't be switched to: a session is in it from its start or never.",
          "There are "
              + open.mode().selectable().stream().map(Mode::wire).collect(Collectors.joining(", "))
              + "; or start with --permission-mode "
              + mode.wire()
              + ".");
    }
  }

  @Override
  public void clear() {
    worker.requireRest();
    worker.work().change(Optional.empty(), InteractiveEvent.Why.CLEARED);
  }

  @Override
  public Compacted compact(String focus, Cancellation cancellation) throws InterruptedException {
    worker.requireRest();
    Compaction done =
        worker
            .work()
            .compacted(focus, cancellation)
            .orElseThrow(() -> new UserError("There is too little to make shorter yet.", ""));
    return new Compacted(done.tokensBefore(), done.tokensAfter(), done.summary());
  }

  @Override
  public void rename(String title) {
    controller.rename(title);
  }

  @Override
  public void resume(Path journal) {
    worker.requireRest();
    worker.work().resume(journal.toString());
  }

  @Override
  public TakenBack rewind(SessionFacts.Checkpoint to, Extent extent) {
    worker.requireRest();
    RewindPoint point =
        open.points().stream()
            .filter(it -> Integer.toString(it.number()).equals(to.id()))
            .findFirst()
            .orElseThrow(() -> new UserError("This prompt is gone.", "See /rewind."));
    List<String> said =
        worker
            .work()
            .rewind(
                point,
                switch (extent) {
                  case CONVERSATION -> RewindPoint.Scope.CONVERSATION;
                  case FILES -> RewindPoint.Scope.FILES;
                  case BOTH -> RewindPoint.Scope.BOTH;
                });
    return new TakenBack(extent == Extent.FILES ? "" : point.text(), said);
  }

  @Override
  public void addDirectory(Path directory) {
    worker.requireRest();
    worker.work().addDirectory(directory);
  }

  @Override
  public String set(String key, String value) {
    return open.set(key, value);
  }

  @Override
  public Kept setHere(String key, String value) {
    return open.setHere(key, value);
  }
}
