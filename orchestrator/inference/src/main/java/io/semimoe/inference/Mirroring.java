package io.semimoe.inference;

import io.semimoe.dataset.raster.Dihedral;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs a model on an image and on its three mirror images, turns the maps back and averages them:
 * tissue has no left and right, and what a model makes of one orientation alone is an error.
 */
final class Mirroring {
  /** The mirrorings of an image that keep its sides; each undoes itself. */
  private static final List<Dihedral> ALL =
      List.of(
          Dihedral.IDENTITY, Dihedral.FLIP_HORIZONTAL, Dihedral.FLIP_VERTICAL, Dihedral.ROTATE_180);

  private Mirroring() {}

  /**
   * Returns the means of the four maps of each kind, and of the gate weights.
   *
   * @param upright what the model makes of the image as it is
   * @param model is run on the three mirror images
   */
  static TileMaps mean(RgbImage image, TileMaps upright, Function<RgbImage, TileMaps> model) {
    List<FloatMap> probabilities = new ArrayList<>();
    List<FloatMap> distances = new ArrayList<>();
    List<FloatMap> boundaries = new ArrayList<>();
    GateWeights.Mean weights = new GateWeights.Mean();
    for (Dihedral mirror : ALL) {
      TileMaps maps = mirror == Dihedral.IDENTITY ? upright : model.apply(mirror.apply(image));
      probabilities.add(mirror.apply(maps.probability()));
      maps.distance().ifPresent(map -> distances.add(mirror.apply(map)));
      maps.boundary().ifPresent(map -> boundaries.add(mirror.apply(map)));
      maps.gateWeights().ifPresent(weights::add);
    }
    return new TileMaps(
        mean(probabilities).orElseThrow(), mean(distances), mean(boundaries), weights.get());
  }

  /** Returns the mean; none of no maps. */
  private static Optional<FloatMap> mean(List<FloatMap> maps) {
    if (maps.isEmpty()) {
      return Optional.empty();
    }
    float[] mean = new float[maps.get(0).values().length];
    for (FloatMap map : maps) {
      float[] values = map.values();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += values[i] / maps.size();
      }
    }
    return Optional.of(new FloatMap(maps.get(0).width(), maps.get(0).height(), mean));
  }
}
