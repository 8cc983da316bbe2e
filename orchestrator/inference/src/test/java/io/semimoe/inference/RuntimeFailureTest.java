package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeFailureTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Exception during initialization: std::bad_alloc",
        "Non-zero status code returned while running Conv node: bad allocation",
        "BFCArena::AllocateRawInternal Failed to allocate memory for requested buffer of size 64",
        "CUDA failure 2: out of memory ; GPU=0",
        "CUBLAS failure 3: CUBLAS_STATUS_ALLOC_FAILED",
        "CUDNN failure 4: CUDNN_STATUS_ALLOCATION_FAILED"
      })
  void memoryThatCannotBeHadIsKnownByTheMessagesOfAllAllocators(String message) {
    assertThat(RuntimeFailure.isOutOfMemory(new OrtException(message))).isTrue();
  }

  @Test
  void anotherFailureIsNoLackOfMemory() {
    assertThat(RuntimeFailure.isOutOfMemory(new OrtException("Invalid input shape"))).isFalse();
    assertThat(RuntimeFailure.isOutOfMemory(new OrtException(null))).isFalse();
  }
}
