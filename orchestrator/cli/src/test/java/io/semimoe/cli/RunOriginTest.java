package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.run.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunOriginTest {
  @TempDir private Path folder;

  @Test
  void anotherMaskIsOtherData() throws Exception {
    Path images = folder.resolve("images");
    Path split =
        SyntheticDataset.write(
            images, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 0));
    TrainingConfiguration configuration =
        ConfigurationLoader.load(
            Optional.empty(),
            Optional.empty(),
            List.of("data.root='" + images + "'", "data.split='" + split + "'"));
    Provenance begun = BegunRun.in(folder.resolve("run"), configuration).readProvenance();
    SampleSet samples = RunData.forTraining(configuration);
    String before = RunOrigin.withData(begun, configuration, samples).dataSha256();

    Files.writeString(images.resolve("train_1_anno.png"), "longer", StandardOpenOption.APPEND);

    assertThat(RunOrigin.withData(begun, configuration, samples).dataSha256()).isNotEqualTo(before);
  }
}
