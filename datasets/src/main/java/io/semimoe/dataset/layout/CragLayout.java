package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import java.util.ArrayList;
import java.util.List;
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
      roles.draw(training, (Partition.Drawn) source.partition(), source.root().resolve(TRAINING));
      roles.addAll(test, Role.TEST);
    }
    return roles.toSampleSet();
  }

  private void assign(Partition.SplitFile split, List<Candidate> training, List<Candidate> test)
      throws DataException {
    NavigableMap<String, List<Candidate>> byName = new TreeMap<>();
    index(byName, TRAINING, training);
    index(byName, TEST, test);
    for (SplitCsv.Entry entry : SplitCsv.read(split.file())) {
      List<Candidate> found = byName.getOrDefault(entry.name(), List.of());
      String at = SplitCsv.at(split.file(), entry.line());
      if (found.size() == 1) {
        roles.add(found.get(0), entry.role());
      } else if (found.isEmpty()) {
        roles
            .problems()
            .add(
                at
                    + "unknown image: expected an image of "
                    + source.root()
                    + ", found '"
                    + entry.name()
                    + "'; nearest names: "
                    + NearestNames.of(entry.name(), byName.keySet())
                    + "; correct the name (without extension) or the data folder");
      } else {
        roles
            .problems()
            .add(
                at
                    + "duplicate name: '"
                    + entry.name()
                    + "' is in both folders; write 'train/"
                    + entry.name()
                    + "' or 'valid/"
                    + entry.name()
                    + "'");
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
