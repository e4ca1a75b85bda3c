package dev.agent.cli;

import dev.agent.loop.AgentEvent;
import dev.agent.mode.Launch;
import dev.agent.mode.interactive.Controller;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.mode.interactive.Question;
import dev.agent.mode.interactive.Reply;
import dev.agent.mode.interactive.Surfaces;
import dev.agent.runtime.Cancellation;
import dev.agent.session.PromptHistory;
import dev.agent.settings.Places;
import dev.agent.testing.ModelServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import picocli.CommandLine;

/** An interactive session without a surface: real wiring, loop and tools, a server on loopback. */
final class InteractiveFixture implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  final ModelServer server = ModelServer.start();
  final Path project;
  final Path home;
  final Map<String, String> environment = new HashMap<>();
  private final List<Controller> controllers = new ArrayList<>();

  InteractiveFixture(Path temp) throws IOException {
    project = Files.createDirectories(temp.toRealPath().resolve("project"));
    home = Files.createDirectories(temp.resolve("home"));
    environment.put("HOME", home.toString());
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("ANTHROPIC_BASE_URL", server.url());
    environment.put("ANTHROPIC_API_KEY", "sk-test-canary-0123456789");
  }

  Launch.World world() {
    return new Launch.World(
        Map.copyOf(environment),
        project,
        InputStream.nullInputStream(),
        new ByteArrayOutputStream(),
        new ByteArrayOutputStream(),
        true,
        InstantSource.system(),
        () -> UUID.randomUUID().toString(),
        "1.2.3",
        "tester",
        "linux",
        Places.of(environment, "linux").withManaged(List.of()));
  }

  Launch launch(String... options) {
    return Options.launch(new CommandLine(AgentCommand.spec()).parseArgs(options), world());
  }

  /** A session that has begun to open, with everything that it tells. */
  Talk start(String... options) {
    return start(Cancellation.root(), options);
  }

  Talk start(Cancellation life, String... options) {
    Launch launch = launch(options);
    Controller controller =
        new Controller(
            new InteractiveHost(launch),
            launch,
            new PromptHistory(launch.world().places().data(), launch.world().time()),
            new Surfaces(Map.of(), () -> {}),
            life);
    controllers.add(controller);
    Talk talk = new Talk(controller);
    controller.listen(talk.events::add);
    controller.start();
    return talk;
  }

  /** A session and what it told, in order. */
  static final class Talk {
    final Controller controller;
    private final BlockingQueue<InteractiveEvent> events = new LinkedBlockingQueue<>();
    final List<InteractiveEvent> seen = new ArrayList<>();

    Talk(Controller controller) {
      this.controller = controller;
    }

    /** The next event that fits; those before it are passed over. */
    <T extends InteractiveEvent> T await(Class<T> type, Predicate<T> fits)
        throws InterruptedException {
      while (true) {
        InteractiveEvent event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (event == null) {
          throw new AssertionError("no " + type.getSimpleName() + " came; so far: " + seen);
        }
        seen.add(event);
        if (type.isInstance(event) && fits.test(type.cast(event))) {
          return type.cast(event);
        }
      }
    }

    <T extends InteractiveEvent> T await(Class<T> type) throws InterruptedException {
      return await(type, _ -> true);
    }

    <T extends Question> T question(Class<T> type) throws InterruptedException {
      return type.cast(
          await(InteractiveEvent.QuestionAsked.class, it -> type.isInstance(it.question()))
              .question());
    }

    void answer(Question question, Reply reply) {
      controller.answer(question, reply);
    }

    void atRest() throws InterruptedException {
      await(InteractiveEvent.AtRest.class);
    }

    String told() throws InterruptedException {
      return await(InteractiveEvent.Told.class).text();
    }

    /** A call has begun to run. */
    void running() throws InterruptedException {
      await(InteractiveEvent.Agent.class, it -> it.event() instanceof AgentEvent.ToolStarted);
    }
  }

  @Override
  public void close() {
    controllers.forEach(Controller::close);
    server.close();
  }
}
