package io.semimoe.inference;

import io.semimoe.dataset.raster.FloatMap;
import java.util.Optional;

/**
 * What a model gives for one tile.
 *
 * @param probability probability of the foreground, in [0, 1]
 * @param distance signed distance field, in (−1, 1), if the model has one
 * @param boundary probability of a boundary, in [0, 1], if the model has one
 * @param gateWeights weights of the experts, if the model gives them
 */
record TileMaps(
    FloatMap probability,
    Optional<FloatMap> distance,
    Optional<FloatMap> boundary,
    Optional<GateWeights> gateWeights) {

  /** Copies one row of the maps. */
  MapRow row(int y) {
    return new MapRow(
        y, probability.row(y), distance.map(map -> map.row(y)), boundary.map(map -> map.row(y)));
  }
}
