package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import io.semimoe.dataset.DataException;
import io.semimoe.inference.ModelException;
import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.runtime.TrainingSessionException;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ExceptionMappingTest {
  private static final String STACK_TRACE = "\tat " + ExceptionMappingTest.class.getName();

  @Test
  void wrongSettingsAreTheCallersMistake() {
    assertThat(ExceptionMapping.exitCode(new ConfigurationException("x"))).isEqualTo(2);
  }

  @Test
  void badDataAndModelsHaveTheirCode() {
    assertThat(ExceptionMapping.exitCode(new DataException("x"))).isEqualTo(3);
    assertThat(ExceptionMapping.exitCode(new ModelException("m", "x"))).isEqualTo(3);
    assertThat(ExceptionMapping.exitCode(new UncheckedIOException("x", new IOException())))
        .isEqualTo(3);
  }

  @Test
  void aStepThatLacksMemoryIsNoDefect() {
    OrtException said = new OrtException("Failed to allocate memory for requested buffer");

    assertThat(ExceptionMapping.exitCode(new TrainingSessionException("step", said))).isEqualTo(3);
    assertThat(
            ExceptionMapping.exitCode(
                new TrainingSessionException("step", new OrtException("Invalid argument"))))
        .isEqualTo(1);
  }

  @Test
  void missingNativesHaveTheirCode() {
    assertThat(ExceptionMapping.exitCode(new NativeLibraryException("x"))).isEqualTo(5);
  }

  @Test
  void everythingElseIsADefect() {
    assertThat(ExceptionMapping.exitCode(new IllegalArgumentException("x"))).isEqualTo(1);
  }

  @Test
  void aDefectIsToldWithItsStackTrace() {
    Invocation failed = failing(new IllegalStateException("upside down"));

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err())
        .startsWith(
            "semi-moe: internal error, please report it: java.lang.IllegalStateException: upside"
                + " down")
        .contains(STACK_TRACE);
  }

  @Test
  void badDataAreToldWithoutAStackTraceUnlessAskedFor() {
    DataException exception = new DataException("a.png: cut off");

    Invocation brief = failing(exception);
    Invocation verbose = failing(exception, "-v");

    assertThat(brief.exitCode()).isEqualTo(3);
    assertThat(brief.err().lines()).containsExactly("semi-moe: a.png: cut off");
    assertThat(verbose.exitCode()).isEqualTo(3);
    assertThat(verbose.err()).startsWith("semi-moe: a.png: cut off").contains(STACK_TRACE);
  }

  /** Calls the program with a command of its own kind that fails. */
  private static Invocation failing(Exception exception, String... options) {
    CommandLine commandLine = SemiMoe.commandLine().addSubcommand(new Failing(exception));
    String[] arguments =
        Stream.concat(Stream.of("fail"), Stream.of(options)).toArray(String[]::new);
    return Invocation.of(commandLine, arguments);
  }

  @Command(name = "fail")
  private static final class Failing extends SemiMoeCommand {
    private final Exception exception;

    Failing(Exception exception) {
      this.exception = exception;
    }

    @Override
    public Integer call() throws Exception {
      throw exception;
    }
  }
}
