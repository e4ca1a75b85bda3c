package dev.agent.tui.dialog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.agent.json.Json;
import dev.agent.settings.Setting;
import dev.agent.settings.Source;
import dev.agent.tui.cell.Span;
import dev.agent.tui.input.Action;
import dev.agent.tui.theme.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings: find one by typing, see where its value comes from, change it. */
public final class SettingsDialog implements Dialog<SettingChange> {
  private static final Step<SettingChange> OPEN = new Step.Open<>();
  private static final List<Source> TARGETS = List.of(Source.USER, Source.PROJECT, Source.LOCAL);
  private static final int DETAIL_ROWS = 5;

  private final ListView<String> list;
  private final Field search = Field.line("type to search");
  private final Field edit = Field.line("a new value");
  private final Scroll scroll = new Scroll();
  private List<SettingItem> items;
  private Source target = Source.USER;
  private String message = "";
  private boolean editing;
  private boolean explained;

  public SettingsDialog(List<SettingItem> items) {
    this.items = List.copyOf(items);
    this.list = new ListView<>(entries(items), "<<<");
  }

  /**
   * Shows what came of a change.
   *
   * @param newMessage what the person should know; empty = nothing
   */
  public void refresh(List<SettingItem> newItems, String newMessage) {
    items = List.copyOf(newItems);
    list.entries(entries(newItems));
    message = newMessage;
  }

  /** Says something; the settings are as they were. */
  public void tell(String newMessage) {
    message = newMessage;
  }

  private static List<Entry<String>> entries(List<SettingItem> items) {
    List<Entry<String>> entries = new ArrayList<>();
    for (SettingItem it : items) {
      entries.add(
          new Entry<>(
              it.setting().key(),
              List.of(it.setting().key(), Text.head(Text.shown(it.shown()), 28), it.source()),
              it.setting().description()));
    }
    return entries;
  }

  private Optional<SettingItem> selected() {
    return list.selected()
        .flatMap(key -> items.stream().filter(it -> it.setting().key().equals(key)).findFirst());
  }

  @Override
  public Picture draw(Canvas canvas) {
    Span label = Span.decoration(" ".repeat(canvas.margin()) + "/ ", canvas.style(Token.ACCENT));
    int room = Math.max(1, canvas.width() - canvas.margin());
    List<Line> bottom = new ArrayList<>(search.lines(canvas, label, room, !editing));
    int details = Math.min(explained ? 2 * DETAIL_ROWS : DETAIL_ROWS, canvas.height() / 2);
    boolean detailed = canvas.height() >= 12;
    int rows = canvas.height() - 2 - bottom.size() - (detailed ? details : editing ? 1 : 0);
    bottom.addAll(list.lines(canvas, Math.max(1, rows), "there are no settings"));
    if (editing) {
      Span value = Span.decoration(" ".repeat(canvas.margin()) + "= ", canvas.style(Token.ACCENT));
      bottom.addAll(edit.lines(canvas, value, room, true));
    }
    if (detailed) {
      bottom.addAll(details(canvas, editing ? details - 1 : details));
    }
    return new Frame("Settings", "", list.place(), List.of(), List.of(), bottom, hints(canvas))
        .draw(canvas, scroll);
  }

  /** So many rows about the selected setting, so that the list stays where it is. */
  private List<Line> details(Canvas canvas, int rows) {
    List<Line> lines = new ArrayList<>(List.of(Line.BLANK));
    if (!message.isEmpty()) {
      lines.addAll(Frame.passage(message, canvas.style(Token.WARNING), canvas));
    }
    selected()
        .ifPresent(
            it -> {
              Setting setting = it.setting();
              lines.addAll(Frame.passage(setting.description(), canvas.style(Token.TEXT), canvas));
              lines.addAll(Frame.passage(remark(it), canvas.style(Token.DIM), canvas));
              if (explained) {
                for (String origin : it.origins()) {
                  lines.addAll(Frame.passage(Text.shown(origin), canvas.style(Token.DIM), canvas));
                }
              }
            });
    while (lines.size() < rows) {
      lines.add(Line.BLANK);
    }
    return lines.subList(0, Math.max(1, rows));
  }

  private String remark(SettingItem it) {
    List<String> remarks = new ArrayList<>();
    if (it.isSettled()) {
      remarks.add("settled by the administrator");
    } else {
      remarks.add("a change goes to the " + target(it).shown() + " settings");
    }
    if (!it.setting().choices().isEmpty()) {
      remarks.add("one of " + String.join(", ", it.setting().choices()));
    }
    if (it.setting().holds() == Setting.Holds.NEXT_START) {
      remarks.add("holds from the next start");
    }
    return String.join(" · ", remarks);
  }

