package io.semimoe.cli;

import io.semimoe.dataset.DataException;
import io.semimoe.dataset.layout.DataReport;
import io.semimoe.training.configuration.TrainingConfiguration;
import io.semimoe.training.data.RunData;
import io.semimoe.training.loop.SemiSupervisedTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code check-data}: opens every file of a data set and tells what is wrong. */
@Command(
    name = "check-data",
    description = {
      "Opens every image and mask of a data set and tells all that is wrong; also the checkpoint to"
          + " begin with, if one is named.",
      "Takes the same options as train, and trains nothing."
    })
final class CheckDataCommand extends SemiMoeCommand {
  @Mixin private ConfigurationOptions options;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws DataException {
    TrainingConfiguration configuration = options.load();
    // For what it refuses: a checkpoint to begin with is data too.
    SemiSupervisedTraining.initialWeights(configuration);
    DataReport report = RunData.check(configuration, RunData.forTraining(configuration));
    if (json) {
      out().println(Json.text(tree(report)));
    } else {
      out().print(report.toText());
    }
    return report.isUsable() ? ExitCodes.OK : ExitCodes.DATA;
  }

  private static Map<String, Object> tree(DataReport report) {
    List<Map<String, Object>> roles = new ArrayList<>();
    for (DataReport.RoleSummary summary : report.roles()) {
      Map<String, Object> role = new LinkedHashMap<>();
      role.put("role", summary.role().text());
      role.put("images", summary.images());
      summary.smallest().ifPresent(size -> role.put("smallest", size.toString()));
      summary.largest().ifPresent(size -> role.put("largest", size.toString()));
      summary.foregroundShare().ifPresent(share -> role.put("foregroundShare", share));
      summary.fewestObjects().ifPresent(count -> role.put("fewestObjects", count));
      summary.mostObjects().ifPresent(count -> role.put("mostObjects", count));
      roles.add(role);
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("usable", report.isUsable());
    tree.put("roles", roles);
    tree.put("warnings", report.warnings());
    tree.put("errors", report.errors());
    return tree;
  }
}
