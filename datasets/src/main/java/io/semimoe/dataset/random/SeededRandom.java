package io.semimoe.dataset.random;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A stream of random numbers derived from a seed, a purpose and any number of indices.
 *
 * <p>Two streams with equal arguments are equal, whatever thread draws from them and whatever was
 * drawn elsewhere; streams that differ in one argument are unrelated. So one seed serves a whole
 * run: the purpose keeps data order, augmentation and the rest apart, and the indices (epoch,
 * position) let work start anywhere, in any order.
 *
 * <p>The generator is SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", 2014), written out here because the JDK does not promise to keep its own generators'
 * output between releases. Instances are not thread-safe.
 */
public final class SeededRandom {
  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private long state;
  private double spareGaussian = Double.NaN;

  private SeededRandom(long state) {
    this.state = state;
  }

  /**
   * Returns the stream of {@code (seed, purpose, indices)}.
   *
   * @param seed the seed of the whole run
   * @param purpose what the numbers are for, such as {@code "augmentation"}
   * @param indices where in that purpose, such as epoch and position; may be empty
   */
  public static SeededRandom of(long seed, String purpose, long... indices) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < purpose.length(); i++) {
      hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
    }
    long state = mix(mix(seed + GOLDEN_GAMMA) ^ hash);
    for (long index : indices) {
      state = mix(state + GOLDEN_GAMMA * (index + 1));
    }
    return new SeededRandom(state);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Returns 64 uniform bits. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** Returns a uniform number of {@code [0, 1)} with 53 random bits. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Returns a uniform number of {@code [low, high)}. */
  public double between(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Returns true with probability {@code probability}. */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /**
   * Returns a uniform integer of {@code [0, bound)}, without bias.
   *
   * @throws IllegalArgumentException if {@code bound} is not positive
   */
  public int nextInt(int bound) {
    checkArgument(bound > 0, "bound: expected a positive number, found %s", bound);
    while (true) {
      long bits = nextLong() >>> 1;
      long value = bits % bound;
      // Refuse the incomplete last stretch of multiples of bound.
      if (bits - value + (bound - 1) >= 0) {
        return (int) value;
      }
    }
  }

  /** Returns a normally distributed number with mean 0 and standard deviation 1 (Box-Muller). */
  public double nextGaussian() {
    if (!Double.isNaN(spareGaussian)) {
      double spare = spareGaussian;
      spareGaussian = Double.NaN;
      return spare;
    }
    double radius = Math.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    double angle = 2 * Math.PI * nextDouble();
    spareGaussian = radius * StrictMath.sin(angle);
    return radius * StrictMath.cos(angle);
  }

  /**
   * Returns a uniformly drawn permutation of {@code 0 .. count - 1} (Fisher-Yates).
   *
   * @throws IllegalArgumentException if {@code count} is negative
   */
  public int[] permutation(int count) {
    checkArgument(count >= 0, "count: expected 0 or more, found %s", count);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