  /** Where a change goes: the chosen target, or the person's own where that may not hold it. */
  private Source target(SettingItem it) {
    return it.setting().setBy().allows(target) ? target : Source.USER;
  }

  private List<String> hints(Canvas canvas) {
    if (editing) {
      return List.of(canvas.hint(Action.SUBMIT, "set"), canvas.hint(Action.CANCEL, "back"));
    }
    return List.of(
        canvas.hint(Action.SUBMIT, "change"),
        canvas.hint(Action.CANCEL, search.text().isEmpty() ? "close" : "clear"),
        canvas.hint(Action.COMPLETE, "user/project/local"),
        canvas.hint(Action.TRANSCRIPT_VIEW, explained ? "hide sources" : "sources"));
  }

  @Override
  public Step<SettingChange> on(Input input) {
    return switch (input) {
      case Input.Edited(String text) -> parsed(text);
      case Input.Pressed pressed when editing -> editing(pressed);
      case Input.Pressed pressed -> searching(pressed);
      case Input.Pasted _ -> typed(input);
      case Input.Clicked(int index) -> list.selectAt(index) ? change() : OPEN;
      case Input.Wheel _ -> {
        list.on(input);
        yield OPEN;
      }
    };
  }

  private Step<SettingChange> editing(Input.Pressed pressed) {
    if (pressed.means(Action.CANCEL) || pressed.means(Action.INTERRUPT)) {
      editing = false;
      return OPEN;
    }
    return pressed.means(Action.SUBMIT) ? parsed(edit.text()) : typed(pressed);
  }

  private Step<SettingChange> searching(Input.Pressed pressed) {
    if (pressed.means(Action.SUBMIT)) {
      return change();
    }
    if (pressed.means(Action.INTERRUPT)
        || pressed.means(Action.CANCEL) && search.text().isEmpty()) {
      return new Step.Answered<>(new SettingChange.Done());
    }
    if (pressed.means(Action.CANCEL)) {
      search.text("");
      list.filter("");
      return OPEN;
    }
    if (pressed.means(Action.COMPLETE) || pressed.means(Action.CYCLE_MODE)) {
      int by = pressed.means(Action.COMPLETE) ? 1 : TARGETS.size() - 1;
      target = TARGETS.get((TARGETS.indexOf(target) + by) % TARGETS.size());
      return OPEN;
    }
    if (pressed.means(Action.TRANSCRIPT_VIEW)) {
      explained = !explained;
      return OPEN;
    }
    if (list.on(pressed)) {
      message = "";
      return OPEN;
    }
    return typed(pressed);
  }

  private Step<SettingChange> typed(Input input) {
    boolean taken = (editing ? edit : search).on(input);
    if (taken && !editing) {
      list.filter(search.text());
    }
    return taken ? OPEN : new Step.Unused<>();
  }

  /** Turns a flag over, takes the next choice, or opens what is needed for another value. */
  private Step<SettingChange> change() {
    message = "";
    Optional<SettingItem> found = selected();
    if (found.isEmpty()) {
      return OPEN;
    }
    SettingItem it = found.get();
    if (it.isSettled()) {
      message = "The administrator settled \"" + it.setting().key() + "\".";
      return OPEN;
    }
    if (it.isFlag()) {
      boolean on = it.value().map(value -> value.asBoolean()).orElse(false);
      return set(it, Boolean.toString(!on));
    }
    List<String> choices = it.setting().choices();
    if (!choices.isEmpty() && !it.isContainer()) {
      int at = choices.indexOf(it.shown());
      return set(it, Json.write(TextNode.valueOf(choices.get((at + 1) % choices.size()))));
    }
    if (it.isContainer()) {
      return new Step.Edit<>(
          it.value().map(Json::pretty).orElse(isList(it) ? "[]" : "{}"), ".json");
    }
    edit.text(it.shown());
    editing = true;
    return OPEN;
  }

  private static boolean isList(SettingItem it) {
    return it.setting().types().contains("array");
  }

  /** What was typed as the JSON that the setting takes. */
  private Step<SettingChange> parsed(String text) {
    Optional<SettingItem> found = selected();
    if (found.isEmpty()) {
      return OPEN;
    }
    SettingItem it = found.get();
    String json = text.strip();
    if (it.setting().types().contains("string") && !it.isContainer()) {
      json = Json.write(TextNode.valueOf(json));
    }
    try {
      Json.parse(json);
    } catch (JsonProcessingException e) {
      message = "\"" + Text.head(Text.shown(text.strip()), 40) + "\" is no JSON value.";
      return OPEN;
    }
    editing = false;
    return set(it, json);
  }

  private Step<SettingChange> set(SettingItem it, String json) {
    return new Step.Told<>(new SettingChange.Set(it.setting().key(), json, target(it)));
  }

  @Override
  public boolean isTyping() {
    return true;
  }
}
