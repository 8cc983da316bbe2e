package io.semimoe.training.configuration;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the network runs: {@code cpu}, {@code cuda:n} for the n-th NVIDIA GPU, or {@code auto} for
 * the first GPU if it can be used and the CPU if not.
 *
 * @param isAutomatic whether the machine decides
 * @param cuda number of the GPU, counted from 0; empty for the CPU and where the machine decides
 */
public record Device(boolean isAutomatic, OptionalInt cuda) {
  /** What a text may be. */
  static final String FORMS = "auto, cpu, cuda or cuda:n";

  private static final Pattern CUDA = Pattern.compile("cuda(?::(\\d{1,3}))?");

  /** The CPU. */
  public static final Device CPU = new Device(false, OptionalInt.empty());

  /** The first GPU if it can be used, else the CPU. */
  public static final Device AUTO = new Device(true, OptionalInt.empty());

  /** Returns a GPU by its number. */
  public static Device cuda(int index) {
    return new Device(false, OptionalInt.of(index));
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda} (the first GPU) or {@code cuda:n}.
   *
   * @throws ConfigurationException if the text is none of these
   */
  @JsonCreator
  public static Device parse(String text) {
    if (text.equals("cpu")) {
      return CPU;
    }
    if (text.equals("auto")) {
      return AUTO;
    }
    Matcher matcher = CUDA.matcher(text);
    Checks.require(matcher.matches(), "device", FORMS, text);
    String index = matcher.group(1);
    return cuda(index == null ? 0 : Integer.parseInt(index));
  }

  /** Returns the text that {@link #parse} reads. */
  @JsonValue
  @Override
  public String toString() {
    if (isAutomatic) {
      return "auto";
    }
    return cuda.isPresent() ? "cuda:" + cuda.getAsInt() : "cpu";
  }
}
