package io.semimoe.training.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionOptionsFactoryTest {
  @Test
  void theSettingsBecomeOptionsOfTheProvider() {
    assertThat(SessionOptionsFactory.cudaOptions(new CudaSettings(1, true, true)))
        .containsEntry("use_tf32", "1")
        .containsEntry("cudnn_conv_algo_search", "EXHAUSTIVE");
    assertThat(SessionOptionsFactory.cudaOptions(new CudaSettings(1, false, false)))
        .containsEntry("use_tf32", "0")
        .containsEntry("cudnn_conv_algo_search", "HEURISTIC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "provider_bridge_ort.cc:2139 Get() Failed to load library x.so with error: libcublasLt.so.13:"
            + " cannot open shared object file: No such file or directory"
            + "| libcublasLt.so.13: cannot open shared object file: No such file or directory",
        "info.cc:60 FAIL : Parse Failed to parse provider option: info.cc:68 operator() Invalid device"
            + " ID: 3, must be between 0 (inclusive) and 1 (exclusive)."
            + "| Invalid device ID: 3, must be between 0 (inclusive) and 1 (exclusive)",
        "cuda_call.cc:129 CudaCall CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ;"
            + " hostname=h ; file=a.cc ; line=282 ; expr=cudaSetDevice(info_.device_id);"
            + "| no CUDA-capable device is detected",
        "Failed to find CUDA shared provider | Failed to find CUDA shared provider"
      })
  void ofTheRuntimesMessageWhatWentWrongIsLeft(String message, String reason) {
    assertThat(SessionOptionsFactory.reason(new OrtException(message))).isEqualTo(reason);
  }
}
