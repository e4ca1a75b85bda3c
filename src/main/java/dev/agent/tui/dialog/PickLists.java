package dev.agent.tui.dialog;

import dev.agent.context.OutputStyle;
import dev.agent.model.ModelInfo;
import dev.agent.permission.Mode;
import dev.agent.session.SessionInfo;
import dev.agent.tui.theme.Token;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The lists that the product shows. */
public final class PickLists {
  private PickLists() {}

  /** A piece of code in an answer. {@code language} may be empty. */
  public record CodeBlock(String language, String text) {}

  /**
   * A file that the model is given as memory.
   *
   * @param scope whose it is: "user", "project"
   * @param lines how many it has; 0 = it is not there yet, -1 = nobody has counted
   */
  public record MemoryFile(Path file, String scope, int lines) {}

  /**
   * Models with their context window and price per million tokens.
   *
   * @param current the model in use
   */
  public static PickList<ModelInfo> models(List<ModelInfo> models, String current) {
    List<Entry<ModelInfo>> entries =
        models.stream()
            .map(
                it ->
                    new Entry<>(
                        it,
                        List.of(
                            it.id(),
                            Amounts.tokens(it.contextWindow()) + " context",
                            it.price()
                                .map(
                                    price ->
                                        Amounts.dollars(price.input())
                                            + " in · "
                                            + Amounts.dollars(price.output())
                                            + " out")
                                .orElse("price unknown"),
                            it.id().equals(current) ? "now" : "")))
            .toList();
    PickList<ModelInfo> list =
        new PickList<>(
            PickList.Spec.of("Model", entries, "<>><", "no models are known").doing("use it"));
    models.stream().filter(it -> it.id().equals(current)).findFirst().ifPresent(list::at);
    return list;
  }

  /** Permission modes to switch to, each with what it means. */
  public static PickList<Mode> modes(List<Mode> modes, Mode current) {
    List<Entry<Mode>> entries =
        modes.stream()
            .map(it -> new Entry<>(it, List.of(it.wire(), meaning(it), it == current ? "now" : "")))
            .toList();
    return new PickList<>(
            PickList.Spec.of("Mode", entries, "<<<", "there are no modes").doing("use it"))
        .at(current);
  }

  private static String meaning(Mode mode) {
    return switch (mode) {
      case DEFAULT -> "asks before it changes or runs something";
      case ACCEPT_EDITS -> "edits files without asking";
      case PLAN -> "only reads, and makes a plan";
      case AUTO -> "edits; a classifier judges the rest";
      case DONT_ASK -> "denies what would ask";
      case BYPASS -> "asks nothing";
    };
  }

  /**
   * Sessions to resume, newest first.
   *
   * @param cwd paths are shown from there
   * @param preview the end of a session; must not block
   */
  public static PickList<SessionInfo> sessions(
      List<SessionInfo> sessions, Path cwd, Instant now, Function<SessionInfo, Body> preview) {
    List<Entry<SessionInfo>> entries =
        sessions.stream()
            .map(
                it ->
                    new Entry<>(
                        it,
                        List.of(
                            it.title().isBlank() ? "(no title)" : it.title(),
                            Amounts.age(it.modified(), now),
                            it.turns() < 0 ? "" : Amounts.count(it.turns(), "turn"),
                            it.cwd().equals(cwd.toString()) ? "" : Paths.shown(it.cwd(), cwd),
                            it.isDamaged() ? "damaged" : "")))
            .toList();
    return new PickList<>(
        PickList.Spec.of("Resume a session", entries, "<>><<", "there is no session here yet")
            .doing("resume")
            .previewing(preview));
  }

  /** The code of an answer, to be copied. */
  public static PickList<CodeBlock> code(List<CodeBlock> blocks) {
    List<Entry<CodeBlock>> entries =
        blocks.stream()
            .map(
                it ->
                    new Entry<>(
                        it,
                        List.of(
                            it.text().strip().lines().findFirst().orElse("(empty)"),
                            it.language(),
                            Amounts.count(it.text().lines().count(), "line"))))
            .toList();
    return new PickList<>(
        PickList.Spec.of("Copy code", entries, "<<>", "the answer holds no code")
            .doing("copy")
            .previewing(
                it -> (width, theme) -> Text.wrap(it.text(), width, theme.style(Token.CODE))));
  }

  /**
   * Themes; each move is told, so that the screen can show it. Whoever leaves wants the theme back
   * that was there before.
   *
   * @param preview what is seen in the theme
   */
  public static PickList<String> themes(List<String> names, String current, Body preview) {
    List<Entry<String>> entries =
        names.stream()
            .map(it -> new Entry<>(it, List.of(it, it.equals(current) ? "now" : "")))
            .toList();
    PickList.Spec<String> spec =
        PickList.Spec.of("Theme", entries, "<<", "there are no themes").doing("use it");
    // Without one the screen itself is the preview.
    PickList.Spec<String> seen = preview.equals(Body.EMPTY) ? spec : spec.previewing(_ -> preview);
    return new PickList<>(seen.tellingMoves()).at(current);
  }

  /**
   * Ways to work and to write, each with what it is.
   *
   * @param current the one in use
   */
  public static PickList<OutputStyle> outputStyles(List<OutputStyle> styles, OutputStyle current) {
    List<Entry<OutputStyle>> entries =
        styles.stream()
            .map(
                it ->
                    new Entry<>(
                        it, List.of(it.name(), it.description(), it.equals(current) ? "now" : "")))
            .toList();
    return new PickList<>(
            PickList.Spec.of("Output style", entries, "<<<", "there are no styles").doing("use it"))
        .at(current);
  }

  /** Files of memory, to be edited. */
  public static PickList<MemoryFile> memory(List<MemoryFile> files, Path cwd) {
    List<Entry<MemoryFile>> entries =
        files.stream()
            .map(
                it ->
                    new Entry<>(
                        it,
                        List.of(
                            Paths.shown(it.file().toString(), cwd),
                            it.scope(),
                            it.lines() == 0
                                ? "new"
                                : it.lines() < 0 ? "" : Amounts.count(it.lines(), "line"))))
            .toList();
    return new PickList<>(
        PickList.Spec.of("Memory files", entries, "<<>", "there are no memory files")
            .doing("edit"));
  }
}
