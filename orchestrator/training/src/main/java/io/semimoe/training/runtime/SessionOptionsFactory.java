package io.semimoe.training.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.semimoe.training.runtime.natives.NativeLibraryException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns {@link SessionSettings} into ONNX Runtime's options. */
final class SessionOptionsFactory {
  /** Ends of the runtime's messages that say what went wrong. */
  private static final Pattern SAID =
      Pattern.compile(
          ".*(?:with error: |CUDA failure \\d+: |\\.cc:\\d+ operator\\(\\) )(.+?)(?: ; GPU=.*|\\.*)",
          Pattern.DOTALL);

  private SessionOptionsFactory() {}

  /**
   * Creates the options; the caller closes them.
   *
   * @throws NativeLibraryException if the CUDA device asked for cannot be used
   */
  static OrtSession.SessionOptions create(SessionSettings settings) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    try {
      // Batch statistics are updated in place, which only a sequential execution orders.
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // The SGD operator's declared and real output shapes differ, which warns on every opening;
      // what matters comes back as an exception.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      options.setIntraOpNumThreads(settings.intraOpThreads());
      options.setInterOpNumThreads(1);
      // On a GPU it would take most sums to cuDNN's reductions instead of the runtime's own
      // kernels, and still not give the same bits: the gradients of convolutions add up in any
      // order.
      options.setDeterministicCompute(settings.cuda().isEmpty());
      // A planned block beside what the first run left in the arena costs up to half as much memory
      // again, and time.
      options.setMemoryPatternOptimization(false);
      options.addConfigEntry(
          "session.intra_op.allow_spinning", settings.allowSpinning() ? "1" : "0");
      // Not between runs, when data are prepared.
      options.addConfigEntry("session.force_spinning_stop", "1");
      if (settings.profile().isPresent()) {
        options.enableProfiling(settings.profile().get().toString());
      }
      if (settings.cuda().isPresent()) {
        addCuda(options, settings.cuda().get());
      }
      return options;
    } catch (OrtException | RuntimeException e) {
      options.close();
      throw e;
    }
  }

  /** Options of the CUDA provider; memory is not taken in advance, since shapes are constant. */
  static Map<String, String> cudaOptions(CudaSettings settings) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("cudnn_conv_algo_search", settings.exhaustiveSearch() ? "EXHAUSTIVE" : "HEURISTIC");
    options.put("arena_extend_strategy", "kSameAsRequested");
    options.put("use_tf32", settings.tf32() ? "1" : "0");
    options.put("do_copy_in_default_stream", "1");
    options.put("enable_cuda_graph", "0");
    options.put("prefer_nhwc", "0");
    return options;
  }

  private static void addCuda(OrtSession.SessionOptions options, CudaSettings settings) {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(settings.device())) {
      for (Map.Entry<String, String> option : cudaOptions(settings).entrySet()) {
        cuda.add(option.getKey(), option.getValue());
      }
      options.addCUDA(cuda);
    } catch (OrtException e) {
      throw unusable(settings.device(), e);
    }
  }

  static NativeLibraryException unusable(int device, OrtException e) {
    return new NativeLibraryException(
        "CUDA device "
            + device
            + " cannot be used: "
            + reason(e)
            + ". CUDA needs a program built with -Pcuda, an NVIDIA driver, and CUDA 13 and"
            + " cuDNN 9 on the library path; see docs/cuda.md. With device cpu it runs on the CPU",
        e);
  }

  /** What the loader of libraries or CUDA said, without the runtime's places in its sources. */
  static String reason(OrtException e) {
    String message = String.valueOf(e.getMessage()).strip();
    Matcher said = SAID.matcher(message);
    return said.matches() ? said.group(1) : message;
  }
}
