package dev.agent.tools.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * A page as Markdown: headings, paragraphs, lists, code, tables, links. What is not content is left
 * out. A class of its own, so that the parser is loaded only here.
 */
final class HtmlToMarkdown {
  private static final Set<String> DROPPED =
      Set.of(
          "script",
          "style",
          "noscript",
          "template",
          "svg",
          "iframe",
          "form",
          "button",
          "input",
          "select",
          "nav",
          "footer",
          "head",
          "canvas",
          "object");
  private static final Set<String> BLOCKS =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "main",
          "header",
          "aside",
          "figure",
          "figcaption",
          "details",
          "summary",
          "address",
          "dl",
          "dt",
          "dd");

  /** Deeper than this a page is a trap, not a text; what lies below comes as one plain text. */
  private static final int MAX_DEPTH = 200;

  private final StringBuilder out = new StringBuilder();
  private int listDepth;
  private int depth;

  private HtmlToMarkdown() {}

  static String convert(byte[] bytes, Optional<Charset> charset, String baseUrl)
      throws IOException {
    Document document =
        Jsoup.parse(
            new ByteArrayInputStream(bytes), charset.map(Charset::name).orElse(null), baseUrl);
    HtmlToMarkdown writer = new HtmlToMarkdown();
    String title = document.title().strip();
    Element main = document.selectFirst("main, article, [role=main]");
    writer.children(
        main != null && main.text().length() * 2 > document.body().text().length()
            ? main
            : document.body());
    String body = tidy(writer.out);
    return title.isEmpty() || body.startsWith("# ") ? body : "# " + title + "\n\n" + body;
  }

  /** Without blanks at line ends and more than one empty line; code stays as it is. */
  private static String tidy(CharSequence text) {
    StringBuilder tidy = new StringBuilder(text.length());
    boolean code = false;
    int empty = 0;
    for (String line : text.toString().split("\n", -1)) {
      boolean fence = line.stripLeading().startsWith("```");
      String kept = code ? line : line.stripTrailing();
      empty = kept.isEmpty() && !code ? empty + 1 : 0;
      if (empty <= 1) {
        tidy.append(kept).append('\n');
      }
      code ^= fence;
    }
    return tidy.toString().strip();
  }

  private static boolean isHidden(Element element) {
    String style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
    return element.hasAttr("hidden")
        || style.contains("display:none")
        || style.contains("visibility:hidden");
  }

  private void children(Element element) {
    if (depth >= MAX_DEPTH) {
      text(element.text());
      return;
    }
    depth++;
    for (Node node : element.childNodes()) {
      if (node instanceof TextNode text) {
        text(text.getWholeText());
      } else if (node instanceof Element child
          && !DROPPED.contains(child.normalName())
          && !isHidden(child)) {
        element(child);
      }
    }
    depth--;
  }

  private void text(String raw) {
    boolean lineStart =
        out.isEmpty()
            || out.charAt(out.length() - 1) == '\n'
            || out.charAt(out.length() - 1) == ' ';
    String folded = raw.replaceAll("\\s+", " ");
    out.append(lineStart ? folded.stripLeading() : folded);
  }

  private void blankLine() {
    int end = out.length();
    if (end > 0 && out.charAt(end - 1) != '\n') {
      out.append("\n\n");
    } else if (end > 1 && out.charAt(end - 2) != '\n') {
      out.append('\n');
    }
  }

  private void element(Element element) {
    String name = element.normalName();
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        blankLine();
        out.append("#".repeat(name.charAt(1) - '0')).append(' ').append(element.text().strip());
        blankLine();
      }
      case "br" -> out.append('\n');
      case "hr" -> {
        blankLine();
        out.append("---");
        blankLine();
      }
      case "strong", "b" -> around(element, "**");
      case "em", "i" -> around(element, "*");
      case "code" -> around(element, "`");
      case "pre" -> code(element);
      case "a" -> link(element);
      case "img" -> {
        String alt = element.attr("alt").strip();
        if (!alt.isEmpty()) {
          out.append("[picture: ").append(alt).append(']');
        }
      }
      case "ul", "ol" -> list(element, name.equals("ol"));
      case "blockquote" -> quote(element);
      case "table" -> table(element);
      default -> {
        boolean block = BLOCKS.contains(name);
        if (block) {
          blankLine();
        }
        children(element);
        if (block) {
          blankLine();
        }
      }
    }
  }

  private void around(Element element, String mark) {
    String text = element.text();
    if (!text.isBlank()) {
      out.append(mark).append(text.strip()).append(mark);
    }
  }

  private void code(Element element) {
    blankLine();
    String language = "";
    Element inner = element.selectFirst("code");
    for (String name : (inner == null ? element : inner).classNames()) {
      if (name.startsWith("language-") || name.startsWith("lang-")) {
        language = name.substring(name.indexOf('-') + 1);
      }
    }
    out.append("```")
        .append(language)
        .append('\n')
        .append(element.wholeText().stripTrailing())
        .append("\n```");
    blankLine();
  }

  private void link(Element element) {
    String text = element.text().strip();
    String target = element.absUrl("href");
    if (text.isEmpty()) {
      return;
    }
    if (target.isEmpty()
        || element.attr("href").startsWith("#")
        || target.startsWith("javascript:")) {
      out.append(text);
    } else {
      out.append('[').append(text).append("](").append(target).append(')');
    }
  }

  private void list(Element list, boolean numbered) {
    if (listDepth == 0) {
      blankLine();
    } else if (!out.isEmpty() && out.charAt(out.length() - 1) != '\n') {
      out.append('\n');
    }
    int number = 1;
    for (Element item : list.children()) {
      if (item.normalName().equals("li")) {
        out.append("  ".repeat(listDepth)).append(numbered ? number++ + ". " : "- ");
        listDepth++;
        int before = out.length();
        children(item);
        listDepth--;
        String body = out.substring(before).strip().replaceAll("\n{2,}", "\n");
        out.setLength(before);
        out.append(body).append('\n');
      }
    }
    if (listDepth == 0) {
      out.append('\n');
    }
  }

  private void quote(Element element) {
    blankLine();
    int before = out.length();
    children(element);
    String body = out.substring(before).strip();
    out.setLength(before);
    out.append("> ").append(body.replace("\n", "\n> "));
    blankLine();
  }

  private void table(Element table) {
    blankLine();
    boolean first = true;
    for (Element row : table.select("tr")) {
      StringBuilder line = new StringBuilder("|");
      int cells = 0;
      for (Element cell : row.select("> th, > td")) {
        line.append(' ').append(cell.text().strip().replace("|", "\\|")).append(" |");
        cells++;
      }
      if (cells > 0) {
        out.append(line).append('\n');
        if (first) {
          out.append("|").append(" --- |".repeat(cells)).append('\n');
          first = false;
        }
      }
    }
    blankLine();
  }
}
