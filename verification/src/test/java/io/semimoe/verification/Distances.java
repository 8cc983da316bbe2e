package io.semimoe.verification;

/** Distances between arrays of equal length, in double. */
public final class Distances {
  private Distances() {}

  /** Returns the Euclidean norm. */
  static double norm(float[] a) {
    return norm(a, new float[a.length]);
  }

  /** Returns the Euclidean norm of a − b. */
  static double norm(float[] a, float[] b) {
    check(a.length, b.length);
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  /** Returns the largest absolute difference. */
  public static double largest(float[] a, float[] b) {
    check(a.length, b.length);
    double worst = 0;
    for (int i = 0; i < a.length; i++) {
      // Unlike a comparison, keeps a NaN.
      worst = Math.max(worst, Math.abs((double) a[i] - b[i]));
    }
    return worst;
  }

  private static void check(int a, int b) {
    if (a != b) {
      throw new AssertionError("expected arrays of equal length, found " + a + " and " + b);
    }
  }
}
