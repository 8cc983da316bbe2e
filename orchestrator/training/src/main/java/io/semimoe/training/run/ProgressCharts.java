package io.semimoe.training.run;

import java.awt.BasicStroke;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a run: what was measured over epochs. One colour stands for one task. */
final class ProgressCharts {
  private static final int WIDTH = 700;
  private static final int HEIGHT = 340;

  /** Colours of segmentation, distance and boundary that colour-blind people tell apart. */
  private static final List<Color> COLOURS =
      List.of(new Color(0x0072b2), new Color(0xd55e00), new Color(0x009e73));

  private static final List<Color> MORE_COLOURS =
      List.of(
          new Color(0x0072b2),
          new Color(0xd55e00),
          new Color(0x009e73),
          new Color(0xcc79a7),
          new Color(0xe69f00),
          new Color(0x56b4e9));

  private static final BasicStroke SOLID = stroke(null);
  private static final BasicStroke DASHED = stroke(new float[] {8, 4});
  private static final BasicStroke DOTTED = stroke(new float[] {2, 4});
  private static final List<BasicStroke> STROKES = List.of(SOLID, DASHED, DOTTED);

  /** Enough to tell neighbouring ticks apart. */
  private static final MathContext DIGITS_OF_LABEL = new MathContext(7);

  private static final double SMALLEST_PLAIN = 1e-4;
  private static final double GREATEST_PLAIN = 1e7;

  private final List<MetricsRecord> records;

  private ProgressCharts(List<MetricsRecord> records) {
    this.records = records;
  }

  static List<XYChart> of(List<MetricsRecord> records) {
    ProgressCharts charts = new ProgressCharts(records);
    return List.of(
        charts.labelled(),
        charts.unlabelled(),
        charts.single("Total loss", EpochValues.TOTAL),
        charts.dice(),
        charts.tasks("Learned weights s", EpochValues.S),
        share(charts.gates()),
        share(charts.single("Foreground share of the pseudo-labels", EpochValues.FOREGROUND)),
        charts.single("Learning rate", EpochValues.LEARNING_RATE));
  }

  private XYChart labelled() {
    XYChart chart = chart("Labelled loss");
    addTasks(chart, EpochValues.LABELLED_EXPERT, " expert", SOLID);
    addTasks(chart, EpochValues.LABELLED_GATE, " gate", DASHED);
    return chart;
  }

  private XYChart unlabelled() {
    XYChart chart = chart("Unlabelled loss (experts against pseudo-labels)");
    addTasks(chart, EpochValues.UNLABELLED_EXPERT, " expert", SOLID);
    return chart;
  }

  private XYChart tasks(String title, String name) {
    XYChart chart = chart(title);
    addTasks(chart, name, "", SOLID);
    return chart;
  }

  private XYChart single(String title, String name) {
    XYChart chart = chart(title);
    chart.getStyler().setLegendVisible(false);
    addLine(chart, title, name, COLOURS.get(0), SOLID, SeriesMarkers.NONE);
    return chart;
  }

  private XYChart gates() {
    XYChart chart = chart("Gate weights (gate: expert)");
    for (int gate = 0; gate < EpochValues.TASKS.size(); gate++) {
      for (int expert = 0; expert < EpochValues.TASKS.size(); expert++) {
        addLine(
            chart,
            EpochValues.TASKS.get(gate) + ": " + EpochValues.TASKS.get(expert),
            EpochValues.gateName(gate, expert),
            COLOURS.get(expert),
            STROKES.get(gate),
            SeriesMarkers.NONE);
      }
    }
    return chart;
  }

  private XYChart dice() {
    XYChart chart = chart("Dice");
    Set<String> names = new LinkedHashSet<>();
    for (MetricsRecord metrics : records) {
      if (metrics.kind() == MetricsRecord.Kind.EVALUATION) {
        metrics.qualifiedValues().keySet().stream()
            .filter(ProgressCharts::isShownDice)
            .forEach(names::add);
      }
    }
    int line = 0;
    for (String name : names) {
      addLine(
          chart,
          name,
          name,
          MORE_COLOURS.get(line % MORE_COLOURS.size()),
          STROKES.get(line / MORE_COLOURS.size() % STROKES.size()),
          SeriesMarkers.CIRCLE);
      line++;
    }
    return chart;
  }

  /** Whether it is a Dice of all images together; groups and means would be too many lines. */
  private static boolean isShownDice(String qualifiedName) {
    String name = qualifiedName.toLowerCase(Locale.ROOT);
    return name.contains("dice")
        && !name.contains("mean")
        && name.indexOf('/') == name.lastIndexOf('/');
  }

  private void addTasks(XYChart chart, String name, String suffix, BasicStroke stroke) {
    for (int task = 0; task < EpochValues.TASKS.size(); task++) {
      String taskName = EpochValues.TASKS.get(task);
      addLine(
          chart,
          taskName + suffix,
          name + "/" + taskName,
          COLOURS.get(task),
          stroke,
          SeriesMarkers.NONE);
    }
  }

  /** Adds the curve of a value; values that are not finite are left out. */
  private void addLine(
      XYChart chart, String label, String name, Color colour, BasicStroke stroke, Marker marker) {
    List<Double> epochs = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (MetricsRecord metrics : records) {
      Double value = metrics.qualifiedValues().get(name);
      if (value != null && Double.isFinite(value)) {
        epochs.add(metrics.epoch() + 1.0);
        values.add(value);
      }
    }
    if (epochs.isEmpty()) {
      return;
    }
    XYSeries series = chart.addSeries(label, epochs, values);
    series.setLineColor(colour);
    series.setLineStyle(stroke);
    series.setMarkerColor(colour);
    // A single point makes no line: show it.
    series.setMarker(epochs.size() == 1 ? SeriesMarkers.CIRCLE : marker);
  }

  /** Shows all of [0, 1], so that a collapse to one end is seen as such. */
  private static XYChart share(XYChart chart) {
    chart.getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
    chart.getSeriesCollection().forEach(ProgressCharts::endOutside);
    return chart;
  }

  /** Lets a line end just outside [0, 1]: it takes for ever to dot one that goes on to 1e27. */
  private static void endOutside(XYSeries series) {
    double[] values =
        Arrays.stream(series.getYData()).map(y -> Math.max(-1, Math.min(2, y))).toArray();
    series.replaceData(series.getXData(), values, null);
  }

  private static XYChart chart(String title) {
    XYChart chart =
        new XYChartBuilder().width(WIDTH).height(HEIGHT).title(title).xAxisTitle("epoch").build();
    chart
        .getStyler()
        .setLegendPosition(Styler.LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendBorderColor(Color.WHITE)
        .setChartTitleBoxVisible(false);
    chart.getStyler().setMarkerSize(5);
    // XChart 4.0.3 looks for ever for ticks whose labels are short enough if the values are equally
    // spaced and its own labels of them have more than 20 characters.
    chart.getStyler().setYAxisTickLabelsFormattingFunction(ProgressCharts::label);
    return chart;
  }

  /** Returns a number in at most 14 characters. */
  private static String label(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS_OF_LABEL).stripTrailingZeros();
    double size = Math.abs(value);
    boolean plain = size == 0 || (size >= SMALLEST_PLAIN && size < GREATEST_PLAIN);
    return plain ? rounded.toPlainString() : rounded.toString();
  }

  private static BasicStroke stroke(float[] dash) {
    return new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
  }
}
