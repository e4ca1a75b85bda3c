package dev.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.mode.replay.Reply;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session without hooks pays for them. */
class NoHooksTest {
  private @TempDir Path temp;

  /** Run in a class loader of its own: a session without hooks and one with. */
  public static final class Session {
    private Session() {}

    /** Runs one prompt with these settings. */
    public static void run(Path temp, String settings) throws Exception {
      try (RunFixture run = new RunFixture(temp)) {
        run.settings(settings);
        run.server.reply(Reply.text("ok"));
        if (run.agent("-p", "hi") != 0) {
          throw new AssertionError(run.stderr());
        }
      }
    }
  }

  /** Loads our classes anew and keeps their names. */
  private static final class Watching extends URLClassLoader {
    private final List<String> loaded = new CopyOnWriteArrayList<>();

    Watching() throws MalformedURLException {
      super(urls(), NoHooksTest.class.getClassLoader());
    }

    private static URL[] urls() throws MalformedURLException {
      List<URL> urls = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        urls.add(Path.of(entry).toUri().toURL());
      }
      return urls.toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.agent.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known == null) {
          known = findClass(name);
          loaded.add(name);
        }
        return known;
      }
    }

    List<String> run(Path temp, String settings) throws Exception {
      loadClass(Session.class.getName(), true)
          .getMethod("run", Path.class, String.class)
          .invoke(null, temp, settings);
      return loaded.stream().filter(name -> name.startsWith("dev.agent.hook.")).toList();
    }
  }

  @Test
  void withoutHooksNotOneClassOfThemIsLoaded() throws Exception {
    try (Watching classes = new Watching()) {
      assertThat(classes.run(temp, "{\"model\":\"haiku\"}")).isEmpty();
      assertThat(classes.loaded).contains("dev.agent.cli.HookSeams");
    }
    try (Watching classes = new Watching()) {
      String hooks = RunFixture.group("Stop", "", RunFixture.command("true"));
      assertThat(classes.run(temp, hooks)).contains("dev.agent.hook.Hooks");
    }
  }
}
