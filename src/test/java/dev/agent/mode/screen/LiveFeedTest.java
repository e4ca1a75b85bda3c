package dev.agent.mode.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.agent.message.ContentBlock;
import dev.agent.message.Conversation;
import dev.agent.message.Message;
import dev.agent.mode.interactive.InteractiveEvent;
import dev.agent.permission.Mode;
import dev.agent.tui.view.Content;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptFeed;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveFeedTest {
  private static final Instant NOW = Instant.parse("2026-03-01T14:02:00Z");
  private static final Content.Header HEADER =
      new Content.Header("agent", "model-name", "/home/me/proj", List.of());

  private final Transcript transcript = new Transcript();
  private final TextFiles texts = new TextFiles();
  private final TranscriptFeed feed = new TranscriptFeed(transcript, texts, path -> path);
  private final BlockingQueue<Runnable> ui = new LinkedBlockingQueue<>();

  private LiveFeed live(boolean all) {
    return new LiveFeed(
        feed, texts, _ -> HEADER, path -> path, () -> all, new Aside(ui::add, _ -> {}));
  }

  private static Conversation turns(String name, int count) {
    List<Message> messages = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      messages.add(Message.user(name + " question " + i));
      messages.add(Message.assistant(List.of(new ContentBlock.Text(name + " answer " + i))));
    }
    return new Conversation(messages);
  }

  private static InteractiveEvent opened(Conversation conversation) {
    return new InteractiveEvent.SessionOpened(
        new FakeSession(Mode.DEFAULT).with(conversation), InteractiveEvent.Why.RESUMED);
  }

  private String last() {
    return text(transcript.size() - 1);
  }

  private String text(int place) {
    return switch (transcript.at(place).content()) {
      case Content.Prompt(var text, _) -> text.text();
      case Content.Answer(var text, _) -> text.text();
      case Content.Header _ -> "header";
      default -> "";
    };
  }

  private void backgroundIsDone() throws InterruptedException {
    Optional.ofNullable(ui.poll(20, TimeUnit.SECONDS)).orElseThrow().run();
  }

  @Test
  void theEndOfALongSessionIsThereAtOnceAndTheRestComesInFront() throws Exception {
    live(false).accept(opened(turns("one", 500)), NOW);
    assertThat(transcript.size()).isLessThan(200);
    assertThat(last()).isEqualTo("one answer 500");

    backgroundIsDone();

    assertThat(transcript.size()).isEqualTo(1_001);
    assertThat(text(0)).isEqualTo("header");
    assertThat(text(1)).isEqualTo("one question 1");
    assertThat(last()).isEqualTo("one answer 500");
  }

  @Test
  void whoPrintsBlocksHasAllOfThemAtOnce() {
    live(true).accept(opened(turns("one", 500)), NOW);

    assertThat(transcript.size()).isEqualTo(1_001);
    assertThat(text(0)).isEqualTo("header");
  }

  @Test
  void whatComesLateForAnEarlierSessionIsThrownAway() throws Exception {
    LiveFeed live = live(false);
    live.accept(opened(turns("one", 500)), NOW);
    live.accept(opened(turns("two", 3)), NOW);
    backgroundIsDone();

    assertThat(transcript.size()).isEqualTo(7);
    assertThat(text(1)).isEqualTo("two question 1");
  }

  @Test
  void thePreviewGivesWayToTheSession() {
    LiveFeed live = live(false);
    live.preview(Optional.empty(), turns("one", 2), NOW);
    assertThat(text(0)).isEqualTo("one question 1");
    live.accept(opened(turns("one", 4)), NOW);

    assertThat(transcript.size()).isEqualTo(9);
    assertThat(text(0)).isEqualTo("header");
    assertThat(last()).isEqualTo("one answer 4");
  }

  @Test
  void aNoteIsShownWithTheFileItStandsIn() {
    live(false).accept(new InteractiveEvent.Remembered("use tabs", Path.of("/p/AGENTS.md")), NOW);

    assertThat(transcript.at(transcript.size() - 1).content())
        .isEqualTo(new Content.Memory("use tabs", "/p/AGENTS.md"));
  }

  @Test
  void anAnswerAsideIsABlockOfItsOwn() {
    live(false).accept(new InteractiveEvent.Aside("why?", "Because."), NOW);

    assertThat(transcript.at(transcript.size() - 1).content())
        .isInstanceOfSatisfying(
            Content.Aside.class,
            it -> {
              assertThat(it.question()).isEqualTo("why?");
              assertThat(it.answer().text()).isEqualTo("Because.");
            });
  }
}
