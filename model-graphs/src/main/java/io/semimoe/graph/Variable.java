package io.semimoe.graph;

/**
 * A parameter or state of a graph together with how it begins.
 *
 * @param value the value that reads it
 * @param initialization its initial content
 */
public record Variable(Value value, Initialization initialization) {

  /** Returns the name under which checkpoints and exports keep it. */
  public String name() {
    return value.name();
  }

  /** Returns the initial content for a seed, in row-major order. */
  public float[] initialValues(long seed) {
    return initialization.values(name(), value.shape(), seed);
  }
}
