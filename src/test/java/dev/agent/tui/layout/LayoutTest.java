package dev.agent.tui.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void oneBoxFillsWhatTheOthersLeave() {
    List<Box> screen =
        List.of(Box.rows("text", 0).filling(), Box.rows("composer", 3), Box.rows("footer", 1));

    assertThat(Layout.place(screen, 80, 24))
        .containsExactly(
            new Placed("text", new Rect(0, 0, 80, 20)),
            new Placed("composer", new Rect(0, 20, 80, 3)),
            new Placed("footer", new Rect(0, 23, 80, 1)));
  }

  @Test
  void whenSpaceIsShortTheFirstRankGetsItsWish() {
    List<Box> screen =
        List.of(
            Box.rows("text", 0).filling().atLeast(3).ranked(2),
            Box.rows("list", 8).ranked(1),
            Box.rows("dialog", 5).ranked(0));

    assertThat(heights(screen, 20)).containsExactly(7, 8, 5);
    assertThat(heights(screen, 12)).containsExactly(3, 4, 5);
    assertThat(heights(screen, 8)).containsExactly(3, 0, 5);
    assertThat(heights(screen, 4)).containsExactly(3, 0, 1);
  }

  @Test
  void whatIsTooLowForABoxHidesIt() {
    List<Box> screen = List.of(Box.rows("rule", 1).hiddenBelow(14), Box.rows("text", 1));

    assertThat(Layout.find(Layout.place(screen, 80, 14), "rule")).isPresent();
    assertThat(Layout.find(Layout.place(screen, 80, 13), "rule")).isEmpty();
  }

  @Test
  void anyBoxesFitIntoAnySizeWithoutOverlap() {
    Random random = new Random(7);
    for (int round = 0; round < 1000; round++) {
      List<Box> boxes = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        int rows = random.nextInt(10) == 0 ? Integer.MAX_VALUE : random.nextInt(40) - 2;
        Box box = Box.rows("box " + i, rows).atLeast(random.nextInt(8)).ranked(random.nextInt(4));
        boxes.add(random.nextInt(3) == 0 ? box.filling() : box);
      }
      int height = random.nextInt(round % 2 == 0 ? 6 : 200);
      int end = 0;
      for (Placed placed : Layout.place(boxes, random.nextInt(100), height)) {
        assertThat(placed.rect().row()).isEqualTo(end);
        assertThat(placed.rect().height()).isNotNegative();
        end += placed.rect().height();
      }
      assertThat(end).as("round %d", round).isLessThanOrEqualTo(height);
    }
  }

  private static List<Integer> heights(List<Box> boxes, int height) {
    return Layout.place(boxes, 40, height).stream().map(it -> it.rect().height()).toList();
  }
}
