package io.semimoe.cli.predict;

import io.semimoe.inference.Progress;
import java.nio.file.Path;

/** Does nothing with what it hears. */
class QuietListener implements PredictionListener {
  @Override
  public void predicted(Predicted result) {}

  @Override
  public void failed(Path image, String reason) {}

  @Override
  public void defect(Path image, RuntimeException defect) {}

  @Override
  public void warned(Path image, String message) {}

  @Override
  public void imagesDone(int done) {}

  @Override
  public Progress ofImage() {
    return Progress.NONE;
  }
}
