package dev.agent.tui.cell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain ü 日本\n\t",
        "❤\uFE0F 1\uFE0F\u20E3 👩\u200D🚀 🏳\uFE0F\u200D🌈 ©\uFE0F",
        "می\u200Cخواهم", // Persian
        "क्\u200Dष", // Hindi
        "全角\u3000blank\u00A0",
        "icon \uE0B0"
      })
  void whatWritingNeedsStaysInWhatIsRead(String text) {
    assertThat(Hidden.prose(text)).isSameAs(text);
  }

  @Test
  void allOthersAreInSightEverywhere() {
    String text = "a\u200Db\u202Ec\u00ADd\u2800e\u3164f\uFE0Fg\uDB40\uDC41h\uD800i\33";
    String shown = "a⟨U+200D⟩b⟨U+202E⟩c⟨U+00AD⟩d⟨U+2800⟩e⟨U+3164⟩f⟨U+FE0F⟩g⟨U+E0041⟩h⟨U+D800⟩i␛";

    assertThat(Hidden.prose(text)).isEqualTo(shown);
    assertThat(Hidden.exact(text)).isEqualTo(shown);
  }

  @Test
  void whereSomethingIsDecidedNothingIsLeftOut() {
    assertThat(Hidden.exact("rm\u00A0❤\uFE0F\n\t\uE0B0"))
        .isEqualTo("rm⟨U+00A0⟩❤⟨U+FE0F⟩␊␉⟨U+E0B0⟩");
    assertThat(Hidden.exact("plain 日本 é")).isEqualTo("plain 日本 é");
  }

  @Test
  void aChainOfJoinersIsNoWriting() {
    assertThat(Hidden.prose("क\u200D\u200D")).isEqualTo("क\u200D⟨U+200D⟩");
    assertThat(Hidden.prose("x\u200C")).isEqualTo("x⟨U+200C⟩");
  }
}
