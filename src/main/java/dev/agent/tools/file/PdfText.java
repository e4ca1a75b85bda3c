package dev.agent.tools.file;

import dev.agent.tool.ToolException;
import dev.agent.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;

/** The text of some pages of a PDF. A class of its own, so that the library is loaded only here. */
final class PdfText {
  private static final int MAX_PAGES = 20;

  private PdfText() {}

  static ToolResult extract(Path path, Optional<String> pages) throws IOException, ToolException {
    PdfFonts.install();
    try (PDDocument document = Loader.loadPDF(path.toFile())) {
      int count = document.getNumberOfPages();
      int[] range = range(pages.orElse("1-" + MAX_PAGES), count);
      PDFTextStripper stripper = new PDFTextStripper();
      StringBuilder out = new StringBuilder();
      for (int page = range[0]; page <= range[1]; page++) {
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        out.append("--- page ")
            .append(page)
            .append(" of ")
            .append(count)
            .append(" ---\n")
            .append(stripper.getText(document).strip())
            .append('\n');
      }
      if (range[1] < count) {
        out.append("(Read on with pages \"")
            .append(range[1] + 1)
            .append('-')
            .append(Math.min(count, range[1] + MAX_PAGES))
            .append("\".)\n");
      }
      return ToolResult.text(out.toString().stripTrailing());
    } catch (org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException e) {
      throw new ToolException(path + " is protected by a password.", e);
    }
  }

  /** Whether it has more pages than go into one result. */
  static boolean isLong(Path path) throws IOException, ToolException {
    try (PDDocument document = Loader.loadPDF(path.toFile())) {
      return document.getNumberOfPages() > MAX_PAGES;
    } catch (org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException e) {
      throw new ToolException(path + " is protected by a password.", e);
    }
  }

  private static int[] range(String pages, int count) throws ToolException {
    try {
      int dash = pages.indexOf('-');
      int from = Integer.parseInt((dash < 0 ? pages : pages.substring(0, dash)).strip());
      int to = dash < 0 ? from : Integer.parseInt(pages.substring(dash + 1).strip());
      if (from >= 1 && to >= from && from <= count) {
        return new int[] {from, Math.min(Math.min(to, count), from + MAX_PAGES - 1)};
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new ToolException(
        "\"pages\" must be a page or a range such as \"3\" or \"1-5\" within 1 to "
            + count
            + ", but was \""
            + pages
            + "\".");
  }
}
