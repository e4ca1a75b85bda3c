package dev.agent.testing.architecture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packages of the product from the top down, as the architecture page shows them. A package
 * uses only packages on lower rows; packages of one row do not know each other.
 *
 * <p>A family (a package with sub-packages) sits on one row and has an order of its own, written
 * from the bottom up: {@code <} separates steps, blanks separate packages that don't know each
 * other.
 */
public final class PackageTable {
  /** The product's table. */
  public static final PackageTable PRODUCT =
      PackageTable.parse(
          """
          10 cli
           9 mode < mode.interactive mode.print mode.stream mode.acp mode.mcpserver mode.daemon mode.demo mode.replay < mode.screen
           8 tui.cell < tui.theme < tui.input tui.layout tui.markup < tui.edit < tui.view tui.dialog < tui
           7 command
           6 task
           6 skill
           5 loop
           4 permission
           4 hook
           4 context
           4 tools.file tools.search tools.shell tools.web tools.plan < tools
           4 mcp
           3 tool
           2 model < model.anthropic
           2 sandbox
           2 session
           2 workspace
           2 plugin
           1 settings
           1 process
           1 net
           1 shell
           0 message
           0 runtime
           0 json
           0 text
           0 git
          """);

  private record Place(int row, String family, int step) {}

  private final Map<String, Place> places;

  private PackageTable(Map<String, Place> places) {
    this.places = Map.copyOf(places);
  }

  static PackageTable parse(String text) {
    Map<String, Place> places = new HashMap<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int blank = line.indexOf(' ');
      int row = Integer.parseInt(line.substring(0, blank));
      String[] steps = line.substring(blank).split("<", -1);
      for (int step = 0; step < steps.length; step++) {
        for (String name : steps[step].strip().split(" +", -1)) {
          if (places.put(name, new Place(row, family(name), step)) != null) {
            throw new IllegalArgumentException(name + " is in the table twice");
          }
        }
      }
    }
    return new PackageTable(places);
  }

  /** Whether the table has {@code name} (without the root package). */
  public boolean knows(String name) {
    return places.containsKey(name);
  }

  /** Whether {@code from} may use {@code to}; both must be in the table. */
  public boolean allows(String from, String to) {
    Place user = places.get(from);
    Place used = places.get(to);
    return from.equals(to)
        || user.row() > used.row()
        || (user.family().equals(used.family()) && user.step() > used.step());
  }

  /** All names, sorted. */
  public List<String> names() {
    List<String> names = new ArrayList<>(places.keySet());
    names.sort(null);
    return List.copyOf(names);
  }

  private static String family(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}
