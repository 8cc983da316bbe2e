package io.semimoe.cli.predict;

import java.util.concurrent.Semaphore;

/**
 * Keeps images that are predicted at the same time within the heap: an image waits until those
 * before it leave enough of the budget. One that needs more than there is gets all of it, alone.
 */
final class MemoryBudget {
  /**
   * Heap that a pixel of an image takes at most while it is predicted in memory: decoded twice, its
   * three maps, mask, labels, and what is written, 35 bytes by measure; and what decoding takes.
   */
  private static final long BYTES_PER_PIXEL = 64;

  private final int permits;
  private final Semaphore semaphore;

  /** A budget of so many MiB. */
  private MemoryBudget(int permits) {
    this.permits = permits;
    this.semaphore = new Semaphore(permits, true);
  }

  /** Half of the heap that this Java may grow to. */
  static MemoryBudget ofHeap() {
    long mebibytes = Runtime.getRuntime().maxMemory() >> 21;
    return new MemoryBudget((int) Math.max(1, Math.min(mebibytes, Integer.MAX_VALUE)));
  }

  /** Pixels of the largest image that this Java can surely predict in memory, alone. */
  static long mostPixelsOfHeap() {
    return Runtime.getRuntime().maxMemory() / BYTES_PER_PIXEL;
  }

  /** Waits for the memory of an image of so many pixels; returns what is to be given back. */
  int take(long pixels) {
    long mebibytes = 1 + ((pixels * BYTES_PER_PIXEL) >> 20);
    int taken = (int) Math.min(mebibytes, permits);
    semaphore.acquireUninterruptibly(taken);
    return taken;
  }

  /** Gives back what was taken. */
  void giveBack(int taken) {
    semaphore.release(taken);
  }
}
