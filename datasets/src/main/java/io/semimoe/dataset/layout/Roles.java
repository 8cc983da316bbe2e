package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.random.SeededRandom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers samples by role while a layout is read. */
final class Roles {
  private static final Comparator<Sample> BY_NAME =
      Comparator.comparing(Sample::name).thenComparing(Sample::image);

  private final Problems problems = new Problems();
  private final Map<Role, List<Sample>> byRole = new EnumMap<>(Role.class);

  Roles() {
    for (Role role : Role.values()) {
      byRole.put(role, new ArrayList<>());
    }
  }

  Problems problems() {
    return problems;
  }

  /** Gives a role to an image, reported in the role's usual group. */
  void add(Candidate candidate, Role role) {
    add(candidate, role, groupOf(role));
  }

  void add(Candidate candidate, Role role, String group) {
    candidate.as(role, group, problems).ifPresent(byRole.get(role)::add);
  }

  void addAll(Collection<Candidate> candidates, Role role) {
    for (Candidate candidate : candidates) {
      add(candidate, role);
    }
  }

  /** Reports a line of a split file that names an image which is not there. */
  void addUnknown(Path split, SplitCsv.Entry entry, Path root, Set<String> names) {
    problems.add(
        SplitCsv.at(split, entry.line())
            + "unknown image: expected an image of "
            + root
            + ", found '"
            + entry.name()
            + "'; nearest names: "
            + NearestNames.of(entry.name(), names)
            + "; correct the name (without extension) or the data folder");
  }

  /**
   * Gives the roles of {@code draw} to {@code candidates}, which come sorted by name.
   *
   * @param what what the candidates are, for messages
   */
  void draw(List<Candidate> candidates, Partition.Drawn draw, String what, Path where)
      throws DataException {
    int wanted = draw.labelled() + draw.validation();
    if (wanted > candidates.size()) {
      throw new DataException(
          where,
          "expected at least "
              + wanted
              + " "
              + what
              + " to draw "
              + draw.labelled()
              + " labelled and "
              + draw.validation()
              + " validation images from, found "
              + candidates.size()
              + "; draw fewer");
    }
    int[] order = SeededRandom.of(draw.seed(), "labelled-draw").permutation(candidates.size());
    for (int i = 0; i < order.length; i++) {
      Role role =
          i < draw.labelled() ? Role.LABELLED : i < wanted ? Role.VALIDATION : Role.UNLABELLED;
      add(candidates.get(order[i]), role);
    }
  }

  /** Returns all of it, sorted by name, unless there were problems. */
  SampleSet toSampleSet() throws DataException {
    problems.throwIfAny();
    return new SampleSet(
        sorted(Role.LABELLED), sorted(Role.UNLABELLED), sorted(Role.VALIDATION), sorted(Role.TEST));
  }

  private List<Sample> sorted(Role role) {
    return byRole.get(role).stream().sorted(BY_NAME).toList();
  }

  private static String groupOf(Role role) {
    return switch (role) {
      case LABELLED, UNLABELLED -> "train";
      case VALIDATION -> "validation";
      case TEST -> "test";
    };
  }
}
