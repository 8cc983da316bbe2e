package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {
  @TempDir Path folder;

  @Test
  void aRunWithoutValidationAndTestImagesHasNothingToEvaluate() throws Exception {
    Path data = folder.resolve("data");
    Path split =
        SyntheticDataset.write(
            data, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 0));
    TrainingConfiguration configuration =
        ConfigurationLoader.load(
            Optional.empty(),
            Optional.empty(),
            List.of("data.root='" + data + "'", "data.split='" + split + "'"));
    Path run = BegunRun.in(folder.resolve("run"), configuration).root();

    Invocation evaluate = Invocation.of("evaluate", run);

    assertThat(evaluate.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(evaluate.err())
        .contains(run + ": expected validation or test images to evaluate on, found none");
  }
}
