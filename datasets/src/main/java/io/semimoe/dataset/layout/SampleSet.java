package io.semimoe.dataset.layout;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Returns the images to evaluate on by the name of their role; only roles that have any. */
  public Map<String, List<Sample>> evaluated() {
    Map<String, List<Sample>> splits = new LinkedHashMap<>();
    for (Role role : List.of(Role.VALIDATION, Role.TEST)) {
      if (!of(role).isEmpty()) {
        splits.put(role.text(), of(role));
      }
    }
    return splits;
  }

  /** Returns all images: labelled, unlabelled, validation, test. */
  public List<Sample> all() {
    return Stream.of(labelled, unlabelled, validation, test).flatMap(List::stream).toList();
  }
}
