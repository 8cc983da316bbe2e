package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads {@link DataSource.Glas}. */
final class GlasLayout {
  static final String MASK_SUFFIX = "_anno";
  private static final String TRAINING_PREFIX = "train_";
  private static final List<String> TEST_GROUPS = List.of("testA", "testB");

  private final DataSource.Glas source;
  private final Roles roles = new Roles();

  GlasLayout(DataSource.Glas source) {
    this.source = source;
  }

  SampleSet open() throws DataException {
    NavigableMap<String, Candidate> candidates = candidates();
    if (source.partition() instanceof Partition.SplitFile split) {
      for (SplitCsv.Entry entry : SplitCsv.read(split.file())) {
        Candidate candidate = candidates.get(entry.name());
        if (candidate == null) {
          roles.addUnknown(split.file(), entry, source.root(), candidates.keySet());
        } else {
          add(candidate, entry.role());
        }
      }
    } else {
      draw(candidates, (Partition.Drawn) source.partition());
    }
    return roles.toSampleSet();
  }

  private void draw(NavigableMap<String, Candidate> candidates, Partition.Drawn draw)
      throws DataException {
    List<Candidate> training = new ArrayList<>();
    for (Candidate candidate : candidates.values()) {
      if (candidate.name().startsWith(TRAINING_PREFIX)) {
        training.add(candidate);
      } else {
        add(candidate, Role.TEST);
      }
    }
    String what = "training images (named " + TRAINING_PREFIX + "*)";
    roles.draw(training, draw, what, source.root());
  }

  private void add(Candidate candidate, Role role) {
    if (role == Role.TEST) {
      for (String group : TEST_GROUPS) {
        if (candidate.name().startsWith(group + "_")) {
          roles.add(candidate, role, group);
          return;
        }
      }
    }
    roles.add(candidate, role);
  }

  private NavigableMap<String, Candidate> candidates() throws DataException {
    NavigableMap<String, Path> images = new TreeMap<>();
    NavigableMap<String, Path> masks = new TreeMap<>();
    for (Map.Entry<String, Path> file : ImageFolder.scan(source.root(), "images").entrySet()) {
      String name = file.getKey();
      if (name.endsWith(MASK_SUFFIX)) {
        masks.put(name.substring(0, name.length() - MASK_SUFFIX.length()), file.getValue());
      } else {
        images.put(name, file.getValue());
      }
    }
    MaskedFolder folder = new MaskedFolder(source.root(), source.root());
    NavigableMap<String, Candidate> candidates = new TreeMap<>();
    for (Candidate found : Candidate.pair(images, masks, folder, roles.problems())) {
      String maskPlace = source.root() + "/" + found.name() + MASK_SUFFIX + ".*";
      candidates.put(
          found.name(), new Candidate(found.name(), found.image(), found.mask(), maskPlace));
    }
    return candidates;
  }
}
