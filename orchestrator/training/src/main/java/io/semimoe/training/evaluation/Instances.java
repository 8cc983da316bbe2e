package io.semimoe.training.evaluation;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.semimoe.dataset.raster.ConnectedComponents;
import io.semimoe.dataset.raster.Connectivity;
import io.semimoe.dataset.raster.LabelMap;

/**
 * How a predicted mask becomes objects: small holes filled, connected components found, small ones
 * dropped.
 *
 * @param connectivity which pixels are neighbours in an object; holes use the other one
 * @param minimumArea smallest area of an object in pixels; smaller ones become background, 0 keeps
 *     all
 * @param maximumHoleArea greatest area in pixels of a hole that is filled before the components are
 *     found, 0 fills none; background that touches the image's border is no hole
 */
public record Instances(Connectivity connectivity, int minimumArea, int maximumHoleArea) {

  /** 8-connected components as they are: nothing filled, nothing dropped. */
  public static final Instances DEFAULT = new Instances(Connectivity.EIGHT, 0, 0);

  /**
   * Checks the areas.
   *
   * @throws IllegalArgumentException if an area is negative
   */
  public Instances {
    requireNonNull(connectivity, "connectivity");
    checkArgument(minimumArea >= 0, "expected a minimum area of at least 0, found %s", minimumArea);
    checkArgument(
        maximumHoleArea >= 0,
        "expected a maximum hole area of at least 0, found %s",
        maximumHoleArea);
  }

  /**
   * Finds the objects of a mask.
   *
   * @param mask labels, above 0 = foreground
   * @return an instance map of the same size, 0 = background, each other label one object
   */
  public LabelMap of(LabelMap mask) {
    LabelMap filled = maximumHoleArea == 0 ? mask.foreground() : fillHoles(mask.foreground());
    LabelMap components = ConnectedComponents.label(filled, connectivity);
    return minimumArea <= 1 ? components : dropSmall(components);
  }

  private LabelMap fillHoles(LabelMap mask) {
    int[] out = mask.labels().clone();
    int[] inverse = new int[out.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = 1 - out[i];
    }
    Connectivity other =
        connectivity == Connectivity.EIGHT ? Connectivity.FOUR : Connectivity.EIGHT;
    LabelledObjects background =
        new LabelledObjects(
            ConnectedComponents.label(new LabelMap(mask.width(), mask.height(), inverse), other));
    for (int i = 0; i < out.length; i++) {
      int component = background.indices()[i];
      if (component != LabelledObjects.BACKGROUND
          && background.area(component) <= maximumHoleArea
          && background.box(component).isInside(mask.width(), mask.height())) {
        out[i] = 1;
      }
    }
    return new LabelMap(mask.width(), mask.height(), out);
  }

  private LabelMap dropSmall(LabelMap components) {
    LabelledObjects objects = new LabelledObjects(components);
    int[] out = components.labels().clone();
    for (int i = 0; i < out.length; i++) {
      if (out[i] != 0 && objects.area(objects.indices()[i]) < minimumArea) {
        out[i] = 0;
      }
    }
    return new LabelMap(components.width(), components.height(), out);
  }
}
