package io.semimoe.graph;

import io.semimoe.graph.op.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** How a parameter or state begins. */
public sealed interface Initialization {

  /**
   * Returns the initial values in row-major order.
   *
   * @param name name of the parameter; each name draws from a stream of its own, so that adding a
   *     parameter does not change the others
   */
  float[] values(String name, Shape shape, long seed);

  /** As the parameter or state {@code other} begins with {@code initialization}. */
  record Like(String other, Initialization initialization) implements Initialization {
    @Override
    public float[] values(String name, Shape shape, long seed) {
      return initialization.values(other, shape, seed);
    }
  }

  /** Every element is {@code value}. */
  record Constant(float value) implements Initialization {
    @Override
    public float[] values(String name, Shape shape, long seed) {
      float[] result = new float[Math.toIntExact(shape.elements())];
      Arrays.fill(result, value);
      return result;
    }
  }

  /**
   * Normal with mean 0 and standard deviation √(2 / fan-in), fan-in being the number of elements of
   * one output row (He et al. 2015, gain √2 for ReLU).
   */
  record KaimingNormal() implements Initialization {
    @Override
    public float[] values(String name, Shape shape, long seed) {
      SplittableRandom random = new SplittableRandom(seed ^ hash(name));
      double deviation = Math.sqrt(2.0 * shape.dim(0) / shape.elements());
      float[] result = new float[Math.toIntExact(shape.elements())];
      for (int i = 0; i < result.length; i++) {
        result[i] = (float) (random.nextGaussian() * deviation);
      }
      return result;
    }

    /** FNV-1a, 64 bit. */
    private static long hash(String name) {
      long h = 0xcbf29ce484222325L;
      for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
        h = (h ^ (b & 0xff)) * 0x100000001b3L;
      }
      return h;
    }
  }
}
