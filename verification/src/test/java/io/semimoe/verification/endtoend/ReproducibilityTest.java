package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.semimoe.dataset.DataException;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.SemiSupervisedTraining;
import io.semimoe.training.report.IterationReport;
import io.semimoe.training.report.TrainingListener;
import io.semimoe.training.run.MetricsRecord;
import io.semimoe.training.run.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same seed gives the same bits, interrupted or not, with any number of loader threads. */
class ReproducibilityTest {
  private static final int LAST = SmallTraining.ITERATIONS - 1;

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path split;
  private static final Map<String, RunFolder> FINISHED = new HashMap<>();
  private static final Map<String, Trace> UNINTERRUPTED = new HashMap<>();

  @BeforeAll
  static void trainWithoutInterruption() throws Exception {
    split = SmallTraining.writeData(shared.resolve("data"));
    for (String optimizer : List.of("sgd", "adamw")) {
      RunFolder run = train(configuration(optimizer), shared.resolve(optimizer));
      FINISHED.put(optimizer, run);
      UNINTERRUPTED.put(optimizer, Trace.of(run));
    }
  }

  @ParameterizedTest(name = "{0}, stopped in epoch {1} after iteration {2}")
  @CsvSource({
    "sgd, 0, 0",
    "sgd, 1, 1",
    "sgd, 0, " + LAST,
    "sgd, 1, " + LAST,
    "adamw, 0, 0",
    "adamw, 1, 1",
    "adamw, 0, " + LAST,
    "adamw, 1, " + LAST
  })
  void anInterruptedTrainingGoesOnAsIfNothingHadHappened(String optimizer, int epoch, int iteration)
      throws Exception {
    TrainingConfiguration configuration = configuration(optimizer);
    RunFolder run = RunFolder.create(folder.resolve("run"), false);
    StopAfter user = new StopAfter(epoch, iteration);
    List<Integer> iterations = new ArrayList<>();

    try (SemiSupervisedTraining training = SmallTraining.start(configuration, run, List.of(user))) {
      assertThat(training.run(user)).isTrue();
    }
    resume(configuration, run, record(iterations));

    int done = epoch * SmallTraining.ITERATIONS + iteration + 1;
    assertThat(iterations)
        .as("iterations after resuming")
        .hasSize(SmallTraining.EPOCHS * SmallTraining.ITERATIONS - done);
    assertThat(Trace.of(run)).isEqualTo(UNINTERRUPTED.get(optimizer));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sgd", "adamw"})
  void aTrainingThatDiesInItsFirstEpochBeginsAnew(String optimizer) throws Exception {
    TrainingConfiguration configuration = configuration(optimizer);
    RunFolder run = RunFolder.create(folder.resolve("run"), false);

    assertThatThrownBy(() -> dieIn(configuration, run, 0, 1)).hasMessage("power failure");
    resume(configuration, run, new TrainingListener() {});

    assertThat(Trace.of(run)).isEqualTo(UNINTERRUPTED.get(optimizer));
  }

  @Test
  void aTrainingThatDiesLaterGoesOnFromItsLastEvaluation() throws Exception {
    TrainingConfiguration configuration = configuration("sgd");
    RunFolder run = RunFolder.create(folder.resolve("run"), false);
    List<Integer> iterations = new ArrayList<>();

    assertThatThrownBy(() -> dieIn(configuration, run, 2, 1)).hasMessage("power failure");
    resume(configuration, run, record(iterations));

    assertThat(iterations).hasSize(SmallTraining.ITERATIONS);
    assertThat(Trace.of(run)).isEqualTo(UNINTERRUPTED.get("sgd"));
  }

  @Test
  void aTrainingCanBeResumedFromItsVeryBeginning() throws Exception {
    TrainingConfiguration configuration = configuration("sgd");
    RunFolder run = RunFolder.create(folder.resolve("run"), false);

    SmallTraining.start(configuration, run, List.of()).close();

    try (Stream<Path> files = Files.list(run.checkpoints())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "latest", "training_model.onnx", "eval_model.onnx", "optimizer_model.onnx");
    }
    resume(configuration, run, new TrainingListener() {});
    assertThat(Trace.of(run)).isEqualTo(UNINTERRUPTED.get("sgd"));
  }

