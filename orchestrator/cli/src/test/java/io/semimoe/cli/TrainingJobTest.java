package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TrainingJobTest {
  @TempDir Path folder;

  @Test
  void aTestImageThatIsTrainedOnIsAWarningInTheLog() throws Exception {
    Path split =
        SyntheticDataset.write(
            folder, new SyntheticImageSettings(64, 64, 3), new SyntheticDataset.Counts(1, 1, 0, 1));
    for (String ending : List.of(".png", "_anno.png")) {
      Files.copy(
          folder.resolve("train_1" + ending),
          folder.resolve("testA_1" + ending),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Logger logger = (Logger) LoggerFactory.getLogger(TrainingJob.class);
    ListAppender<ILoggingEvent> events = new ListAppender<>();
    events.start();
    logger.addAppender(events);
    try {
      TrainingJob.checked(
          ConfigurationLoader.load(
              Optional.empty(),
              Optional.empty(),
              List.of("data.root='" + folder + "'", "data.split='" + split + "'")));
    } finally {
      logger.detachAppender(events);
    }

    assertThat(events.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .extracting(ILoggingEvent::getFormattedMessage)
        .asString()
        .contains("testA_1.png (test): the same picture as", "train_1.png (labelled)");
  }
}
