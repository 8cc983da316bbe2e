package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;

/** An irregular gland outline: an ellipse whose radius a few smooth waves deform. */
final class GlandShape {
  private static final int STEPS = 720;
  private static final int WAVES = 6;

  private final double centreX;
  private final double centreY;
  private final double[] radius;
  private final double reach;

  /**
   * Draws an outline.
   *
   * @param meanRadius the radius of a circle of about the same area, in pixels
   * @param roughness the relative size of the deformation, about 0.1 to 0.4
   */
  GlandShape(
      double centreX, double centreY, double meanRadius, double roughness, SeededRandom random) {
    this.centreX = centreX;
    this.centreY = centreY;
    radius = new double[STEPS];
    double stretch = random.between(1.0, 1.55);
    double tilt = random.between(0, Math.PI);
    double[] amplitude = new double[WAVES];
    double[] phase = new double[WAVES];
    for (int k = 0; k < WAVES; k++) {
      amplitude[k] = roughness * random.between(-1, 1) / (k + 1.5);
      phase[k] = random.between(0, 2 * Math.PI);
    }
    double greatest = 0;
    for (int i = 0; i < STEPS; i++) {
      double angle = 2 * Math.PI * i / STEPS;
      double along = StrictMath.cos(angle - tilt) / stretch;
      double across = StrictMath.sin(angle - tilt) * stretch;
      double wave = 1;
      for (int k = 0; k < WAVES; k++) {
        wave += amplitude[k] * StrictMath.cos((k + 2) * angle + phase[k]);
      }
      radius[i] = meanRadius * Math.max(0.35, wave) / Math.sqrt(along * along + across * across);
      greatest = Math.max(greatest, radius[i]);
    }
    reach = greatest;
  }

  private GlandShape(double centreX, double centreY, GlandShape outline) {
    this.centreX = centreX;
    this.centreY = centreY;
    radius = outline.radius;
    reach = outline.reach;
  }

  /** Returns the same outline at another place. */
  GlandShape at(double x, double y) {
    return new GlandShape(x, y, this);
  }

  double centreX() {
    return centreX;
  }

  double centreY() {
    return centreY;
  }

  /** Returns the greatest distance of the outline from the centre. */
  double reach() {
    return reach;
  }

  /** Returns the distance of the outline from the centre in a direction, in pixels. */
  double radiusAt(double angle) {
    int step = (int) Math.floor(angle / (2 * Math.PI) * STEPS);
    return radius[Math.floorMod(step, STEPS)];
  }

  /** Returns 0 at the centre, 1 on the outline with {@code margin} pixels added, more outside. */
  double relativeRadius(double x, double y, double margin) {
    double dx = x - centreX;
    double dy = y - centreY;
    double distance = Math.sqrt(dx * dx + dy * dy);
    if (distance > reach + margin) {
      return 2;
    }
    return distance / (radiusAt(StrictMath.atan2(dy, dx)) + margin);
  }
}
