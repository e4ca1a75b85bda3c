package dev.agent.tools.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlToMarkdownTest {
  private static String convert(String html) throws Exception {
    return HtmlToMarkdown.convert(
        html.getBytes(StandardCharsets.UTF_8),
        Optional.of(StandardCharsets.UTF_8),
        "https://example.org/dir/page");
  }

  /** {@code /} in the expected text stands for a line end. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "<h1>A</h1><h3>B</h3>text ~ # A//### B//text",
        "<p>one</p><p>two</p> ~ one//two",
        "a<br>b ~ a/b",
        "<p>x <b>bold</b> and <em>soft</em></p> ~ x **bold** and *soft*",
        "<p>call <code>f(x)</code></p> ~ call `f(x)`",
        "<ul><li>a<li>b</ul> ~ - a/- b",
        "<ol><li>a<li>b</ol> ~ 1. a/2. b",
        "<ul><li>a<ul><li>b</ul><li>c</ul> ~ - a/  - b/- c",
        "<blockquote><p>a<p>b</blockquote> ~ > a/>/> b",
        "<table><tr><th>h<th>i<tr><td>1<td>2|3</table> ~ | h | i |/| --- | --- |/| 1 | 2\\|3 |",
        "<img alt='a cat' src=c.png> ~ [picture: a cat]",
        "<img src=c.png> ~ ''",
        "<script>x</script><style>y</style><nav>n</nav><p>z ~ z",
        "<p hidden>no</p><div style='display: none'>no</div><p>yes ~ yes",
        "<!-- no --><p>yes ~ yes",
        "<a href='#top'>up</a> ~ up",
        "<a href='javascript:x()'>go</a> ~ go",
        "<p>a&nbsp;&lt;b&gt; &amp; c ~ a <b> & c",
        "<p>a<hr>b ~ a//---//b",
        "'' ~ ''"
      })
  void each_element_has_its_form(String html, String markdown) throws Exception {
    assertThat(convert(html).replace('\u00a0', ' ')).isEqualTo(markdown.replace('/', '\n'));
  }

  @Test
  void links_are_absolute() throws Exception {
    assertThat(convert("<a href='../x?y#z'>t</a>")).isEqualTo("[t](https://example.org/x?y#z)");
    assertThat(convert("<a href='//cdn.example/x'>t</a>")).isEqualTo("[t](https://cdn.example/x)");
    assertThat(convert("<base href='https://b.example/'><a href=x>t</a>"))
        .isEqualTo("[t](https://b.example/x)");
  }

  @Test
  void code_keeps_its_lines_blanks_and_language() throws Exception {
    assertThat(
            convert("<pre><code class='hl language-java'>int a;  \n\n\n  int b;\n</code></pre>x"))
        .isEqualTo("```java\nint a;  \n\n\n  int b;\n```\n\nx");
  }

  @Test
  void the_main_part_of_a_page_is_preferred_when_it_is_most_of_it() throws Exception {
    assertThat(convert("<div>menu</div><main><h1>T</h1>long enough text</main>"))
        .isEqualTo("# T\n\nlong enough text");
    assertThat(convert("<div>most of the page is out here</div><main>x</main>"))
        .contains("most of the page");
  }

  @Test
  void depth_and_length_are_no_trap() throws Exception {
    assertThat(convert("<div>".repeat(50_000) + "deep")).contains("deep");
    assertThat(convert("<ul><li>".repeat(5_000) + "deep")).contains("deep");
    assertThat(convert("<pre>" + " ".repeat(2_000_000) + "x</pre>")).endsWith("x\n```");
    assertThat(convert("<b>".repeat(20_000) + "deep")).contains("deep");
  }

  @Test
  void no_bytes_make_it_fail() throws Exception {
    Random random = new Random(4);
    String[] parts = {
      "<p>",
      "</p>",
      "<ul>",
      "<li>",
      "<table>",
      "<tr>",
      "<td>",
      "</table>",
      "<a href=",
      "'",
      "\"",
      ">",
      "<",
      "&#0;",
      "&#x110000;",
      "<pre>",
      "<code>",
      "x",
      " ",
      "\n",
      "\0",
      "<main>",
      "</main>",
      "<!--",
      "]]>",
      "<svg>",
      "<template>",
      "<frameset>",
      "<body>"
    };
    for (int i = 0; i < 2_000; i++) {
      StringBuilder html = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        html.append(parts[random.nextInt(parts.length)]);
      }
      assertThat(convert(html.toString())).isNotNull();
    }
  }
}
