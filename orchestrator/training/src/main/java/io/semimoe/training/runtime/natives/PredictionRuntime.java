package io.semimoe.training.runtime.natives;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The loaded ONNX Runtime of a process that predicts.
 *
 * @param version version of the native library, for instance {@code 1.24.1}
 * @param directory directory its native libraries were loaded from; the folder for temporary files
 *     if they are unpacked at each start
 * @param obstacle why they are unpacked at each start, nothing if they are not
 */
public record PredictionRuntime(String version, Path directory, Optional<String> obstacle) {}
