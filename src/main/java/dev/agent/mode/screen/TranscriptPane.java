package dev.agent.mode.screen;

import dev.agent.tui.cell.Row;
import dev.agent.tui.view.Block;
import dev.agent.tui.view.BlockRenderer;
import dev.agent.tui.view.ScreenView;
import dev.agent.tui.view.Transcript;
import dev.agent.tui.view.TranscriptSelection;
import dev.agent.tui.view.TranscriptView;
import dev.agent.tui.view.VirtualTranscript;
import java.util.List;
import java.util.Optional;

/**
 * The transcript as it is looked at: through the window among the other parts of the screen or, on
 * demand, alone with everything unfolded; how it looks there, and what is selected in it. UI thread
 * only.
 */
final class TranscriptPane {
  private final Transcript transcript;
  private Appearance appearance;
  private BlockRenderer printer;
  private VirtualTranscript window;
  private ScreenView view;
  private Optional<TranscriptView> whole = Optional.empty();
  private Optional<TranscriptSelection> selection = Optional.empty();

  TranscriptPane(Transcript transcript, Appearance appearance) {
    this.transcript = transcript;
    this.appearance = appearance;
    this.printer = renderer();
    this.window = new VirtualTranscript(transcript, renderer());
    this.view = new ScreenView(appearance.look(), window);
  }

  private BlockRenderer renderer() {
    return new BlockRenderer(appearance.look(), appearance.body());
  }

  Appearance appearance() {
    return appearance;
  }

  /** Looks different from now on; what was scrolled to is at its end again. */
  void appearance(Appearance newAppearance) {
    appearance = newAppearance;
    printer = renderer();
    transcript.forget(window);
    window = new VirtualTranscript(transcript, renderer());
    view = new ScreenView(appearance.look(), window);
    if (whole.isPresent()) {
      closeWhole();
      openWhole();
    }
  }

  /** The window that is seen. */
  VirtualTranscript window() {
    return whole.map(TranscriptView::window).orElse(window);
  }

  /** Shows the end from now on, also behind what is shown alone. */
  void toBottom() {
    window.toBottom();
  }

  /** The screen with the window in it. */
  ScreenView view() {
    return view;
  }

  /** The transcript alone; empty while other parts of the screen stand beside it. */
  Optional<TranscriptView> whole() {
    return whole;
  }

  void openWhole() {
    whole = Optional.of(new TranscriptView(transcript, appearance.look(), appearance.body()));
    selection = Optional.empty();
  }

  void closeWhole() {
    whole.ifPresent(TranscriptView::close);
    whole = Optional.empty();
    selection = Optional.empty();
  }

  /** What is selected; empty when nothing is. */
  Optional<TranscriptSelection> selection() {
    return selection;
  }

  void select(Optional<TranscriptSelection> selected) {
    selection = selected;
  }

  /** A block as it is printed. */
  List<Row> rows(Block block, int width) {
    return printer.rows(block, width);
  }
}
