package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads {@link DataSource.Crag}. */
final class CragLayout {
  static final String TRAINING = "train";
  static final String TEST = "valid";
  static final String IMAGES = "Images";
  static final String MASKS = "Annotation";

  private final DataSource.Crag source;
  private final Roles roles = new Roles();

  CragLayout(DataSource.Crag source) {
    this.source = source;
  }

  SampleSet open() throws DataException {
    List<Candidate> training = candidates(TRAINING);
    List<Candidate> test = candidates(TEST);
    if (source.partition() instanceof Partition.SplitFile split) {
      assign(split, training, test);
    } else {
      Path where = source.root().resolve(TRAINING);
      roles.draw(training, (Partition.Drawn) source.partition(), "training images", where);
      roles.addAll(test, Role.TEST);
    }
    return roles.toSampleSet();
  }

  private void assign(Partition.SplitFile split, List<Candidate> training, List<Candidate> test)
      throws DataException {
    NavigableMap<String, List<Candidate>> byName = new TreeMap<>();
    index(byName, TRAINING, training);
    index(byName, TEST, test);
    Map<Candidate, Integer> lineOf = new HashMap<>();
    for (SplitCsv.Entry entry : SplitCsv.read(split.file())) {
      List<Candidate> found = byName.getOrDefault(entry.name(), List.of());
      String at = SplitCsv.at(split.file(), entry.line());
      if (found.isEmpty()) {
        roles.addUnknown(split.file(), entry, source.root(), byName.keySet());
      } else if (found.size() > 1) {
        roles
            .problems()
            .add(
                at
                    + "duplicate name: '%1$s' is in both folders; write 'train/%1$s' or 'valid/%1$s'"
                        .formatted(entry.name()));
      } else {
        Integer earlier = lineOf.putIfAbsent(found.get(0), entry.line());
        if (earlier == null) {
          roles.add(found.get(0), entry.role());
        } else {
          roles.problems().add(at + SplitCsv.duplicate(entry.name(), earlier));
        }
      }
    }
  }

  private static void index(
      NavigableMap<String, List<Candidate>> byName, String folder, List<Candidate> candidates) {
    for (Candidate candidate : candidates) {
      byName.computeIfAbsent(candidate.name(), name -> new ArrayList<>()).add(candidate);
      byName.put(folder + "/" + candidate.name(), List.of(candidate));
    }
  }

  private List<Candidate> candidates(String part) throws DataException {
    MaskedFolder folder =
        new MaskedFolder(
            source.root().resolve(part).resolve(IMAGES),
            source.root().resolve(part).resolve(MASKS));
    return Candidate.pair(
        ImageFolder.scan(folder.images(), "CRAG " + part + " images"),
        ImageFolder.scan(folder.masks(), "CRAG " + part + " masks"),
        folder,
        roles.problems());
  }
}
