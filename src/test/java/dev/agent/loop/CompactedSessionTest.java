package dev.agent.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.message.Usage;
import dev.agent.model.Ledger;
import dev.agent.model.ModelReply;
import dev.agent.session.EffectProbe;
import dev.agent.session.Entry;
import dev.agent.session.LoadedSession;
import dev.agent.session.SessionLoader;
import dev.agent.session.SessionLog;
import dev.agent.session.Sessions;
import dev.agent.testing.FakeClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactedSessionTest {
  private static final String ID = "11111111-2222-4333-8444-555555555555";

  @TempDir private Path temp;

  private static Message says(String text) {
    return Message.assistant(List.of(new ContentBlock.Text(text)));
  }

  private static AgentEvent answered(String id, String text) {
    return new AgentEvent.MessageCompleted(
        new ModelReply(id, "m", says(text), "end_turn", Usage.ZERO, Map.of(), ""),
        Optional.empty());
  }

  private static AgentEvent prompted(String text) {
    return new AgentEvent.UserAppended(Message.user(text), AgentEvent.Origin.PROMPT);
  }

  @Test
  void aCompactedConversationComesBackAsItWas() throws Exception {
    AtomicInteger ids = new AtomicInteger();
    Sessions sessions =
        new Sessions(
            temp, () -> "id-" + ids.incrementAndGet(), new FakeClock(), List.of(), _ -> {});
    SessionLog log = sessions.create(temp, ID);
    log.append(new Entry.Meta(temp.toString(), "1", "m", "", ""));
    Recorder recorder = new Recorder(log, new Ledger());
    Conversation shorter =
        new Conversation(List.of(Message.user("a summary"), says("the latest answer")));

    recorder.accept(prompted("first"));
    recorder.accept(answered("msg_1", "an answer"));
    recorder.accept(prompted("second"));
    recorder.accept(answered("msg_2", "the latest answer"));
    recorder.accept(new AgentEvent.Compacted(shorter, "a summary", "manual", 900, 100));
    recorder.accept(prompted("third"));
    recorder.accept(answered("msg_3", "the third answer"));
    log.flush(Duration.ofSeconds(30));
    log.close();

    LoadedSession loaded = new SessionLoader(EffectProbe.files()).load(sessions.file(temp, ID));
    assertThat(loaded.problems()).isEmpty();
    assertThat(loaded.conversation())
        .isEqualTo(shorter.plus(Message.user("third")).plus(says("the third answer")));
    assertThat(loaded.lines())
        .extracting(line -> line.entry())
        .filteredOn(Entry.CompactBoundary.class::isInstance)
        .singleElement()
        .satisfies(
            entry -> {
              Entry.CompactBoundary boundary = (Entry.CompactBoundary) entry;
              assertThat(boundary.trigger()).isEqualTo("manual");
              assertThat(boundary.tokensBefore()).isEqualTo(900);
            });
  }
}
