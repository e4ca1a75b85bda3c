package dev.agent.tui.view;

import java.util.Arrays;

/** Heights of blocks in rows, with their sums in logarithmic time (a Fenwick tree). */
final class Heights {
  private int[] height = new int[64];
  private int[] tree = new int[65];
  private int size;

  int size() {
    return size;
  }

  int get(int place) {
    return height[place];
  }

  void clear() {
    size = 0;
  }

  void add(int rows) {
    if (size == height.length) {
      height = Arrays.copyOf(height, size * 2);
      tree = Arrays.copyOf(tree, size * 2 + 1);
    }
    height[size++] = rows;
    int sum = rows;
    for (int step = 1; step < Integer.lowestOneBit(size); step <<= 1) {
      sum += tree[size - step];
    }
    tree[size] = sum;
  }

  void set(int place, int rows) {
    int change = rows - height[place];
    if (change != 0) {
      height[place] = rows;
      for (int i = place + 1; i <= size; i += Integer.lowestOneBit(i)) {
        tree[i] += change;
      }
    }
  }

  /** The rows of all blocks in front of a place. */
  int before(int place) {
    int sum = 0;
    for (int i = place; i > 0; i -= Integer.lowestOneBit(i)) {
      sum += tree[i];
    }
    return sum;
  }

  /** All of them, in order. */
  int[] all() {
    return Arrays.copyOf(height, size);
  }

  int total() {
    return before(size);
  }
}
