package io.semimoe.verification.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.batch.ImageStore;
import io.semimoe.dataset.batch.Normalization;
import io.semimoe.dataset.layout.Sample;
import io.semimoe.dataset.layout.SampleSet;
import io.semimoe.dataset.synthetic.SyntheticDataset;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What unlabelled images add to 4 labelled ones, with preset {@code demo}. Each seed draws other
 * labelled images of the same 28 and begins with other weights; both kinds of training have the
 * same images, seeds and number of iterations, and normalise by the same 28 images. The table is
 * logged and written to {@code target/learning-table.md}; which of the two is better is not
 * asserted.
 */
@Tag("slow")
class FewLabelsTest {
  private static final Logger LOG = LoggerFactory.getLogger(FewLabelsTest.class);
  private static final Path TABLE = Path.of("target", "learning-table.md");
  private static final int SEEDS = 3;
  private static final int LABELLED = 4;
  private static final int UNLABELLED = 24;
  private static final int TEST = 24;
  private static final int EPOCHS = 40;
  private static final int SIZE = 192;

  @TempDir Path folder;

  @Test
  void theGainFromUnlabelledImagesIsReported() throws Exception {
    Path data = folder.resolve("data");
    SyntheticDataset.write(
        data,
        new SyntheticImageSettings(SIZE, SIZE, 7),
        new SyntheticDataset.Counts(LABELLED, UNLABELLED, 0, TEST));
    List<String> normalization = normalization(data);
    List<Scores> supervised = new ArrayList<>();
    List<Scores> semiSupervised = new ArrayList<>();
    for (int seed = 1; seed <= SEEDS; seed++) {
      supervised.add(train(data, normalization, seed, true));
      semiSupervised.add(train(data, normalization, seed, false));
    }

    String table = table(supervised, semiSupervised);
    LOG.info("\n{}", table);
    Files.createDirectories(TABLE.getParent());
    Files.writeString(TABLE, table);

    int iterations = EPOCHS * UNLABELLED / 2;
    assertThat(supervised).extracting(Scores::iterations).containsOnly(iterations);
    assertThat(semiSupervised).extracting(Scores::iterations).containsOnly(iterations);
    assertThat(supervised).doesNotHaveDuplicates().doesNotContainAnyElementsOf(semiSupervised);
  }

  /**
   * Measured on all training images: alone, supervised training would measure the labelled ones.
   */
  private static List<String> normalization(Path data) throws DataException {
    TrainingConfiguration configuration = configuration(data, 1, List.of());
    SampleSet samples = RunData.forTraining(configuration);
    List<Sample> training = new ArrayList<>(samples.labelled());
    training.addAll(samples.unlabelled());
    Normalization measured =
        Normalization.measure(
            ImageStore.load(training, configuration.network().size(), 2).images());
    return List.of(
        "data.normalization.kind=explicit",
        "data.normalization.mean=" + Arrays.toString(measured.mean()),
        "data.normalization.std=" + Arrays.toString(measured.std()));
  }

  private static TrainingConfiguration configuration(Path data, int seed, List<String> further) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "data.layout=glas",
                "data.root='" + data + "'",
                "data.draw.labelled=" + LABELLED,
                "data.draw.seed=" + seed,
                "seed=" + seed,
                "epochs=" + EPOCHS,
                "evaluation.everyEpochs=" + EPOCHS,
                "runtime.threads=2"));
    settings.addAll(further);
    return ConfigurationLoader.load(Optional.of("demo"), Optional.empty(), settings);
  }

  private Scores train(Path data, List<String> normalization, int seed, boolean supervisedOnly)
      throws DataException {
    List<String> further = new ArrayList<>(normalization);
    further.add("supervisedOnly=" + supervisedOnly);
    TrainingConfiguration configuration = configuration(data, seed, further);
    Path run = folder.resolve((supervisedOnly ? "supervised-" : "semi-supervised-") + seed);
    return Scores.trained(configuration, RunData.forTraining(configuration), run);
  }

  private static String table(List<Scores> supervised, List<Scores> semiSupervised) {
    String seeds =
        IntStream.rangeClosed(1, SEEDS)
            .mapToObj(seed -> "Dice, seed " + seed)
            .collect(Collectors.joining(" | "));
    return String.join(
        "\n",
        "| training | " + seeds + " | pooled Dice | pooled Jaccard |",
        "|---".repeat(3 + SEEDS) + "|",
        line(
            LABELLED + " labelled",
            values(supervised, Scores::dice),
            values(supervised, Scores::jaccard)),
        line(
            LABELLED + " labelled, " + UNLABELLED + " unlabelled",
            values(semiSupervised, Scores::dice),
            values(semiSupervised, Scores::jaccard)),
        line(
            "gain",
            gains(supervised, semiSupervised, Scores::dice),
            gains(supervised, semiSupervised, Scores::jaccard)),
        "");
  }

  private static String line(String training, List<Double> dice, List<Double> jaccard) {
    String each =
        dice.stream()
            .map(d -> String.format(Locale.ROOT, "%.3f", d))
            .collect(Collectors.joining(" | "));
    return String.join(" | ", "| " + training, each, summary(dice), summary(jaccard)) + " |";
  }

  private static List<Double> values(List<Scores> scores, ToDoubleFunction<Scores> score) {
    return scores.stream().map(score::applyAsDouble).toList();
  }

  private static List<Double> gains(
      List<Scores> from, List<Scores> to, ToDoubleFunction<Scores> score) {
    return IntStream.range(0, SEEDS)
        .mapToObj(i -> score.applyAsDouble(to.get(i)) - score.applyAsDouble(from.get(i)))
        .toList();
  }

  /** Returns mean ± standard deviation (of the sample). */
  private static String summary(List<Double> values) {
    double mean = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return String.format(
        Locale.ROOT, "%.3f ± %.3f", mean, Math.sqrt(squares / (values.size() - 1)));
  }
}
