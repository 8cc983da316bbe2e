package io.semimoe.verification.endtoend;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.ModelExport;
import io.semimoe.training.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A small network that has learned to find generated glands, as it is exported. */
final class TrainedModel {
  /** Side of the images that the network was trained on. */
  static final int SIZE = 64;

  private static final List<String> SETTINGS =
      List.of(
          "epochs=12",
          "network.width=4",
          "network.size=" + SIZE,
          "evaluation.everyEpochs=12",
          "runtime.threads=2");

  private TrainedModel() {}

  /** Trained when it is first asked for, for all suites. */
  private static final class Trained {
    static final byte[] MODEL = train();
  }

  /** Returns the bytes of the exported model, whose height and width are open. */
  static byte[] bytes() {
    return Trained.MODEL.clone();
  }

  private static byte[] train() {
    try {
      Path folder = Files.createTempDirectory("trained-model");
      try {
        return Files.readAllBytes(train(folder));
      } finally {
        MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
      }
    } catch (DataException | IOException e) {
      throw new IllegalStateException("the training failed", e);
    }
  }

  private static Path train(Path folder) throws DataException {
    Path split =
        SyntheticDataset.write(
            folder.resolve("data"),
            new SyntheticImageSettings(2 * SIZE, 2 * SIZE, 7),
            new SyntheticDataset.Counts(12, 12, 0, 1));
    TrainingConfiguration configuration =
        ConfigurationLoader.load(
            Optional.of(SmallTraining.PRESET),
            Optional.empty(),
            Stream.of(SETTINGS, SmallTraining.on(split)).flatMap(List::stream).toList());
    RunFolder run = SmallTraining.train(configuration, folder.resolve("run"));
    return ModelExport.write(configuration, run.latestCheckpoint(), run.export()).dynamic();
  }

  /** Returns a square of generated tissue, its glands as large as those that were trained on. */
  static RgbImage tissue(int side, long seed) {
    byte[] rgb = new byte[3 * side * side];
    SyntheticImageSettings strip = new SyntheticImageSettings(side, SIZE, seed);
    for (int y = 0; y < side; y += SIZE) {
      byte[] rows = SyntheticGlands.generate(strip, y / SIZE).image().rgb();
      System.arraycopy(rows, 0, rgb, 3 * y * side, Math.min(rows.length, 3 * (side - y) * side));
    }
    return new RgbImage(side, side, rgb);
  }
}
