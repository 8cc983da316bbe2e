package io.semimoe.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.semimoe.dataset.DataException;
import io.semimoe.training.report.EvaluationReport;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRecorderTest {
  @TempDir private Path temporary;
  private RunFolder folder;

  @BeforeEach
  void makeFolder() throws DataException {
    folder = RunFolder.create(temporary.resolve("run"), false);
  }

  @Test
  void everyReportBecomesALineThatReadsBack() throws Exception {
    record(0, 2);
    List<MetricsRecord> records = MetricsFile.read(folder.metricsJson());
    assertThat(records)
        .extracting(MetricsRecord::kind)
        .containsExactly(
            MetricsRecord.Kind.EPOCH,
            MetricsRecord.Kind.EVALUATION,
            MetricsRecord.Kind.EPOCH,
            MetricsRecord.Kind.EVALUATION);
    assertThat(records.get(2).epoch()).isEqualTo(1);
    assertThat(records.get(2).values())
        .isEqualTo(EpochValues.of(Reports.epoch(1)))
        .containsEntry("gate/boundary/boundary_expert", 0.5)
        .containsEntry("s/distance", 0.98)
        .containsEntry("seconds/epoch", 38.25);
    assertThat(records.get(0).values())
        .containsEntry("loss/labelled_expert/segmentation", 0.4)
        .containsEntry("loss/labelled_gate/distance", 0.35)
        .containsEntry("loss/unlabelled_expert/boundary", 0.6);
    assertThat(records.get(1).split()).isEqualTo("validation");
    assertThat(records.get(1).values())
        .isEqualTo(Reports.evaluation(0).metrics())
        .containsEntry("object hausdorff, mean", Double.POSITIVE_INFINITY);
  }

  @Test
  void epochsAreWrittenFromOne() throws Exception {
    record(0, 1);
    assertThat(Files.readAllLines(folder.metricsJson()).get(0))
        .startsWith("{\"kind\":\"epoch\",\"epoch\":1,");
  }

  @Test
  void numbersAreNumbersButForThoseThatJsonCannotWrite() throws Exception {
    record(0, 1);
    assertThat(Files.readAllLines(folder.metricsJson()).get(1))
        .endsWith("\"values\":{\"dice\":0.5,\"object hausdorff, mean\":\"Infinity\"}}");
  }

  @Test
  void theTableHasOneRowAnEpochAndQuotesItsNames() throws Exception {
    record(0, 2);
    List<String> lines = Files.readAllLines(folder.metricsCsv());
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0))
        .startsWith("epoch,loss/total,loss/labelled_expert/segmentation,")
        .endsWith(",seconds/epoch,validation/dice,\"validation/object hausdorff, mean\"");
    assertThat(lines.get(1)).startsWith("1,3.0,0.4,").endsWith(",38.25,0.5,Infinity");
    assertThat(lines.get(2)).startsWith("2,").endsWith(",50.0");
  }

  @Test
  void aResumedRunLeavesTheRecordsOfAnUninterruptedOne() throws Exception {
    record(0, 4);
    // The last checkpoint was that of epoch 2: epochs 3 and 4 come again.
    record(2, 6);
    RunFolder straight = RunFolder.create(temporary.resolve("straight"), false);
    try (RunRecorder recorder = RunRecorder.open(straight, 0)) {
      Reports.train(recorder, 0, 6);
    }
    assertThat(withoutTimes(MetricsFile.read(folder.metricsJson())))
        .isEqualTo(withoutTimes(MetricsFile.read(straight.metricsJson())));
    assertThat(folder.metricsCsv()).hasSameTextualContentAs(straight.metricsCsv());
    assertThat(scalars(folder)).isEqualTo(scalars(straight)).hasSize(12);
  }

  @Test
  void tableAndPictureAreMadeAnewWhenARunGoesOn() throws Exception {
    record(0, 3);
    Files.delete(folder.progressPlot());
    record(2, 2);
    assertThat(Files.readAllLines(folder.metricsCsv())).hasSize(1 + 2);
    assertThat(folder.progressPlot()).isNotEmptyFile();
  }

  @Test
  void tensorBoardFindsOneFileHoweverOftenARunGoesOn() throws Exception {
    Path earlier = Files.createFile(folder.root().resolve("events.out.tfevents.1.semi-moe"));
    record(0, 1);
    assertThat(earlier).doesNotExist();
    assertThat(scalars(folder)).hasSize(2);
  }

  @Test
  void metricsThatCannotBeWrittenAreToldWithTheirRun() throws Exception {
    try (RunRecorder recorder = RunRecorder.open(folder, 0)) {
      Files.delete(folder.metricsJson());
      assertThatThrownBy(() -> recorder.epochDone(Reports.epoch(0)))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith(folder.root() + ": metrics cannot be written: ");
    }
  }

  @Test
  void aLineCutShortByACrashIsDropped() throws Exception {
    record(0, 2);
    Files.writeString(folder.metricsJson(), "{\"kind\":\"epoch\",\"epo", StandardOpenOption.APPEND);
    record(2, 3);
    assertThat(MetricsFile.read(folder.metricsJson()))
        .extracting(MetricsRecord::epoch)
        .containsExactly(0, 0, 1, 1, 2, 2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"kind":"epoch"}                                      | expected a member 'values'
          {"kind":"age","values":{}}                            | expected the kind epoch or evaluation, found age
          {"kind":"epoch","epoch":1,"values":{"a":"b"}}         | expected a number, found "b"
          {"kind":"epoch","epoch":1,"values":{},"time":"noon"}  | expected a time, found none
          {"kind":"epoch" "values":{}}                          | expected JSON, found something else
          """)
  void aDamagedLineIsNamed(String line, String reason) throws IOException {
    Files.writeString(folder.metricsJson(), line + "\n");
    assertThatThrownBy(() -> RunRecorder.open(folder, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder.metricsJson() + ": line 1 is damaged (" + reason + "); delete that line");
  }

  @Test
  void tensorBoardGetsEveryNumberOnceUnderItsEpoch() throws Exception {
    record(0, 2);
    List<TensorBoardReader.Event> events = scalars(folder);
    assertThat(events).extracting(TensorBoardReader.Event::step).containsExactly(1L, 1L, 2L, 2L);
    Map<String, Float> first = events.get(0).scalars();
    assertThat(first.keySet()).isEqualTo(EpochValues.of(Reports.epoch(0)).keySet());
    assertThat(first).containsEntry("loss/labelled_expert/segmentation", 0.4f);
    assertThat(events.get(3).scalars()).containsEntry("validation/object hausdorff, mean", 50f);
  }

  @Test
  void thePictureShowsCurvesInTheColourOfEachTask() throws Exception {
    record(0, 40);
    BufferedImage picture = ImageIO.read(folder.progressPlot().toFile());
    assertThat(picture.getWidth()).isEqualTo(1400);
    assertThat(picture.getHeight()).isEqualTo(1360);
    assertThat(colours(picture)).contains(0xff0072b2, 0xffd55e00, 0xff009e73);
  }

  @Test
  void thePictureCanBeDrawnOfOneEpochAndOfValuesThatAreNotNumbers() throws Exception {
    try (RunRecorder recorder = RunRecorder.open(folder, 0)) {
      recorder.evaluated(Reports.evaluation(0));
      recorder.evaluated(
          new EvaluationReport(
              1, "test", Map.of("dice", Double.NaN, "object dice", Double.POSITIVE_INFINITY)));
    }
    assertThat(ImageIO.read(folder.progressPlot().toFile()).getWidth()).isEqualTo(1400);
  }

  /** Values for whose labels XChart looks without an end, if it is left to make them itself. */
  @ParameterizedTest
  @CsvSource({
    "-162003.08040743595, -0.9296545644893407",
    "-4.3019647513887680e25, 1e-44",
    "203099.05457260282, 3.0354047504188936e-12",
    "1e300, -4.9e-324",
    "1.7976931348623157e308, -1.7976931348623157e308",
    "0.5, 0.5000000000000001"
  })
  void thePictureIsDrawnOfAnyNumbers(double first, double second) throws Exception {
    RunRecorder recorder = RunRecorder.open(folder, 0);
    recorder.evaluated(new EvaluationReport(0, "test", Map.of("dice", first)));
    recorder.evaluated(new EvaluationReport(1, "test", Map.of("dice", second)));
    Files.delete(folder.progressPlot());

    assertTimeoutPreemptively(Duration.ofMinutes(1), recorder::close);

    assertThat(ImageIO.read(folder.progressPlot().toFile()).getWidth()).isEqualTo(1400);
  }

  /** Java 2D sets each dot of a dotted line, be it the greatest part of it outside the picture. */
  @Test
  void thePictureIsDrawnOfGateWeightsThatAreNoShares() throws Exception {
    RunRecorder recorder = RunRecorder.open(folder, 0);
    recorder.epochDone(Reports.epoch(0));
    List<Double> wrong = List.of(1e28, -1e28, 1e300);
    recorder.epochDone(Reports.epoch(1, List.of(wrong, wrong, wrong)));
    recorder.epochDone(Reports.epoch(2));

    assertTimeoutPreemptively(Duration.ofMinutes(1), recorder::close);

    assertThat(ImageIO.read(folder.progressPlot().toFile()).getWidth()).isEqualTo(1400);
  }

  private void record(int firstEpoch, int endEpoch) throws DataException {
    try (RunRecorder recorder = RunRecorder.open(folder, firstEpoch)) {
      Reports.train(recorder, firstEpoch, endEpoch);
    }
  }

  private static List<String> withoutTimes(List<MetricsRecord> records) {
    return records.stream()
        .map(r -> r.kind() + " " + r.epoch() + " " + r.split() + " " + r.values())
        .toList();
  }

  private static List<TensorBoardReader.Event> scalars(RunFolder folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder.root(), "events.out.tfevents.*")) {
      List<TensorBoardReader.Event> events = TensorBoardReader.read(files.iterator().next());
      assertThat(events.get(0).fileVersion()).isEqualTo("brain.Event:2");
      return events.subList(1, events.size());
    }
  }

  private static Set<Integer> colours(BufferedImage picture) {
    Set<Integer> colours = new HashSet<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        colours.add(picture.getRGB(x, y));
      }
    }
    return colours;
  }
}
