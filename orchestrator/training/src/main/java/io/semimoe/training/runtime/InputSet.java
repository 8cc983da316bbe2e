package io.semimoe.training.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All inputs of one model with their memory, in the order in which the runtime binds them. */
final class InputSet implements AutoCloseable {
  private final Path model;
  private final List<InputBinding> bindings;
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();

  InputSet(OrtEnvironment environment, Path model, List<InputSpec> specs) {
    this.model = model;
    this.bindings = specs.stream().map(spec -> new InputBinding(environment, spec)).toList();
  }

  List<InputSpec> specs() {
    return bindings.stream().map(InputBinding::spec).toList();
  }

  /**
   * Checks that {@code inputs} are exactly what the model declares.
   *
   * @throws IllegalArgumentException if not
   */
  void check(String step, Map<String, Feed> inputs) {
    String where = step + " of " + model;
    for (InputBinding binding : bindings) {
      Feed feed = inputs.get(binding.spec().name());
      if (feed == null) {
        throw new IllegalArgumentException(
            where + ": input " + binding.spec() + " is missing, found " + inputs.keySet());
      }
      binding.check(feed, where);
    }
    if (inputs.size() != bindings.size()) {
      throw new IllegalArgumentException(
          where + ": expected only the inputs " + specs() + ", found " + inputs.keySet());
    }
  }

  /** Copies checked inputs into their tensors; the map is in the model's order. */
  Map<String, OnnxTensor> fill(Map<String, Feed> inputs) throws OrtException {
    tensors.clear();
    for (InputBinding binding : bindings) {
      String name = binding.spec().name();
      tensors.put(name, binding.fill(inputs.get(name)));
    }
    return tensors;
  }

  @Override
  public void close() {
    bindings.forEach(InputBinding::close);
  }
}
