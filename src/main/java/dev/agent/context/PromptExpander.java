package dev.agent.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.message.ContentBlock;
import dev.agent.runtime.Cancellation;
import dev.agent.tool.Tool;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolContext;
import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import dev.agent.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes a user message of what a person wrote: the text as it is, then what it names with {@code @}
 * as the Read tool shows it (files with line numbers, directories as lists, pictures as pictures).
 * A word behind {@code @} that names no file stays a word. For one session; thread-safe if the tool
 * is.
 */
public final class PromptExpander {
  /** More files than that are named by accident. */
  static final int MAX_FILES = 20;

  /** All files together, in characters; about 50,000 tokens. */
  static final int MAX_CHARS = 200_000;

  private final Workspace workspace;
  private final Tool read;
  private final Function<ToolCall, Optional<String>> objection;

  /**
   * @param read the session's Read tool, so that what is named counts as read
   * @param objection why the permission rules forbid a call of it; empty when they don't. A
   *     question is none: the person named the file
   */
  public PromptExpander(
      Workspace workspace, Tool read, Function<ToolCall, Optional<String>> objection) {
    this.workspace = workspace;
    this.read = read;
    this.objection = objection;
  }

  /**
   * A message and what is worth knowing of it.
   *
   * @param attached the files whose content is in it
   * @param problems what is not in it and why, one sentence each, for the person
   */
  public record Expanded(List<ContentBlock> content, List<Path> attached, List<String> problems) {
    public Expanded {
      content = List.copyOf(content);
      attached = List.copyOf(attached);
      problems = List.copyOf(problems);
    }
  }

  /** Where a text comes from. */
  public enum Author {
    /** The person who runs the agent: may name any file. */
    PERSON,
    /** A file of the project: may name files of the workspace only. */
    PROJECT
  }

  /** Makes a message. Reads files; blocks as long as that takes. */
  public Expanded expand(String text, Cancellation cancellation) throws InterruptedException {
    Attachments found = new Attachments(cancellation);
    found.add(text, Author.PERSON);
    List<ContentBlock> content = new ArrayList<>();
    if (!text.isBlank()) {
      content.add(new ContentBlock.Text(text));
    }
    content.addAll(found.content);
    return new Expanded(content, found.files, found.problems);
  }

  /**
   * What texts of several authors name, without the texts themselves; each file comes once.
   *
   * @param texts in their order
   */
  public Expanded attachments(List<Text> texts, Cancellation cancellation)
      throws InterruptedException {
    Attachments found = new Attachments(cancellation);
    for (Text text : texts) {
      found.add(text.text(), text.author());
    }
    return new Expanded(found.content, found.files, found.problems);
  }

  /** A piece of text and who wrote it. */
  public record Text(String text, Author author) {}

  /** Collects what one message names. */
  private final class Attachments {
    private final List<ContentBlock> content = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Set<String> seen = new LinkedHashSet<>();
    private final Cancellation cancellation;
    private int chars;

    Attachments(Cancellation cancellation) {
      this.cancellation = cancellation;
    }

    void add(String text, Author author) throws InterruptedException {
      for (Mention written : Mention.in(text)) {
        cancellation.check();
        Optional<Mention> mention = existing(written);
        if (mention.isPresent()) {
          add(mention.get(), workspace.resolve(mention.get().name()), author);
        }
      }
    }

    /** The mention as it is, or without the punctuation behind it; empty when neither is a file. */
    private Optional<Mention> existing(Mention written) {
      for (Mention mention : List.of(written, written.shorter())) {
        try {
          if (!mention.name().isEmpty() && Files.exists(workspace.resolve(mention.name()))) {
            return Optional.of(mention);
          }
        } catch (InvalidPathException e) {
          return Optional.empty(); // no file can have this name
        }
      }
      return Optional.empty();
    }

    private void add(Mention mention, Path path, Author author) throws InterruptedException {
      String shown = workspace.shown(path);
      if (author == Author.PROJECT && !workspace.contains(path)) {
        if (seen.add("refused " + path)) {
          problems.add(
              shown
                  + " lies outside of the workspace; a file of the project may not attach it, so it"
                  + " was left out.");
        }
        return;
      }
      if (!seen.add(path + "#" + mention.firstLine() + "-" + mention.lastLine())) {
        return;
      }
      if (files.size() >= MAX_FILES) {
        problems.add(
            shown + " was left out: at most " + MAX_FILES + " files are attached to one prompt.");
        return;
      }
      ObjectNode input = Json.object().put("file_path", path.toString());
      if (mention.firstLine() > 0) {
        input.put("offset", mention.firstLine());
        input.put("limit", mention.lastLine() - mention.firstLine() + 1);
      }
      ToolCall call = new ToolCall("mention-" + (files.size() + 1), read.spec().name(), input);
      Optional<String> forbidden = objection.apply(call);
      if (forbidden.isPresent()) {
        problems.add(shown + " was left out: " + forbidden.get());
        return;
      }
      try {
        ToolResult result = read.run(call, context(cancellation));
        if (result.isError()) {
          problems.add(shown + " could not be read and was left out.");
        } else {
          take(shown, path, mention, result);
        }
      } catch (ToolException e) {
        problems.add(shown + " was left out: " + e.getMessage());
      }
    }

    private void take(String shown, Path path, Mention mention, ToolResult result) {
      int size = 0;
      for (ContentBlock block : result.forModel()) {
        size += block instanceof ContentBlock.Text(String text, _) ? text.length() : 0;
      }
      if (chars + size > MAX_CHARS) {
        problems.add(
            shown
                + " was left out: the files of this prompt are longer than "
                + MAX_CHARS
                + " characters together. The model can read it by itself.");
        return;
      }
      chars += size;
      files.add(path);
      String lines =
          mention.firstLine() == 0
              ? ""
              : ", lines " + mention.firstLine() + " to " + mention.lastLine();
      for (ContentBlock block : result.forModel()) {
        content.add(
            block instanceof ContentBlock.Text(String text, _)
                ? AttachedFile.block(shown + lines, text)
                : block);
      }
    }
  }

  private static ToolContext context(Cancellation cancellation) {
    return new ToolContext() {
      @Override
      public Cancellation cancellation() {
        return cancellation;
      }

      @Override
      public void progress(String text) {
        // reading a file is over before anybody could look
      }
    };
  }
}
