package io.semimoe.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesignsTest {
  @ParameterizedTest
  @CsvSource({
    "data.layout=glas, data.normalization.kind=paper, false",
    "data.layout=folders, data.normalization.kind=paper, false",
    "data.layout=crag, data.normalization.kind=paper, true",
    "data.layout=crag, data.normalization.kind=glas, false",
    "data.layout=glas, data.normalization.kind=crag, true"
  })
  void thePapersNormalisationIsThatOfTheLayoutUnlessOneIsNamed(
      String layout, String kind, boolean crag) throws Exception {
    TrainingConfiguration configuration =
        ConfigurationLoader.load(Optional.empty(), Optional.empty(), List.of(layout, kind));
    ImageStore none = ImageStore.load(List.of(), 16, 1);

    assertThat(Designs.normalization(configuration, new TrainingImages(none, Optional.of(none), 1)))
        .isEqualTo(crag ? Normalization.CRAG : Normalization.GLAS);
  }
}
