package io.semimoe.graph.gradient;

import static io.semimoe.graph.Operators.add;
import static io.semimoe.graph.Operators.div;
import static io.semimoe.graph.Operators.mul;
import static io.semimoe.graph.Operators.reshape;
import static io.semimoe.graph.Operators.sub;
import static io.semimoe.graph.Operators.upsample;
import static io.semimoe.graph.gradient.Broadcasting.unbroadcast;

import io.semimoe.graph.Operators;
import io.semimoe.graph.Value;
import io.semimoe.graph.op.AveragePool2x2;
import io.semimoe.graph.op.BatchNormInternal;
import io.semimoe.graph.op.BatchNormalizationGrad;
import io.semimoe.graph.op.BinaryOp;
import io.semimoe.graph.op.Cast;
import io.semimoe.graph.op.Concat;
import io.semimoe.graph.op.Constant;
import io.semimoe.graph.op.Conv;
import io.semimoe.graph.op.Crop;
import io.semimoe.graph.op.DepthToSpace2x;
import io.semimoe.graph.op.Expand;
import io.semimoe.graph.op.GlobalAveragePool;
import io.semimoe.graph.op.Greater;
import io.semimoe.graph.op.MatMul;
import io.semimoe.graph.op.MaxPool2x2;
import io.semimoe.graph.op.Op;
import io.semimoe.graph.op.Pad;
import io.semimoe.graph.op.ReduceSum;
import io.semimoe.graph.op.Reshape;
import io.semimoe.graph.op.Shape;
import io.semimoe.graph.op.Softmax;
import io.semimoe.graph.op.SpaceToDepth2x;
import io.semimoe.graph.op.Split;
import io.semimoe.graph.op.StopGradient;
import io.semimoe.graph.op.Sum;
import io.semimoe.graph.op.Transpose;
import io.semimoe.graph.op.UnaryGrad;
import io.semimoe.graph.op.UnaryOp;
import io.semimoe.graph.op.Upsample2x;
import io.semimoe.graph.op.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The table: operator to the rule that adds its backward, or to "has no gradient". */
final class GradientRules {
  private GradientRules() {}

  /** Operators that let no gradient back, by definition. */
  private static final Set<Class<? extends Op>> NON_DIFFERENTIABLE =
      Set.of(StopGradient.class, Greater.class, Cast.class);

  private static final Map<Class<? extends Op>, GradientRule> RULES =
      Map.ofEntries(
          Map.entry(UnaryOp.class, GradientRules::unary),
          Map.entry(BinaryOp.class, GradientRules::binary),
          Map.entry(Sum.class, GradientRules::sum),
          Map.entry(Where.class, GradientRules::where),
          Map.entry(Conv.class, ConvGradient::apply),
          Map.entry(BatchNormInternal.class, GradientRules::batchNorm),
          Map.entry(MaxPool2x2.class, GradientRules::maxPool),
          Map.entry(AveragePool2x2.class, b -> b.contribute(0, mul(upsample(b.dY()), 0.25f))),
          Map.entry(Upsample2x.class, GradientRules::upsample2x),
          Map.entry(GlobalAveragePool.class, GradientRules::globalAveragePool),
          Map.entry(Softmax.class, GradientRules::softmax),
          Map.entry(ReduceSum.class, GradientRules::reduceSum),
          Map.entry(Concat.class, GradientRules::concat),
          Map.entry(Split.class, GradientRules::split),
          Map.entry(MatMul.class, GradientRules::matMul),
          Map.entry(DepthToSpace2x.class, b -> contribute(b, new SpaceToDepth2x())),
          Map.entry(SpaceToDepth2x.class, b -> contribute(b, new DepthToSpace2x())),
          Map.entry(Crop.class, b -> contribute(b, new Pad(((Crop) b.node().op()).border()))),
          Map.entry(Pad.class, b -> contribute(b, new Crop(((Pad) b.node().op()).border()))),
          Map.entry(Reshape.class, b -> b.contribute(0, reshaped(b.dY(), b.input(0).shape()))),
          Map.entry(Transpose.class, GradientRules::transpose),
          Map.entry(Expand.class, b -> b.contribute(0, unbroadcast(b.dY(), b.input(0).shape()))));

  /** Returns the rule for an operator, if it has one. */
  static Optional<GradientRule> of(Op op) {
    return Optional.ofNullable(RULES.get(op.getClass()));
  }

  static boolean isNonDifferentiable(Op op) {
    return NON_DIFFERENTIABLE.contains(op.getClass());
  }

  private static void unary(Backward b) {
    UnaryGrad grad = b.node().op() == UnaryOp.RELU ? UnaryGrad.RELU : UnaryGrad.TANH;
    b.contribute(0, b.graph().apply(grad, b.dY(), b.output(0)));
  }

  private static void binary(Backward b) {
    Value x = b.input(0);
    Value y = b.input(1);
    switch ((BinaryOp) b.node().op()) {
      case ADD -> {
        contribute(b, 0, () -> b.dY());
        contribute(b, 1, () -> b.dY());
      }
      case SUB -> {
        contribute(b, 0, () -> b.dY());
        contribute(b, 1, () -> mul(b.dY(), -1));
      }
      case MUL -> {
        contribute(b, 0, () -> mul(b.dY(), y));
        contribute(b, 1, () -> mul(b.dY(), x));
      }
      case DIV -> {
        contribute(b, 0, () -> div(b.dY(), y));
        contribute(b, 1, () -> mul(div(mul(b.dY(), b.output(0)), y), -1));
      }
    }
  }

  private static void contribute(Backward b, int i, Supplier<Value> gradient) {
    if (b.needs(i)) {
      b.contribute(i, unbroadcast(gradient.get(), b.input(i).shape()));
    }
  }

