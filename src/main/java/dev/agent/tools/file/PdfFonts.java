package dev.agent.tools.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.fontbox.FontBoxFont;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.CIDFontMapping;
import org.apache.pdfbox.pdmodel.font.FontMapper;
import org.apache.pdfbox.pdmodel.font.FontMappers;
import org.apache.pdfbox.pdmodel.font.FontMapping;
import org.apache.pdfbox.pdmodel.font.PDCIDSystemInfo;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;

/**
 * Gives every font that a PDF does not bring along the one font in the library's own jar.
 * Extracting text needs no shapes, and the library's usual way looks through all fonts of the
 * machine and leaves a cache file in the home directory.
 */
final class PdfFonts implements FontMapper {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

  private final TrueTypeFont font;

  private PdfFonts(TrueTypeFont font) {
    this.font = font;
  }

  /** To be called before the library looks at a font; calling it again is harmless. */
  static void install() {
    try (InputStream in = PDDocument.class.getResourceAsStream(FONT)) {
      if (in != null) {
        FontMappers.set(new PdfFonts(new TTFParser().parse(new RandomAccessReadBuffer(in))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the PDF library is incomplete", e);
    }
  }

  @Override
  public FontMapping<TrueTypeFont> getTrueTypeFont(String baseFont, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, true);
  }

  @Override
  public FontMapping<FontBoxFont> getFontBoxFont(String baseFont, PDFontDescriptor descriptor) {
    return new FontMapping<>(font, true);
  }

  @Override
  @SuppressWarnings(
      "NullAway") // the library's own mapper hands over null for "no OpenType font" too
  public CIDFontMapping getCIDFont(
      String baseFont, PDFontDescriptor descriptor, PDCIDSystemInfo info) {
    return new CIDFontMapping(null, font, true);
  }
}