  @Test
  void aFinishedTrainingStaysAsItIs() throws Exception {
    RunFolder run = FINISHED.get("sgd");
    List<Integer> iterations = new ArrayList<>();

    resume(configuration("sgd"), run, record(iterations));

    assertThat(iterations).isEmpty();
    assertThat(Trace.of(run)).isEqualTo(UNINTERRUPTED.get("sgd"));
  }

  @Test
  void theSameSeedGivesTheSameBits() throws Exception {
    assertThat(Trace.of(train(configuration("sgd"), folder.resolve("run"))))
        .isEqualTo(UNINTERRUPTED.get("sgd"));
  }

  @Test
  void anotherSeedGivesAnotherModel() throws Exception {
    Trace other = Trace.of(train(configuration("sgd", "seed=2"), folder.resolve("run")));

    Trace first = UNINTERRUPTED.get("sgd");
    assertThat(other.latest().keySet()).isEqualTo(first.latest().keySet());
    assertThat(other.latest()).isNotEqualTo(first.latest());
    assertThat(other.metrics()).hasSameSizeAs(first.metrics()).isNotEqualTo(first.metrics());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theNumberOfLoaderThreadsMakesNoDifference(int threads) throws Exception {
    TrainingConfiguration configuration = configuration("sgd", "data.loaderThreads=" + threads);

    assertThat(Trace.of(train(configuration, folder.resolve("run"))))
        .isEqualTo(UNINTERRUPTED.get("sgd"));
  }

  @Test
  void trainingChangesTheModel() throws Exception {
    Trace trace = UNINTERRUPTED.get("sgd");

    assertThat(trace.metrics().stream().filter(m -> m.kind() == MetricsRecord.Kind.EPOCH))
        .hasSize(SmallTraining.EPOCHS)
        .doesNotHaveDuplicates();
    assertThat(trace).isNotEqualTo(UNINTERRUPTED.get("adamw"));
  }

  private static TrainingConfiguration configuration(String optimizer, String... further) {
    List<String> settings = new ArrayList<>(List.of("optimizer.kind=" + optimizer));
    if (optimizer.equals("adamw")) {
      settings.addAll(List.of("optimizer.learningRate=0.002", "weightAverage=0.3"));
    }
    settings.addAll(List.of(further));
    return SmallTraining.configuration(split, settings);
  }

  private static RunFolder train(TrainingConfiguration configuration, Path root)
      throws DataException {
    RunFolder run = RunFolder.create(root, false);
    try (SemiSupervisedTraining training = SmallTraining.start(configuration, run, List.of())) {
      assertThat(training.run(() -> false)).isFalse();
    }
    return run;
  }

  private static void resume(
      TrainingConfiguration configuration, RunFolder run, TrainingListener listener)
      throws DataException {
    try (SemiSupervisedTraining training =
        SemiSupervisedTraining.resume(
            configuration, RunData.forTraining(configuration), run, List.of(listener))) {
      assertThat(training.run(() -> false)).isFalse();
      assertThat(training.isFinished()).isTrue();
    }
  }

  /** Trains until an error in the given iteration, after which nothing is written any more. */
  private static void dieIn(
      TrainingConfiguration configuration, RunFolder run, int epoch, int iteration)
      throws DataException {
    TrainingListener failure =
        new TrainingListener() {
          @Override
          public void iterationDone(IterationReport report) {
            if (report.epoch() == epoch && report.iteration() == iteration) {
              throw new IllegalStateException("power failure");
            }
          }
        };
    try (SemiSupervisedTraining training =
        SmallTraining.start(configuration, run, List.of(failure))) {
      training.run(() -> false);
    }
  }

  private static TrainingListener record(List<Integer> iterations) {
    return new TrainingListener() {
      @Override
      public void iterationDone(IterationReport report) {
        iterations.add(report.iteration());
      }
    };
  }
}
