package dev.agent.mode.interactive;

import dev.agent.command.SessionFacts;
import dev.agent.context.Instructions;
import dev.agent.hook.HookSettings;
import dev.agent.message.Conversation;
import dev.agent.message.Usage;
import dev.agent.model.Catalog;
import dev.agent.model.Ledger;
import dev.agent.model.ModelInfo;
import dev.agent.model.ModelRequest.SystemText;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.settings.Settings;
import dev.agent.tool.Display;
import dev.agent.tool.ToolRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The open session as slash commands see it. */
record OpenSessionFacts(OpenSession open, SessionWatch watch) implements SessionFacts {

  @Override
  public String id() {
    return open.session().parts().id();
  }

  @Override
  public String title() {
    return open.title();
  }

  @Override
  public Settings storedSettings() {
    return open.settings();
  }

  @Override
  public Optional<Path> journal() {
    return open.workplace().journal();
  }

  @Override
  public Instant startedAt() {
    return watch.startedAt();
  }

  @Override
  public int turns() {
    return watch.turns();
  }

  @Override
  public ModelInfo model() {
    return open.model();
  }

  @Override
  public Catalog catalog() {
    return open.workplace().catalog();
  }

  @Override
  public Optional<String> effort() {
    String byDefault = open.model().effort();
    return byDefault.isEmpty() ? Optional.empty() : open.effort().or(() -> Optional.of(byDefault));
  }

  @Override
  public Mode mode() {
    return open.mode().get();
  }

  @Override
  public Policy policy() {
    return open.workplace().policy().get();
  }

  @Override
  public Optional<HookSettings> hooks() {
    return open.workplace().hooks().get();
  }

  @Override
  public Conversation conversation() {
    return open.session().conversation();
  }

  @Override
  public Usage lastUsage() {
    return watch.lastUsage();
  }

  @Override
  public Ledger ledger() {
    return open.session().parts().ledger();
  }

  @Override
  public List<SystemText> systemPrompt() {
    return open.workplace().systemPrompt().get();
  }

  @Override
  public ToolRegistry tools() {
    return open.session().parts().tools();
  }

  @Override
  public List<Instructions.InstructionFile> instructions() {
    return open.workplace().instructions();
  }

  @Override
  public List<Display.Todo> todos() {
    return watch.todos();
  }

  @Override
  public List<Checkpoint> checkpoints() {
    return open.points().stream()
        .map(
            point ->
                new Checkpoint(
                    Integer.toString(point.number()), point.text(), point.changedFiles()))
        .toList();
  }

  @Override
  public List<String> notices() {
    return open.session().parts().notices();
  }

  @Override
  public List<Denial> denials() {
    return watch.denials();
  }
}
