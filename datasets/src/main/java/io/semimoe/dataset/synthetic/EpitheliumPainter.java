package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;

/**
 * Paints the glands: nuclei lined up along the outer edge, pale cells with mucin above them, and a
 * lumen as pale as empty glass, sometimes with secretion, sometimes bridged, sometimes missing.
 */
final class EpitheliumPainter {
  private final StainField field;
  private final int[] labels;
  private final Depth depth;
  private final double unit;
  private final SeededRandom random;
  private final NucleusPainter nuclei;
  private final ValueNoise texture;
  private final ValueNoise wall;
  private final ValueNoise bridges;
  private final float[] lumenDepth;
  private final double thickness;
  private final double crowding;
  private final int layers;

  EpitheliumPainter(
      StainField field, LabelMap glands, Depth depth, double unit, SeededRandom random) {
    this.field = field;
    this.labels = glands.labels();
    this.depth = depth;
    this.unit = unit;
    this.random = random;
    nuclei = new NucleusPainter(field, unit, random);
    texture = new ValueNoise(random);
    wall = new ValueNoise(random);
    bridges = new ValueNoise(random);
    thickness = unit * random.between(10, 18);
    crowding = random.between(3.6, 5.2);
    layers = 1 + random.nextInt(3);
    lumenDepth = lumenDepth(random.chance(0.3) ? random.between(0.4, 0.6) : 0);
  }

  /**
   * Returns how far below the epithelium's surface each pixel lies: positive in lumina, else 0.
   *
   * @param bridgeLevel 0 for open lumina, more for bridged ones
   */
  private float[] lumenDepth(double bridgeLevel) {
    float[] below = new float[labels.length];
    for (int pixel = 0; pixel < labels.length; pixel++) {
      if (isGland(pixel)) {
        double x = field.x(pixel) / unit;
        double y = field.y(pixel) / unit;
        double surface = thickness * (0.65 + 0.7 * wall.fractal(x / 16, y / 16));
        boolean open = bridgeLevel == 0 || bridges.fractal(x / 13, y / 13) >= bridgeLevel;
        below[pixel] = open ? (float) Math.max(0, depth.at(pixel) - surface) : 0;
      }
    }
    return below;
  }

  void paint() {
    paintCytoplasm();
    if (random.chance(0.6)) {
      paintMucin();
    }
    paintLumina();
    paintNuclei();
    paintDebris();
  }

  private boolean isGland(int pixel) {
    return labels[pixel] != 0;
  }

  private boolean isLumen(int pixel) {
    return lumenDepth[pixel] > 0;
  }

  private boolean isEpithelium(int pixel) {
    return isGland(pixel) && !isLumen(pixel);
  }

  private void paintCytoplasm() {
    double hematoxylin = random.between(0.12, 0.24);
    double eosin = random.between(0.18, 0.3);
    for (int pixel = 0; pixel < labels.length; pixel++) {
      if (isGland(pixel)) {
        double x = field.x(pixel);
        double y = field.y(pixel);
        double grain = 0.75 + 0.5 * texture.fractal(x / (5 * unit), y / (5 * unit));
        double apical = Math.min(1, depth.at(pixel) / thickness);
        field.blend(
            pixel,
            1,
            hematoxylin * grain * (1.15 - 0.5 * apical),
            eosin * grain * (1.05 - 0.25 * apical));
      }
    }
  }

  /** Paints goblet cells: round pale spots in the upper part of the epithelium. */
  private void paintMucin() {
    int tries = (int) (labels.length / (unit * unit) / random.between(6, 30));
    for (int pixel :
        nuclei.scatter(
            tries,
            7 * unit,
            p ->
                isEpithelium(p)
                    && depth.at(p) > 0.45 * thickness
                    && depth.at(p) < 1.05 * thickness)) {
      GlandShape drop =
          new GlandShape(
              field.x(pixel), field.y(pixel), unit * random.between(2.4, 4), 0.1, random);
      paintPale(drop, random.between(0.02, 0.07), random.between(0.05, 0.1));
    }
  }

  private void paintPale(GlandShape shape, double hematoxylin, double eosin) {
    int reach = (int) Math.ceil(shape.reach()) + 1;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        int x = (int) shape.centreX() + dx;
        int y = (int) shape.centreY() + dy;
        if (x >= 0 && y >= 0 && x < field.width && y < field.height) {
          double share = Math.min(1, (1.2 - shape.relativeRadius(x, y, 0)) * 4);
          if (share > 0 && isGland(y * field.width + x)) {
            field.blend(y * field.width + x, share, hematoxylin, eosin);
          }
        }
      }
    }
  }

  private void paintLumina() {
    double secretion = random.chance(0.35) ? random.between(0.06, 0.2) : 0;
    for (int pixel = 0; pixel < labels.length; pixel++) {
      if (isLumen(pixel)) {
        double x = field.x(pixel);
        double y = field.y(pixel);
        double cloud = texture.fractal(x / (14 * unit) + 70, y / (14 * unit) + 70);
        double edge = Math.min(1, (lumenDepth[pixel] + 1) / (1.5 * unit));
        double eosin = 0.02 + secretion * Math.max(0, cloud - 0.35) * 2;
        field.blend(pixel, edge, 0.015 + 0.2 * secretion * cloud, eosin);
      }
    }
  }

  private void paintNuclei() {
    for (int layer = 0; layer < layers; layer++) {
      double least = unit * (2.6 + 4.2 * layer);
      double most = least + 2.4 * unit;
      int tries = (int) (labels.length / (unit * unit) * (layer == 0 ? 1.2 : 0.35));
      for (int pixel :
          nuclei.scatter(
              tries,
              unit * crowding * (1 + 0.25 * layer),
              p -> isEpithelium(p) && depth.at(p) >= least && depth.at(p) <= most)) {
        int label = labels[pixel];
        nuclei.paint(
            field.x(pixel),
            field.y(pixel),
            unit * random.between(3, 4.4),
            unit * random.between(1.7, 2.4),
            depth.inward(pixel) + random.between(-0.3, 0.3),
            random.between(0.55, 0.95),
            p -> labels[p] == label);
      }
    }
  }

  /** Paints a few loose cells into the lumina. */
  private void paintDebris() {
    int tries = random.nextInt(60);
    for (int pixel : nuclei.scatter(tries, 6 * unit, this::isLumen)) {
      nuclei.paint(
          field.x(pixel),
          field.y(pixel),
          unit * random.between(1.2, 2.2),
          unit * random.between(1, 1.8),
          random.between(0, Math.PI),
          random.between(0.3, 0.6),
          this::isGland);
    }
  }
}
