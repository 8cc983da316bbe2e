package io.semimoe.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.FloatMap;
import io.semimoe.dataset.raster.LabelMap;
import io.semimoe.dataset.target.BoundaryTarget;
import io.semimoe.dataset.target.SignedDistanceField;
import io.semimoe.dataset.target.TargetMode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Targets and components against SciPy's and scikit-image's. */
class TargetsReferenceTest {
  private static final double SDF_TOLERANCE = 1e-6;
  private static final ReferenceVectors VECTORS = ReferenceVectors.open("targets.npz");

  static Stream<String> cases() {
    return VECTORS.cases().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void signedDistanceFieldIsWithinTolerance(String name) {
    FloatMap expected = VECTORS.get(name + "/sdf").toFloatMap();
    FloatMap actual = SignedDistanceField.of(labels(name), TargetMode.UNION);

    assertThat(actual.width()).isEqualTo(expected.width());
    assertThat(Distances.largest(actual.values(), expected.values()))
        .as("greatest difference")
        .isLessThanOrEqualTo(SDF_TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void boundaryOfTheUnionIsEqual(String name) {
    assertThat(BoundaryTarget.of(labels(name), TargetMode.UNION))
        .isEqualTo(VECTORS.get(name + "/boundary_union").toLabelMap());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void boundaryOfTheInstancesIsEqual(String name) {
    assertThat(BoundaryTarget.of(labels(name), TargetMode.INSTANCES))
        .isEqualTo(VECTORS.get(name + "/boundary_instances").toLabelMap());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void numberOfComponentsIsEqual(String name) {
    LabelMap map = labels(name);

    assertThat(ConnectedComponents.label(map, Connectivity.FOUR).maxLabel())
        .as("4-connected")
        .isEqualTo((int) VECTORS.get(name + "/components4").scalar());
    assertThat(ConnectedComponents.label(map, Connectivity.EIGHT).maxLabel())
        .as("8-connected")
        .isEqualTo((int) VECTORS.get(name + "/components8").scalar());
  }

  private static LabelMap labels(String name) {
    return VECTORS.get(name + "/labels").toLabelMap();
  }
}
