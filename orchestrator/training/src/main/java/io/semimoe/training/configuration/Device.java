package io.semimoe.training.configuration;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the network runs: {@code cpu}, or {@code cuda:n} for the n-th NVIDIA GPU.
 *
 * @param cuda number of the GPU, counted from 0; empty for the CPU
 */
public record Device(OptionalInt cuda) {
  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /** The CPU. */
  public static final Device CPU = new Device(OptionalInt.empty());

  /**
   * Reads {@code cpu}, {@code cuda} (the first GPU) or {@code cuda:n}.
   *
   * @throws ConfigurationException if the text is none of these
   */
  @JsonCreator
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    Matcher matcher = CUDA.matcher(text);
    Checks.require(matcher.matches(), "device", "cpu, cuda or cuda:n", text);
    String index = matcher.group(1);
    return new Device(OptionalInt.of(index == null ? 0 : Integer.parseInt(index)));
  }

  /** Returns the text that {@link #parse} reads. */
  @JsonValue
  @Override
  public String toString() {
    return cuda.isPresent() ? "cuda:" + cuda.getAsInt() : "cpu";
  }
}
