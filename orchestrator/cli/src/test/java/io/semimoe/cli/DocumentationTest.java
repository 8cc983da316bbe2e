package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.semimoe.training.configuration.ConfigurationLoader;
import io.semimoe.training.evaluation.Metric;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DocumentationTest {
  private static final Path DOCS = Path.of("..", "..", "docs");

  @Test
  void everyKeyOfTheConfigurationIsDocumented() throws Exception {
    String yaml =
        ConfigurationLoader.toYaml(
            ConfigurationLoader.load(Optional.empty(), Optional.empty(), List.of()));
    List<String> keys = new ArrayList<>();
    collect(new YAMLMapper().readTree(yaml), "", keys);

    String text = Files.readString(DOCS.resolve("configuration.md"));
    assertThat(keys).hasSizeGreaterThan(30).allSatisfy(key -> assertThat(text).contains(key));
  }

  @Test
  void everyCommandIsDocumented() throws Exception {
    String text = Files.readString(DOCS.resolve("cli.md"));

    assertThat(SemiMoe.commandLine().getSubcommands().keySet())
        .isNotEmpty()
        .allSatisfy(command -> assertThat(text).contains("| `" + command + "` |"));
  }

  @Test
  void exitCodesAreDocumentedInTheWordsOfTheHelp() throws Exception {
    String text = Files.readString(DOCS.resolve("cli.md"));
    String help = SemiMoe.commandLine().getUsageMessage().replaceAll("\\s+", " ");

    assertThat(ExitCodes.meanings())
        .isNotEmpty()
        .allSatisfy(
            (code, meaning) -> {
              assertThat(text).contains("| " + code.strip() + " | " + meaning);
              assertThat(help).contains(code.strip() + " " + meaning);
            });
  }

  @Test
  void everyMetricIsDocumented() throws Exception {
    String text = Files.readString(DOCS.resolve("metrics.md"));

    assertThat(Metric.values())
        .allSatisfy(metric -> assertThat(text).contains("`" + metric.text() + "`"));
  }

  private static void collect(JsonNode node, String prefix, List<String> keys) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        collect(entry.getValue(), key + ".", keys);
      } else {
        keys.add("`" + key + "`");
      }
    }
  }
}
