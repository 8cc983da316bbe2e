package io.semimoe.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code doctor}: whether this machine can train and predict, and why not. */
@Command(
    name = "doctor",
    description =
        "Tells what this machine offers, whether it can predict, and whether it can train (exit code 5"
            + " if not).")
final class DoctorCommand extends SemiMoeCommand {
  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() {
    Doctor.Report report = Doctor.examine();
    if (json) {
      out().println(Json.text(report));
    } else {
      for (Doctor.Finding finding : report.findings()) {
        out()
            .printf(
                "%-4s %-14s %s%n",
                finding.ok() ? "ok" : "BAD", finding.subject(), finding.finding());
      }
    }
    return report.canTrain() ? ExitCodes.OK : ExitCodes.NATIVE;
  }
}
