package dev.agent.tui.view;

import dev.agent.tui.layout.Box;
import dev.agent.tui.layout.Layout;
import dev.agent.tui.layout.Placed;
import dev.agent.tui.layout.Rect;
import dev.agent.tui.view.Screen.Region;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the parts of a screen are. At most keys no part grows or shrinks: then the places of the
 * frame before still hold. Owned by the UI thread.
 */
final class Arrangement {
  private static final int MIN_TRANSCRIPT = 3;

  /** Lower screens have no rules around the composer. */
  static final int RULES_FROM_ROWS = 14;

  private static final List<String> RULES = List.of("rule above", "rule below");

  /**
   * What a part wants.
   *
   * @param rank the lowest one gets its rows first
   * @param min what it needs at least
   */
  record Claim(Region region, int rows, int rank, int min) {}

  private List<Claim> claims = List.of();
  private int width = -1;
  private int height = -1;
  private Map<Region, Rect> places = Map.of();
  private List<Integer> rules = List.of();

  /** Places the parts from above to below, under the transcript, which takes the rest. */
  void arrange(List<Claim> newClaims, int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height && newClaims.equals(claims)) {
      return;
    }
    claims = List.copyOf(newClaims);
    width = newWidth;
    height = newHeight;
    List<Placed> placed = Layout.place(boxes(), width, height);
    Map<Region, Rect> found = new EnumMap<>(Region.class);
    for (Region region : Region.values()) {
      Layout.find(placed, region.name()).ifPresent(rect -> found.put(region, rect));
    }
    places = found;
    rules =
        RULES.stream()
            .map(name -> Layout.find(placed, name))
            .flatMap(Optional::stream)
            .map(Rect::row)
            .toList();
  }

  /** Where a part is; empty when there is no room for it. */
  Optional<Rect> place(Region region) {
    return Optional.ofNullable(places.get(region));
  }

  /** The rows of the rules. */
  List<Integer> rules() {
    return rules;
  }

  private List<Box> boxes() {
    List<Box> boxes = new ArrayList<>();
    boxes.add(Box.rows(Region.TRANSCRIPT.name(), 0).filling().atLeast(MIN_TRANSCRIPT).ranked(7));
    for (Claim claim : claims) {
      boolean input = claim.region() == Region.COMPOSER || claim.region() == Region.DIALOG;
      if (input) {
        boxes.add(rule(RULES.getFirst()));
      }
      boxes.add(
          Box.rows(claim.region().name(), claim.rows())
              .atLeast(Math.min(claim.min(), height))
              .ranked(claim.rank()));
      if (input) {
        boxes.add(rule(RULES.getLast()));
      }
    }
    return boxes;
  }

  private static Box rule(String name) {
    return Box.rows(name, 1).ranked(2).hiddenBelow(RULES_FROM_ROWS);
  }
}
