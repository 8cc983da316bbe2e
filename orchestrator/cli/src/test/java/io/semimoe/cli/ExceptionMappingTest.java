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
import org.junit.jupiter.api.Test;

class ExceptionMappingTest {
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
}
