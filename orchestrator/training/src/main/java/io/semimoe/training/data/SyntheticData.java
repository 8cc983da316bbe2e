package io.semimoe.training.data;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.file.FileFailure;
import io.semimoe.dataset.folder.PendingFolder;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.SyntheticSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes the generated images of a run, once. */
public final class SyntheticData {
  private static final String RECORD = "synthetic.txt";

  /** The files of a {@link SyntheticDataset}, and the record. */
  private static final Pattern GENERATED =
      Pattern.compile("synthetic\\.txt|split\\.csv|(train|testA)_\\d+(_anno)?\\.png");

  private SyntheticData() {}

  /**
   * Checks that {@link #prepare} may replace what a folder holds: nothing, images of equal
   * settings, which it leaves alone, or generated ones alone.
   *
   * @throws DataException if there is anything else, which is named
   */
  public static void requireReplaceable(Path root, SyntheticSettings settings)
      throws DataException {
    Path file = root.resolve(RECORD);
    if (!Files.isDirectory(root)) {
      return;
    }
    boolean generated = Files.exists(file);
    try (Stream<Path> entries = Files.list(root)) {
      Optional<Path> other =
          entries
              .filter(
                  entry ->
                      !generated || !GENERATED.matcher(entry.getFileName().toString()).matches())
              .findFirst();
      if (other.isPresent() && !(generated && Files.readString(file).equals(text(settings)))) {
        throw new DataException(
            other.get(),
            "was not generated, and what is beside it has to be replaced by the images of "
                + text(settings)
                + "; move it elsewhere, or name another folder as data.root");
      }
    } catch (IOException e) {
      throw FileFailure.unreadable(root, e);
    }
  }

  /**
   * Writes the images, unless the folder holds those of equal settings already. Takes some 0.1 s an
   * image of 256×256 pixels.
   *
   * @param replace whether generated images of other settings are deleted, if they are {@link
   *     #requireReplaceable alone}
   * @return whether images were written
   * @throws DataException if the folder holds anything else, or cannot be written
   */
  public static boolean prepare(Path root, SyntheticSettings settings, boolean replace)
      throws DataException {
    Path file = root.resolve(RECORD);
    try {
      if (Files.readString(file).equals(text(settings))) {
        return false;
      }
      if (replace) {
        requireReplaceable(root, settings);
        MoreFiles.deleteRecursively(root, RecursiveDeleteOption.ALLOW_INSECURE);
        write(root, settings);
        return true;
      }
      throw new DataException(
          root,
          "expected the images of "
              + text(settings)
              + ", found those of "
              + Files.readString(file)
              + "; remove the folder, or name another one as data.root");
    } catch (NoSuchFileException e) {
      write(root, settings);
      return true;
    } catch (IOException e) {
      throw FileFailure.unreadable(file, e);
    }
  }

  /** Writes the images into a folder that appears whole or not at all. */
  private static void write(Path root, SyntheticSettings settings) throws DataException {
    try (PendingFolder folder = PendingFolder.of(root)) {
      generate(folder.path(), settings);
      folder.publish();
    }
  }

  private static void generate(Path root, SyntheticSettings settings) throws DataException {
    SyntheticDataset.write(
        root,
        new SyntheticImageSettings(settings.size(), settings.size(), settings.seed()),
        new SyntheticDataset.Counts(
            settings.labelled(), settings.unlabelled(), settings.validation(), settings.test()));
    Path file = root.resolve(RECORD);
    try {
      Files.writeString(file, text(settings));
    } catch (IOException e) {
      throw FileFailure.unwritable(file, e);
    }
  }

  private static String text(SyntheticSettings settings) {
    return settings.toString();
  }
}
