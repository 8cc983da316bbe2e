package io.semimoe.graph;

import static com.google.common.base.Preconditions.checkArgument;

import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Op;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A graph under construction: nodes are appended and read only values that exist, so their order is
 * topological. All shapes are static and inferred when a node is added. Not thread-safe.
 */
public final class Graph {
  private final List<Value> inputs = new ArrayList<>();
  private final Map<String, Variable> parameters = new LinkedHashMap<>();
  private final Map<String, Variable> states = new LinkedHashMap<>();
  private final Map<Value, Value> assignments = new LinkedHashMap<>();
  private final Map<Value, Value> accumulations = new LinkedHashMap<>();
  private final Map<Constant, Value> constants = new LinkedHashMap<>();
  private final Map<Value, Constant> contents = new LinkedHashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Value> outputs = new LinkedHashMap<>();
  private final Set<String> names = new HashSet<>();
  private final String variablePrefix;
  private String scope = "";

  /** Begins a graph. */
  public Graph() {
    this("");
  }

  /**
   * Begins a graph whose parameters and states have other names than they are asked for by.
   *
   * @param variablePrefix what stands before each name
   */
  public Graph(String variablePrefix) {
    this.variablePrefix = variablePrefix;
  }

  /**
   * Adds an input that the caller feeds.
   *
   * @throws IllegalArgumentException if the name is taken, or is one of constants: {@code
   *     constant.NUMBER}
   */
  public Value input(String name, TensorType type) {
    Value value = new Value(this, claim(name), type, Value.Kind.INPUT);
    inputs.add(value);
    return value;
  }

  /** Adds a learned parameter, or returns the one of this name if the shapes agree. */
  public Value parameter(String name, Shape shape, Initialization initialization) {
    return variable(parameters, name, shape, initialization, Value.Kind.PARAMETER);
  }

  /** Adds a state, or returns the one of this name if the shapes agree. */
  public Value state(String name, Shape shape, Initialization initialization) {
    return variable(states, name, shape, initialization, Value.Kind.STATE);
  }

  private Value variable(
      Map<String, Variable> variables,
      String plainName,
      Shape shape,
      Initialization initialization,
      Value.Kind kind) {
    String name = variablePrefix + plainName;
    Variable known = variables.get(name);
    if (known != null) {
      checkArgument(
          known.value().shape().equals(shape),
          "'%s' has shape %s, but was asked for with shape %s",
          name,
          known.value().shape(),
          shape);
      return known.value();
    }
    Value value = new Value(this, claim(name), TensorType.floats(shape), kind);
    variables.put(name, new Variable(value, initialization));
    return value;
  }

  /** Returns a value with constant content; equal constants are one value. */
  public Value constant(Constant content) {
    return constants.computeIfAbsent(
        content,
        c -> {
          Value value =
              new Value(this, "constant." + constants.size(), c.type(), Value.Kind.CONSTANT);
          contents.put(value, c);
          return value;
        });
  }

  /**
   * Appends a node and returns its outputs.
   *
   * @throws IllegalArgumentException if an input belongs to another graph or does not fit the
   *     operator; the message names operator, node and inputs
   */
  public List<Value> apply(Op op, List<Value> operands) {
    String name = unique(scope + op.type());
    for (Value operand : operands) {
      checkArgument(
          operand.graph() == this,
          "%s '%s': %s belongs to another graph",
          op.type(),
          name,
          operand);
    }
    List<TensorType> types;
    try {
      types = op.infer(operands.stream().map(Value::type).toList());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          op.type() + " '" + name + "' on " + operands + ": " + e.getMessage(), e);
    }
    List<Value> results = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      String output = claim(i == 0 ? name + ":0" : name + ":" + i);
      results.add(new Value(this, output, types.get(i), Value.Kind.COMPUTED));
    }
    Node node = new Node(name, op, operands, results);
    results.forEach(r -> r.producedBy(node));
    nodes.add(node);
    return node.outputs();
  }

  /** Appends a node and returns its first output. */
  public Value apply(Op op, Value... operands) {
    return apply(op, List.of(operands)).get(0);
  }

  /**
   * Makes a computed value an output of the model.
   *
   * @throws IllegalArgumentException if the name is taken, or the value is no node's output or an
   *     output already
   */
  public void output(String name, Value value) {
    checkArgument(
        value.graph() == this && value.kind() == Value.Kind.COMPUTED,
        "output '%s' must be computed by a node of this graph, found %s",
        name,
        value);
    checkArgument(!outputs.containsValue(value), "%s is an output already", value);
    outputs.put(claim(name), value);
  }

  /**
   * Gives a state a new value for the next run. Nodes of this graph read the old one, wherever they
   * stand.
   *
   * @param state a state of this graph, which no one has assigned to
   * @param value a computed value of its type
   * @throws IllegalArgumentException if they are not
   */
  public void assign(Value state, Value value) {
    checkChange(state, value);
    assignments.put(state, value);
  }

  /**
   * Adds a value to a state for the next run; else as {@link #assign}, without the memory of a new
   * value.
   */
  public void accumulate(Value state, Value increment) {
    checkChange(state, increment);
    accumulations.put(state, increment);
  }

  private void checkChange(Value state, Value value) {
    checkArgument(
        state.graph() == this && state.kind() == Value.Kind.STATE,
        "expected a state of this graph to assign to, found %s",
        state);
    checkArgument(
        value.graph() == this
            && value.kind() == Value.Kind.COMPUTED
            && value.type().equals(state.type()),
        "%s: expected a computed value of its type to assign, found %s",
        state,
        value);
    checkArgument(
        !assignments.containsKey(state) && !accumulations.containsKey(state),
        "%s is assigned to already",
        state);
  }

  /** Runs {@code body} with {@code prefix} and a dot before the names of the nodes it adds. */
  public <T> T scoped(String prefix, Supplier<T> body) {
    String outer = scope;
    scope = outer + prefix + ".";
    try {
      return body.get();
    } finally {
      scope = outer;
    }
  }

  /** Returns the inputs that the caller feeds, in order. */
  public List<Value> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** Returns the learned parameters, in order of creation. */
  public List<Variable> parameters() {
    return List.copyOf(parameters.values());
  }

  /** Returns the states, in order of creation. */
  public List<Variable> states() {
    return List.copyOf(states.values());
  }

  /** Returns the new values of states, by the state. */
  public Map<Value, Value> assignments() {
    return Collections.unmodifiableMap(assignments);
  }

  /** Returns what is added to states, by the state. */
  public Map<Value, Value> accumulations() {
    return Collections.unmodifiableMap(accumulations);
  }

  /** Returns the nodes in topological order. */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** Returns the outputs by name, in order. */
  public Map<String, Value> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** Returns the content of a constant value. */
  public Constant content(Value constant) {
    Constant content = contents.get(constant);
    checkArgument(content != null, "%s is no constant of this graph", constant);
    return content;
  }

  private String claim(String name) {
    checkArgument(!name.matches("constant[.][0-9]+"), "the name '%s' is kept for constants", name);
    checkArgument(names.add(name), "the name '%s' is taken", name);
    return name;
  }

  private String unique(String base) {
    String name = base;
    for (int i = 1; names.contains(name + ":0"); i++) {
      name = base + "." + i;
    }
    return name;
  }
}
