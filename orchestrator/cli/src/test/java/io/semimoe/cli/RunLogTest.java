package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.semimoe.dataset.DataException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RunLogTest {
  @TempDir Path folder;

  @Test
  void whyARunFailedIsWrittenToItsFileAlone() throws Exception {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    ListAppender<ILoggingEvent> others = new ListAppender<>();
    others.start();
    root.addAppender(others);
    try {
      assertThat(logOf(new DataException(folder, "cannot be written: no space left")))
          .hasLineCount(1)
          .contains("ERROR", folder + ": cannot be written: no space left");
    } finally {
      root.detachAppender(others);
    }
    assertThat(others.list).isEmpty();
  }

  @Test
  void aDefectIsWrittenWithItsStackTrace() throws Exception {
    assertThat(logOf(new IllegalStateException("never")))
        .contains("internal error, please report it: java.lang.IllegalStateException: never")
        .contains("at io.semimoe.cli.RunLogTest.aDefectIsWrittenWithItsStackTrace");
  }

  private String logOf(Exception failure) throws Exception {
    Path file = folder.resolve("train.log");
    try (RunLog log = RunLog.open(file)) {
      log.failed(failure);
    }
    return Files.readString(file);
  }
}
