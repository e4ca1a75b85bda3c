package dev.agent.tui.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private final Layout layout = new Layout();

  @Test
  void fixedAndFittingBoxesLeaveTheRestToTheFlexibleOne() {
    Box screen =
        Box.column(
            0,
            Box.rows("text", 0).sized(new Size.Flex(1)),
            Box.rows("composer", 3),
            Box.rows("footer", 9).sized(new Size.Fixed(1)));

    assertThat(layout.place(screen, 80, 24))
        .containsExactly(
            new Placed("text", new Rect(0, 0, 80, 20), 0),
            new Placed("composer", new Rect(0, 20, 80, 3), 0),
            new Placed("footer", new Rect(0, 23, 80, 1), 0));
  }

  @Test
  void whenSpaceIsShortTheFirstRankGetsItsWish() {
    Box screen =
        Box.column(
            0,
            Box.rows("text", 0).sized(new Size.Flex(1)).limited(3, 1_000).ranked(2),
            Box.rows("list", 8).ranked(1),
            Box.rows("dialog", 5).ranked(0));

    assertThat(heights(screen, 40, 20)).containsExactly(7, 8, 5);
    assertThat(heights(screen, 40, 12)).containsExactly(3, 4, 5);
    assertThat(heights(screen, 40, 8)).containsExactly(3, 0, 5);
    assertThat(heights(screen, 40, 4)).containsExactly(3, 0, 1);
  }

  @Test
  void flexibleBoxesShareByWeightUpToTheirMost() {
    Box row =
        Box.row(
            1,
            Box.rows("a", 1).sized(new Size.Flex(1)),
            Box.rows("b", 1).sized(new Size.Flex(2)).limited(0, 10),
            Box.rows("c", 1).sized(new Size.Percent(25)));

    assertThat(widths(row, 42, 1)).containsExactly(20, 10, 10);
  }

  @Test
  void oddCellsAreGivenAway() {
    Box row =
        Box.row(
            0,
            Box.rows("a", 1).sized(new Size.Flex(1)),
            Box.rows("b", 1).sized(new Size.Flex(1)),
            Box.rows("c", 1).sized(new Size.Flex(1)));

    assertThat(widths(row, 11, 1).stream().mapToInt(it -> it).sum()).isEqualTo(11);
  }

  @Test
  void paddingLiesAroundTheContentOfAGroup() {
    Box outer =
        Box.column(0, Box.rows("inner", 2)).padded(new Box.Padding(1, 2, 1, 3)).named("outer");

    assertThat(layout.place(Box.column(0, outer), 20, 10))
        .containsExactly(
            new Placed("outer", new Rect(0, 0, 20, 4), 0),
            new Placed("inner", new Rect(3, 1, 15, 2), 0));
  }

  @Test
  void whatIsTooSmallForABoxHidesIt() {
    Box screen = Box.column(0, Box.rows("rule", 1).hiddenBelow(0, 14), Box.rows("text", 1));

    assertThat(Layout.find(layout.place(screen, 80, 14), "rule")).isPresent();
    assertThat(Layout.find(layout.place(screen, 80, 13), "rule")).isEmpty();
  }

  @Test
  void anOverlayLiesOverTheOthersAndComesLast() {
    Box screen =
        Box.column(0, Box.rows("menu", 4).above(1), Box.rows("text", 0).sized(new Size.Flex(1)));

    assertThat(layout.place(screen, 30, 10))
        .containsExactly(
            new Placed("text", new Rect(0, 0, 30, 10), 0),
            new Placed("menu", new Rect(0, 6, 30, 4), 1));
  }

  @Test
  void freeSpaceGoesWhereTheGroupSays() {
    Box two = Box.row(0, fixed("a", 3), fixed("b", 3)).justified(Box.Justify.BETWEEN);

    assertThat(layout.place(two, 10, 1))
        .containsExactly(
            new Placed("a", new Rect(0, 0, 3, 1), 0), new Placed("b", new Rect(7, 0, 3, 1), 0));
    assertThat(Layout.find(layout.place(two.justified(Box.Justify.END), 10, 1), "a"))
        .contains(new Rect(4, 0, 3, 1));
    assertThat(Layout.find(layout.place(two.justified(Box.Justify.CENTER), 10, 1), "a"))
        .contains(new Rect(2, 0, 3, 1));
  }

  @Test
  void aLeafIsMeasuredOnceForAWidthAndAVersion() {
    AtomicInteger measured = new AtomicInteger();
    Box.Measure measure =
        width -> {
          measured.incrementAndGet();
          return 2;
        };

    layout.place(Box.column(0, Box.leaf("a", 1, measure)), 10, 10);
    layout.place(Box.column(0, Box.leaf("a", 1, measure)), 10, 9);
    assertThat(measured).hasValue(1);
    layout.place(Box.column(0, Box.leaf("a", 2, measure)), 10, 9);
    layout.place(Box.column(0, Box.leaf("a", 2, measure)), 11, 9);
    assertThat(measured).hasValue(3);
  }

  @Test
  void anyTreeFitsIntoAnySize() {
    Random random = new Random(7);
    for (int round = 0; round < 400; round++) {
      Box tree = tree(random, 3);
      int width = 1 + random.nextInt(round % 2 == 0 ? 6 : 500);
      int height = 1 + random.nextInt(round % 2 == 0 ? 6 : 200);
      Rect screen = new Rect(0, 0, width, height);
      for (Placed placed : layout.place(tree, width, height)) {
        assertThat(screen.contains(placed.rect()))
            .as("%s in %dx%d, round %d", placed, width, height, round)
            .isTrue();
        assertThat(placed.rect().width()).isNotNegative();
        assertThat(placed.rect().height()).isNotNegative();
      }
    }
  }

  @Test
  void boxesOfAGroupDoNotOverlap() {
    Random random = new Random(11);
    for (int round = 0; round < 200; round++) {
      List<Box> leaves = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        leaves.add(dressed(Box.rows("l" + i, random.nextInt(6)), random).above(0));
      }
      Box column = Box.column(random.nextInt(3), leaves.toArray(Box[]::new));
      int end = 0;
      for (Placed placed : layout.place(column, 20, 1 + random.nextInt(30))) {
        assertThat(placed.rect().row()).isGreaterThanOrEqualTo(end);
        end = Math.max(end, placed.rect().row() + placed.rect().height());
      }
    }
  }

  private static Box tree(Random random, int depth) {
    if (depth == 0 || random.nextInt(4) == 0) {
      int rows = random.nextInt(40);
      return dressed(Box.leaf("leaf" + random.nextInt(1_000_000), 0, _ -> rows), random);
    }
    Box[] children = new Box[random.nextInt(5)];
    for (int i = 0; i < children.length; i++) {
      children[i] = tree(random, depth - 1);
    }
    Box group =
        random.nextBoolean()
            ? Box.row(random.nextInt(3), children)
            : Box.column(random.nextInt(3), children);
    Box.Justify[] justify = Box.Justify.values();
    return dressed(group.justified(justify[random.nextInt(justify.length)]), random)
        .named("group" + random.nextInt(1_000_000));
  }

  private static Box dressed(Box box, Random random) {
    Size size =
        switch (random.nextInt(4)) {
          case 0 -> new Size.Fixed(random.nextInt(20));
          case 1 -> new Size.Fit();
          case 2 -> new Size.Flex(1 + random.nextInt(3));
          default -> new Size.Percent(random.nextInt(150));
        };
    Box.Across[] across = Box.Across.values();
    return box.sized(size)
        .limited(random.nextInt(4), 2 + random.nextInt(60))
        .ranked(random.nextInt(4))
        .padded(new Box.Padding(random.nextInt(3), random.nextInt(3), 0, random.nextInt(3)))
        .standing(across[random.nextInt(across.length)])
        .above(random.nextInt(8) == 0 ? 1 : 0);
  }

  private static Box fixed(String name, int cells) {
    return Box.rows(name, 1).sized(new Size.Fixed(cells));
  }

  private List<Integer> heights(Box box, int width, int height) {
    return layout.place(box, width, height).stream().map(it -> it.rect().height()).toList();
  }

  private List<Integer> widths(Box box, int width, int height) {
    return layout.place(box, width, height).stream().map(it -> it.rect().width()).toList();
  }
}
