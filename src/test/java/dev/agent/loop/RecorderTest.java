package dev.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.Message;
import dev.agent.model.Ledger;
import dev.agent.session.Entry;
import dev.agent.session.SessionLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RecorderTest {
  /** Tells of its trouble from a thread of its own, as the real one does, before it answers. */
  private static final class FullDisk implements SessionLog {
    private final List<Entry> taken = new ArrayList<>();
    private Consumer<AgentEvent> listener = _ -> {};

    @Override
    public String append(Entry entry) {
      taken.add(entry);
      return "";
    }

    @Override
    public void appendSoon(Entry entry) {
      append(entry);
    }

    @Override
    public boolean appendDurably(Entry entry) {
      append(entry);
      CompletableFuture.runAsync(
              () -> listener.accept(new AgentEvent.Notice(AgentEvent.Level.WARNING, "full")),
              task -> Thread.ofVirtual().start(task))
          .orTimeout(30, TimeUnit.SECONDS)
          .join();
      return false;
    }

    @Override
    public String leaf() {
      return "";
    }

    @Override
    public boolean flush(Duration limit) {
      return appendDurably(new Entry.Title("flushed"));
    }

    @Override
    public void close() {}
  }

  @Test
  void aLogThatTellsOfAFullDiskIsNotKeptWaiting() {
    FullDisk log = new FullDisk();
    Recorder recorder = new Recorder(log, new Ledger());
    log.listener = recorder;

    recorder.accept(new AgentEvent.UserAppended(Message.user("hello"), AgentEvent.Origin.PROMPT));
    recorder.accept(new AgentEvent.TurnFinished(new Outcome.Completed("done", "end_turn")));

    assertThat(log.taken).hasSize(3);
  }
}
