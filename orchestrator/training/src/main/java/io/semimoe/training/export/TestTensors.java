package io.semimoe.training.export;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.raster.Resize;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.inference.ModelTensors;
import io.semimoe.training.loop.ExportedModels;
import io.semimoe.training.run.ExportedFile;
import io.semimoe.training.runtime.InferenceSession;
import io.semimoe.training.runtime.SessionSettings;
import java.nio.file.Path;

/**
 * An image and what the model makes of it, so that whoever opens the model elsewhere can tell
 * whether it gives the same there. The image is generated: no image of the user leaves the run.
 *
 * @param input float32 [1, 3, S, S] as {@code .npy}: planes of red, green, blue, 0 to 255
 * @param output float32 [1, 2, S, S] as {@code .npy}: probabilities of background and foreground
 */
record TestTensors(Path input, Path output) {
  private static final int SEED = 1;

  /**
   * Runs the static model on a generated image and writes both beside it.
   *
   * @param checkpoint what the models were made from
   * @throws DataException if the model gives numbers that are not finite, or a file cannot be
   *     written
   */
  static TestTensors write(ExportedModels models, Path checkpoint, int threads)
      throws DataException {
    int size = models.description().tileSize();
    float[] input = image(size).planes();
    long[] shape = {1, 3, size, size};
    float[] output = run(models.fixed(), input, shape, threads);
    for (float value : output) {
      if (!Float.isFinite(value)) {
        throw new DataException(
            checkpoint,
            "expected finite probabilities of its network, found "
                + value
                + " on a generated image: the training diverged, and "
                + models.dynamic()
                + " is of no use; train again with a lower optimizer.learningRate or a longer"
                + " warm-up");
      }
    }
    Path folder = models.fixed().toAbsolutePath().getParent();
    return new TestTensors(
        ExportFile.write(ExportedFile.TEST_INPUT.in(folder), NpyFile.bytes(input, shape)),
        ExportFile.write(
            ExportedFile.TEST_OUTPUT.in(folder),
            NpyFile.bytes(output, new long[] {1, 2, size, size})));
  }

  private static float[] run(Path model, float[] input, long[] shape, int threads)
      throws DataException {
    try (InferenceSession session = InferenceSession.open(model, SessionSettings.cpu(threads))) {
      return session.run(input, shape).floats(ModelTensors.OUTPUT);
    }
  }

  private static RgbImage image(int size) {
    int side =
        Math.min(
            SyntheticImageSettings.MOST_SIDE, Math.max(SyntheticImageSettings.LEAST_SIDE, size));
    RgbImage image =
        SyntheticGlands.generate(new SyntheticImageSettings(side, side, SEED), 0).image();
    return Resize.bilinear(image, size, size);
  }
}
