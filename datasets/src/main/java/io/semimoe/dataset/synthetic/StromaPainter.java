package io.semimoe.dataset.synthetic;

import io.semimoe.dataset.random.SeededRandom;
import io.semimoe.dataset.raster.LabelMap;

/**
 * Paints what lies between the glands: wavy fibres, clefts, connective tissue and immune cells, and
 * vessels, which are pale and round like a lumen but have no epithelium.
 */
final class StromaPainter {
  private final StainField field;
  private final int[] labels;
  private final Depth depth;
  private final double unit;
  private final SeededRandom random;
  private final NucleusPainter nuclei;
  private final ValueNoise bend;
  private final ValueNoise fibres;
  private final ValueNoise cells;
  private final double fibreAngle;

  StromaPainter(StainField field, LabelMap glands, Depth depth, double unit, SeededRandom random) {
    this.field = field;
    this.labels = glands.labels();
    this.depth = depth;
    this.unit = unit;
    this.random = random;
    nuclei = new NucleusPainter(field, unit, random);
    bend = new ValueNoise(random);
    fibres = new ValueNoise(random);
    cells = new ValueNoise(random);
    fibreAngle = random.between(0, Math.PI);
  }

  void paint() {
    paintFibres();
    paintVessels();
    paintSpindleNuclei();
    paintImmuneCells();
  }

  private boolean isStroma(int pixel) {
    return labels[pixel] == 0;
  }

  private double angleAt(double x, double y) {
    return fibreAngle + 2.2 * (bend.at(x / (70 * unit), y / (70 * unit)) - 0.5);
  }

  private void paintFibres() {
    double cos = StrictMath.cos(fibreAngle);
    double sin = StrictMath.sin(fibreAngle);
    double base = random.between(0.17, 0.28);
    double contrast = random.between(0.12, 0.24);
    double cleftLevel = random.between(0.66, 0.8);
    for (int y = 0; y < field.height; y++) {
      for (int x = 0; x < field.width; x++) {
        double wave = 40 * unit * (bend.at(x / (70 * unit), y / (70 * unit)) - 0.5);
        double along = x * cos + y * sin;
        double across = y * cos - x * sin + wave;
        double fine = fibres.fractal(along / (22 * unit), across / (4.5 * unit));
        double coarse = cells.at(x / (38 * unit), y / (38 * unit));
        double cleft = Math.max(0, Math.min(1, (fine - cleftLevel) * 9));
        double eosin = (base + contrast * (fine - 0.4) + 0.1 * (coarse - 0.5)) * (1 - 0.8 * cleft);
        field.blend(y * field.width + x, 1, 0.07 * (0.5 + coarse) * (1 - cleft), eosin);
      }
    }
  }

  private void paintVessels() {
    int wanted = random.nextInt(6);
    int[] centres =
        nuclei.scatter(600, 40 * unit, pixel -> isStroma(pixel) && depth.at(pixel) > 9 * unit);
    for (int i = 0; i < Math.min(wanted, centres.length); i++) {
      int x = field.x(centres[i]);
      int y = field.y(centres[i]);
      double room = Math.min(depth.at(centres[i]) - 3 * unit, 24 * unit);
      paintVessel(
          new GlandShape(x, y, room * random.between(0.45, 0.8), 0.15, random), random.chance(0.4));
    }
  }

  private void paintVessel(GlandShape vessel, boolean blood) {
    int reach = (int) Math.ceil(1.2 * vessel.reach());
    int left = Math.max(0, (int) vessel.centreX() - reach);
    int right = Math.min(field.width - 1, (int) vessel.centreX() + reach);
    int top = Math.max(0, (int) vessel.centreY() - reach);
    int bottom = Math.min(field.height - 1, (int) vessel.centreY() + reach);
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        int pixel = y * field.width + x;
        double position = vessel.relativeRadius(x, y, 0);
        if (position < 1.12 && isStroma(pixel)) {
          double grain = fibres.at(x / (3 * unit), y / (3 * unit));
          double inside = Math.max(0, Math.min(1, (1 - position) * 12));
          double content = blood && grain > 0.4 ? 0.42 : 0.03;
          field.blend(pixel, 1, 0.06 * (1 - inside), 0.32 * (1 - inside) + content * inside);
        }
      }
    }
    int flatCells = 2 + random.nextInt(5);
    for (int i = 0; i < flatCells; i++) {
      double angle = random.between(0, 2 * Math.PI);
      double radius = vessel.radiusAt(angle) + unit;
      nuclei.paint(
          vessel.centreX() + radius * StrictMath.cos(angle),
          vessel.centreY() + radius * StrictMath.sin(angle),
          4 * unit,
          1.5 * unit,
          angle + Math.PI / 2,
          random.between(0.5, 0.75),
          this::isStroma);
    }
  }

  private void paintSpindleNuclei() {
    int tries = (int) (field.width * field.height / (unit * unit) / random.between(150, 420));
    for (int pixel :
        nuclei.scatter(
            tries, 7 * unit, p -> isStroma(p) && depth.at(p) > 2 * unit && field.eosin[p] > 0.12)) {
      int x = field.x(pixel);
      int y = field.y(pixel);
      nuclei.paint(
          x,
          y,
          unit * random.between(3.2, 6),
          unit * random.between(1.3, 2.1),
          angleAt(x, y) + random.between(-0.35, 0.35),
          random.between(0.45, 0.8),
          this::isStroma);
    }
  }

  /** Paints round dark nuclei, crowded where the noise is high: purple that is no gland. */
  private void paintImmuneCells() {
    double level = random.between(0.62, 0.85);
    int tries = (int) (field.width * field.height / (unit * unit) / 9);
    for (int pixel :
        nuclei.scatter(
            tries,
            5.4 * unit,
            p ->
                isStroma(p)
                    && depth.at(p) > 3 * unit
                    && crowding(field.x(p), field.y(p)) > level)) {
      double radius = unit * random.between(1.9, 2.7);
      nuclei.paint(
          field.x(pixel),
          field.y(pixel),
          radius * 1.1,
          radius,
          random.between(0, Math.PI),
          random.between(0.65, 0.95),
          this::isStroma);
    }
  }

  private double crowding(int x, int y) {
    return bend.fractal(x / (45 * unit) + 90, y / (45 * unit) + 40);
  }
}
