package dev.agent.mode.screen;

import dev.agent.tool.ToolException;
import dev.agent.tools.file.InlinePicture;
import dev.agent.tui.UiLoop;
import dev.agent.tui.view.TranscriptView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does what hands ask for: lets editors have the terminal, copies, takes pictures. UI thread only,
 * but for {@link #copied}.
 */
final class Errands implements Chores {
  private final Services services;
  private final Desk desk;
  private final UiLoop loop;
  private final Announcements announcements;
  private final TerminalLoan loan;
  private final Own own;

  /** What the screen does itself. */
  interface Own {
    /** Runs a line that begins with a slash. */
    void command(String line);

    /** Tells the terminal something with the next frame. */
    void tell(String sequence);

    /** Writes a transcript to the terminal as it is now. */
    void print(TranscriptView view);

    /** Shows the list of things to do, or hides it. */
    void toggleTodos();

    /** Shows the prompts to go back to. */
    void rewind();

    /** Draws everything anew. */
    void redraw();

    /** Gives the terminal back and stops. */
    void suspend();
  }

  Errands(
      Services services,
      Desk desk,
      UiLoop loop,
      Announcements announcements,
      TerminalLoan loan,
      Own own) {
    this.services = services;
    this.desk = desk;
    this.loop = loop;
    this.announcements = announcements;
    this.loan = loan;
    this.own = own;
  }

  @Override
  public Optional<String> editText(String text, String suffix) {
    Optional<ExternalEditor.Edited> edited = lend(() -> services.editor().edit(text, suffix));
    return switch (edited.orElseGet(ExternalEditor.Edited.Unchanged::new)) {
      case ExternalEditor.Edited.Changed(String now) -> Optional.of(now);
      case ExternalEditor.Edited.Unchanged _ -> Optional.empty();
      case ExternalEditor.Edited.Failed(String why) -> {
        desk.flash(why);
        yield Optional.empty();
      }
    };
  }

  /** Lets the person edit a file. */
  void editFile(Path file) {
    lend(() -> services.editor().open(file)).flatMap(fault -> fault).ifPresent(desk::flash);
  }

  /** Lets a program have the terminal; empty when we are asked to end meanwhile. */
  private <T> Optional<T> lend(TerminalLoan.Use<T> use) {
    try {
      return Optional.of(loan.lend(announcements.give(), use));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Copies a text for any thread, and says what was done. */
  String copied(String text) {
    return copied(text, sequence -> loop.post(() -> own.tell(sequence)));
  }

  private String copied(String text, Consumer<String> sequence) {
    return services.copy(text, sequence, fault -> loop.post(() -> desk.flash(fault)));
  }

  @Override
  public void copy(String text) {
    desk.flash(copied(text, own::tell));
  }

  @Override
  public void browse(String address) {
    if (services.browse(address, fault -> loop.post(() -> desk.flash(fault)))) {
      desk.flash("opens " + address);
    } else {
      // No browser can be reached from here, but the person's own clipboard can.
      copied(address, own::tell);
      desk.flash("copied " + address);
    }
  }

  @Override
  public void copySelection() {
    desk.selection().ifPresent(it -> copy(it.text(desk.window())));
    desk.select(Optional.empty());
  }

  @Override
  public void selected() {
    if (Preferences.copyOnSelect(services.settings())) {
      desk.selection().ifPresent(it -> copy(it.text(desk.window())));
    } else {
      desk.flash("ctrl+c copies · " + services.bypass() + "+drag selects with the terminal");
    }
  }

  @Override
  public void pasteImage() {
    services.takePicture(taken -> loop.post(() -> pasted(taken)));
  }

  private void pasted(PictureSource.Taken taken) {
    switch (taken) {
      case PictureSource.Taken.Picture(InlinePicture picture) ->
          desk.composer().image(picture.mediaType(), picture.base64());
      case PictureSource.Taken.Nothing(String why) -> desk.flash(why);
    }
    loop.changed();
  }

  @Override
  public boolean pastedPicture(String text) {
    List<InlinePicture> pictures = new ArrayList<>();
    for (Path file : services.droppedPictures(text)) {
      try {
        pictures.add(InlinePicture.read(file));
      } catch (IOException | ToolException e) {
        desk.flash(String.valueOf(e.getMessage()));
        return false;
      }
    }
    pictures.forEach(it -> desk.composer().image(it.mediaType(), it.base64()));
    return !pictures.isEmpty();
  }

  @Override
  public void print(TranscriptView view) {
    try {
      loan.show(announcements.give(), () -> own.print(view));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void command(String line) {
    own.command(line);
  }

  @Override
  public void toggleTodos() {
    own.toggleTodos();
  }

  @Override
  public void rewind() {
    own.rewind();
  }

  @Override
  public void redraw() {
    own.redraw();
  }

  @Override
  public void suspend() {
    own.suspend();
  }
}
