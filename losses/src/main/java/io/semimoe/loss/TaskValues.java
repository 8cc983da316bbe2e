package io.semimoe.loss;

import java.util.function.DoubleUnaryOperator;

/**
 * One number for each of the three tasks of Semi-MoE, for instance a loss or an adaptive weight.
 *
 * @param segmentation value of the segmentation task
 * @param distance value of the signed distance field task
 * @param boundary value of the boundary task
 */
public record TaskValues(double segmentation, double distance, double boundary) {

  /** Returns the element-wise sum. */
  public TaskValues plus(TaskValues other) {
    return new TaskValues(
        segmentation + other.segmentation, distance + other.distance, boundary + other.boundary);
  }

  /** Returns the values multiplied by {@code factor}. */
  public TaskValues times(double factor) {
    return new TaskValues(segmentation * factor, distance * factor, boundary * factor);
  }

  /** Returns the element-wise product. */
  public TaskValues times(TaskValues other) {
    return new TaskValues(
        segmentation * other.segmentation, distance * other.distance, boundary * other.boundary);
  }

  /** Returns the values with {@code function} applied to each. */
  public TaskValues map(DoubleUnaryOperator function) {
    return new TaskValues(
        function.applyAsDouble(segmentation),
        function.applyAsDouble(distance),
        function.applyAsDouble(boundary));
  }

  /** Returns the sum of the three values. */
  public double sum() {
    return segmentation + distance + boundary;
  }

  /** Returns whether all three values are finite. */
  public boolean isFinite() {
    return Double.isFinite(segmentation) && Double.isFinite(distance) && Double.isFinite(boundary);
  }
}
