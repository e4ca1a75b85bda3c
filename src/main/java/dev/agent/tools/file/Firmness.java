package dev.agent.tools.file;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import java.util.List;

/** Which lines of an edit may not be doubted. Pure. */
final class Firmness {
  private Firmness() {}

  /**
   * For each line of the old text: whether it is changed, or is the neighbour of a place where
   * something is put in.
   */
  static boolean[] of(List<String> old, List<String> fresh) {
    boolean[] firm = new boolean[old.size()];
    for (AbstractDelta<String> delta : DiffUtils.diff(old, fresh).getDeltas()) {
      int from = delta.getSource().getPosition();
      int to = from + delta.getSource().size();
      for (int i = Math.max(0, from - 1); i <= to && i < firm.length; i++) {
        firm[i] = true;
      }
    }
    return firm;
  }

  /** Whether two lines agree in at least four fifths of their letters, counted from both ends. */
  static boolean similar(String a, String b) {
    int most = Math.max(a.length(), b.length());
    int least = Math.min(a.length(), b.length());
    int prefix = 0;
    while (prefix < least && a.charAt(prefix) == b.charAt(prefix)) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < least - prefix
        && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
      suffix++;
    }
    return (prefix + suffix) * 5 >= most * 4;
  }
}
