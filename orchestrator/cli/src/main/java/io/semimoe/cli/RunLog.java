package io.semimoe.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** Writes everything that is logged into a run's log file too, after what it holds already. */
final class RunLog implements AutoCloseable {
  private final Logger root;
  private final FileAppender<ILoggingEvent> appender;

  private RunLog(Logger root, FileAppender<ILoggingEvent> appender) {
    this.root = root;
    this.appender = appender;
  }

  /** Starts writing. */
  static RunLog open(Path file) {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    LoggerContext context = root.getLoggerContext();
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} %msg%n");
    encoder.start();
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setContext(context);
    appender.setFile(file.toString());
    appender.setEncoder(encoder);
    appender.start();
    root.addAppender(appender);
    return new RunLog(root, appender);
  }

  /**
   * Writes why the run ends, with the stack trace of a defect. It goes to the file alone, since
   * {@link ExceptionMapping} tells the user.
   */
  void failed(Throwable reason) {
    boolean defect = ExceptionMapping.exitCode(reason) == ExitCodes.INTERNAL;
    appender.doAppend(
        new LoggingEvent(
            RunLog.class.getName(),
            root.getLoggerContext().getLogger(TrainingJob.class),
            Level.ERROR,
            ExceptionMapping.message(reason),
            defect ? reason : null,
            null));
  }

  @Override
  public String toString() {
    return appender.getFile();
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }
}
