package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads {@link DataSource.Folders}. */
final class FoldersLayout {
  private final DataSource.Folders source;
  private final Roles roles = new Roles();

  FoldersLayout(DataSource.Folders source) {
    this.source = source;
  }

  SampleSet open() throws DataException {
    List<Candidate> labelled = candidates(source.labelled(), Role.LABELLED);
    if (source.draw().isPresent()) {
      roles.draw(labelled, source.draw().get(), "training images", source.labelled().images());
    } else {
      roles.addAll(labelled, Role.LABELLED);
    }
    if (source.unlabelled().isPresent()) {
      roles.addAll(unlabelled(source.unlabelled().get()), Role.UNLABELLED);
    }
    addEvaluated(source.validation(), Role.VALIDATION);
    addEvaluated(source.test(), Role.TEST);
    return roles.toSampleSet();
  }

  private void addEvaluated(Optional<MaskedFolder> folder, Role role) throws DataException {
    if (folder.isPresent()) {
      roles.addAll(candidates(folder.get(), role), role);
    }
  }

  private List<Candidate> unlabelled(Path images) throws DataException {
    return Candidate.pair(
        ImageFolder.scan(images, "unlabelled images"),
        new TreeMap<>(),
        new MaskedFolder(images, images),
        roles.problems());
  }

  private List<Candidate> candidates(MaskedFolder folder, Role role) throws DataException {
    NavigableMap<String, Path> images = ImageFolder.scan(folder.images(), role.text() + " images");
    NavigableMap<String, Path> masks = ImageFolder.scan(folder.masks(), role.text() + " masks");
    return Candidate.pair(images, masks, folder, roles.problems());
  }
}