  /** The gradient of the only input is this operator on dY. */
  private static void contribute(Backward b, Op backward) {
    b.contribute(0, b.graph().apply(backward, b.dY()));
  }

  private static void matMul(Backward b) {
    Op transpose = new Transpose(List.of(1, 0));
    if (b.needs(0)) {
      b.contribute(0, Operators.matMul(b.dY(), b.graph().apply(transpose, b.input(1))));
    }
    if (b.needs(1)) {
      b.contribute(1, Operators.matMul(b.graph().apply(transpose, b.input(0)), b.dY()));
    }
  }

  private static void sum(Backward b) {
    for (int i = 0; i < b.inputs(); i++) {
      if (b.needs(i)) {
        b.contribute(i, b.dY());
      }
    }
  }

  private static void where(Backward b) {
    Value zero = b.graph().constant(Constant.scalar(0));
    contribute(b, 1, () -> b.graph().apply(new Where(), b.input(0), b.dY(), zero));
    contribute(b, 2, () -> b.graph().apply(new Where(), b.input(0), zero, b.dY()));
  }

  private static void batchNorm(Backward b) {
    BatchNormInternal op = (BatchNormInternal) b.node().op();
    for (int i = 1; i < b.node().outputs().size(); i++) {
      if (b.reaches(i)) {
        throw new UnsupportedOperationException(
            "no gradient rule for output " + i + " of " + b.node() + ", only for Y; add one");
      }
    }
    List<Value> gradients =
        b.graph()
            .apply(
                new BatchNormalizationGrad(op.epsilon()),
                List.of(b.dY(), b.input(0), b.input(1), b.output(3), b.output(4)));
    for (int i = 0; i < 3; i++) {
      if (b.needs(i)) {
        b.contribute(i, gradients.get(i));
      }
    }
  }

  /**
   * To the largest of each square; in equal shares where several are equal, as in a flat region.
   */
  private static void maxPool(Backward b) {
    Value smaller = b.graph().apply(new Greater(), upsample(b.output(0)), b.input(0));
    Value zero = b.graph().constant(Constant.scalar(0));
    Value one = b.graph().constant(Constant.scalar(1));
    Value largest = b.graph().apply(new Where(), smaller, zero, one);
    Value quarters = b.graph().apply(new AveragePool2x2(), largest);
    Value share = div(mul(b.dY(), 0.25f), quarters);
    b.contribute(0, b.graph().apply(new Where(), smaller, zero, upsample(share)));
  }

  private static void upsample2x(Backward b) {
    b.contribute(0, mul(b.graph().apply(new AveragePool2x2(), b.dY()), 4));
  }

  private static void globalAveragePool(Backward b) {
    Shape x = b.input(0).shape();
    Value share = mul(b.dY(), 1f / (x.dim(2) * x.dim(3)));
    b.contribute(0, b.graph().apply(new Expand(x), share));
  }

  private static void softmax(Backward b) {
    int axis = ((Softmax) b.node().op()).axis();
    Value p = b.output(0);
    Shape kept = p.shape().with(axis, 1);
    Value mean = reshaped(Operators.reduceSum(mul(p, b.dY()), axis), kept);
    b.contribute(0, mul(p, sub(b.dY(), mean)));
  }

  private static void reduceSum(Backward b) {
    ReduceSum op = (ReduceSum) b.node().op();
    Shape x = b.input(0).shape();
    Shape kept = x;
    for (int axis : op.axes()) {
      kept = kept.with(axis, 1);
    }
    b.contribute(0, b.graph().apply(new Expand(x), reshaped(b.dY(), kept)));
  }

  private static void concat(Backward b) {
    int axis = ((Concat) b.node().op()).axis();
    List<Integer> sizes = b.node().inputs().stream().map(v -> v.shape().dim(axis)).toList();
    List<Value> parts = b.graph().apply(new Split(axis, sizes), List.of(b.dY()));
    for (int i = 0; i < parts.size(); i++) {
      if (b.needs(i)) {
        b.contribute(i, parts.get(i));
      }
    }
  }

  private static void split(Backward b) {
    int axis = ((Split) b.node().op()).axis();
    List<Value> parts = IntStream.range(0, b.node().outputs().size()).mapToObj(b::dY).toList();
    b.contribute(0, b.graph().apply(new Concat(axis), parts).get(0));
  }

  private static void transpose(Backward b) {
    List<Integer> forward = ((Transpose) b.node().op()).permutation();
    Integer[] inverse = new Integer[forward.size()];
    for (int axis = 0; axis < inverse.length; axis++) {
      inverse[forward.get(axis)] = axis;
    }
    b.contribute(0, b.graph().apply(new Transpose(List.of(inverse)), b.dY()));
  }

  private static Value reshaped(Value x, Shape shape) {
    return reshape(x, shape.toIntArray());
  }

  /** Sums contributions to one gradient; what an Expand would copy is broadcast instead. */
  static Value total(List<Value> contributions) {
    Value full = null;
    List<Value> plain = new ArrayList<>();
    List<Value> expanded = new ArrayList<>();
    for (Value c : contributions) {
      boolean copies = c.producer().filter(n -> n.op() instanceof Expand).isPresent();
      (copies ? expanded : plain).add(c);
    }
    if (plain.size() > 2) {
      full = plain.get(0).graph().apply(new Sum(), plain).get(0);
    } else if (plain.size() == 2) {
      full = add(plain.get(0), plain.get(1));
    } else if (plain.size() == 1) {
      full = plain.get(0);
    }
    for (Value e : expanded) {
      full = full == null ? e : add(full, e);
    }
    return full;
  }
}
