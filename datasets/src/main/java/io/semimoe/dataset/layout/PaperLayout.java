package io.semimoe.dataset.layout;

import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@link DataSource.Paper} by turning it into {@link DataSource.Folders}. */
final class PaperLayout {
  static final String IMAGES = "image";
  static final String MASKS = "mask";

  private final DataSource.Paper source;

  PaperLayout(DataSource.Paper source) {
    this.source = source;
  }

  SampleSet open() throws DataException {
    return new FoldersLayout(folders()).open();
  }

  /**
   * Returns the folders that the images lie in.
   *
   * @throws DataException if one is missing, or it is not clear which one is meant
   */
  DataSource.Folders folders() throws DataException {
    Path labelled = training("train_sup_", source.labelledFolder(), "labelled");
    Path unlabelled = training("train_unsup_", source.unlabelledFolder(), "unlabelled");
    Optional<MaskedFolder> val = evaluated("val");
    Optional<MaskedFolder> test = evaluated("test");
    boolean valIsTest = source.valRole() == Role.TEST;
    if (valIsTest && val.isPresent() && test.isPresent()) {
      throw new DataException(
          source.root(),
          "two test sets: 'val' is said to hold the test images, but there is a folder 'test' as"
              + " well; use 'val' for validation or remove 'test'");
    }
    return new DataSource.Folders(
        masked(labelled),
        Optional.of(unlabelled.resolve(IMAGES)),
        valIsTest ? Optional.empty() : val,
        valIsTest && val.isPresent() ? val : test,
        Optional.empty());
  }

  private Path training(String prefix, Optional<String> name, String what) throws DataException {
    if (name.isPresent()) {
      Path folder = source.root().resolve(name.get());
      ImageFolder.requireFolder(folder, what + " images");
      return folder;
    }
    List<Path> found = ImageFolder.subFolders(source.root(), prefix);
    if (found.size() != 1) {
      throw new DataException(
          source.root(),
          "expected one folder '"
              + prefix
              + "N' with the "
              + what
              + " images, found "
              + (found.isEmpty() ? "none" : found.stream().map(Path::getFileName).toList())
              + "; "
              + (found.isEmpty() ? "create it" : "say which one is meant")
              + ", or use another layout");
    }
    return found.get(0);
  }

  private Optional<MaskedFolder> evaluated(String name) {
    Path folder = source.root().resolve(name);
    return Files.isDirectory(folder) ? Optional.of(masked(folder)) : Optional.empty();
  }

  private static MaskedFolder masked(Path folder) {
    return new MaskedFolder(folder.resolve(IMAGES), folder.resolve(MASKS));
  }
}
