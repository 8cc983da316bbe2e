package io.semimoe.dataset.layout;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The images of a data set by role, each list sorted by name.
 *
 * @param labelled images that train with their masks
 * @param unlabelled images that train without
 * @param validation images that choose the checkpoint; may be empty
 * @param test images that are only evaluated; may be empty
 */
public record SampleSet(
    List<Sample> labelled, List<Sample> unlabelled, List<Sample> validation, List<Sample> test) {
  /** Copies the lists. */
  public SampleSet {
    labelled = ImmutableList.copyOf(labelled);
    unlabelled = ImmutableList.copyOf(unlabelled);
    validation = ImmutableList.copyOf(validation);
    test = ImmutableList.copyOf(test);
  }

  /** Returns the images of one role. */
  public List<Sample> of(Role role) {
    return switch (role) {
      case LABELLED -> labelled;
      case UNLABELLED -> unlabelled;
      case VALIDATION -> validation;
      case TEST -> test;
    };
  }

  /** Returns all images: labelled, unlabelled, validation, test. */
  public List<Sample> all() {
    return Stream.of(labelled, unlabelled, validation, test).flatMap(List::stream).toList();
  }
}
