package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.Device;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.runtime.natives.NativeLibraries;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** On what a training runs, on a machine without a GPU. */
class DeviceChoiceTest {

  @Test
  void withoutCudaTheMachineTakesTheCpu() {
    Assumptions.assumeFalse(hasCuda(), "the natives have CUDA");

    TrainingConfiguration chosen = SemiSupervisedTraining.onThisMachine(on("auto"));

    assertThat(chosen.runtime().device()).isEqualTo(Device.CPU);
    assertThat(chosen).isEqualTo(on("cpu"));
  }

  @Test
  void aNamedDeviceIsNeverReplaced() {
    Assumptions.assumeFalse(hasCuda(), "the natives have CUDA");

    assertThat(SemiSupervisedTraining.onThisMachine(on("cpu"))).isEqualTo(on("cpu"));
    assertThatThrownBy(() -> SemiSupervisedTraining.onThisMachine(on("cuda")))
        .isInstanceOf(NativeLibraryException.class)
        .hasMessageContaining("CUDA device 0 cannot be used")
        .hasMessageContaining("-Pcuda");
  }

  private static boolean hasCuda() {
    return NativeLibraries.load().providers().contains("CUDAExecutionProvider");
  }

  private static TrainingConfiguration on(String device) {
    return ConfigurationLoader.load(
        Optional.of("demo"), Optional.empty(), List.of("runtime.device=" + device));
  }
}
