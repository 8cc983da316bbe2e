package io.semimoe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void writeModel() throws Exception {
    model = RedModel.write(folder.resolve("red.onnx"));
  }

  @Test
  void tellsPeopleWhatAModelIs() throws Exception {
    Invocation inspect = Invocation.of("inspect", model);

    assertThat(inspect.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(inspect.out().lines().map(String::strip))
        .contains(
            model.toString(),
            "size        " + String.format(Locale.ROOT, "%,d", Files.size(model)) + " bytes",
            "format      ONNX, IR 8, operator set 17",
            "parameters  8 numbers in the file",
            "Inputs",
            "input  float32 [N, 3, H, W]",
            "Outputs",
            "output  float32 [N, 2, H, W]",
            "Model",
            "classes     background, gland",
            "prediction  whole images, resized to 16×16 and back",
            "threshold   0.5",
            "pixel size  none: trained on resized images",
            "preset      compact",
            "Origin",
            "seed  1",
            "Metrics",
            "pooled Dice @ 16  0.9000");
  }

  @Test
  void tellsProgramsInJson() throws Exception {
    JsonNode json = new ObjectMapper().readTree(Invocation.of("inspect", "--json", model).out());

    assertThat(json.get("bytes").longValue()).isEqualTo(Files.size(model));
    assertThat(json.get("parameters").intValue()).isEqualTo(8);
    assertThat(json.at("/inputs/0/name").textValue()).isEqualTo("input");
    assertThat(json.at("/outputs/0/shape/1").textValue()).isEqualTo("2");
    assertThat(json.get("metadata").get("semimoe.preset").textValue()).isEqualTo("compact");
  }

  @Test
  void tellsThePixelSizeOfAModelThatHasOne() throws Exception {
    Path sized = RedModel.write(folder.resolve("sized.onnx"), 0.5);

    assertThat(Invocation.of("inspect", sized).out()).contains("pixel size  0.5 µm");
  }

  @Test
  void aModelOfAnotherProgramIsShownWithWhatIsMissing() throws Exception {
    rewrite(
        ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder()
            .clearMetadataProps()
            .addMetadataProps(StringStringEntryProto.newBuilder().setKey("author").setValue("A")));

    Invocation inspect = Invocation.of("inspect", model);

    assertThat(inspect.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(inspect.out())
        .contains("input  float32 [N, 3, H, W]")
        .contains("No description", "semimoe.*");
    assertThat(inspect.out()).doesNotContain("threshold   ");
  }

  @Test
  void aDamagedDescriptionIsADataError() throws Exception {
    ModelProto.Builder damaged = ModelProto.parseFrom(Files.readAllBytes(model)).toBuilder();
    damaged.getMetadataPropsBuilderList().stream()
        .filter(entry -> entry.getKey().equals("semimoe.threshold"))
        .forEach(entry -> entry.setValue("half"));
    rewrite(damaged);

    Invocation inspect = Invocation.of("inspect", model);
    Invocation json = Invocation.of("inspect", "--json", model);

    assertThat(inspect.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(inspect.err()).contains(model.toString(), "semimoe.threshold", "half");
    assertThat(inspect.out()).contains("input  float32 [N, 3, H, W]");
    assertThat(json.exitCode()).isEqualTo(ExitCodes.DATA);
    assertThat(json.err()).isEqualTo(inspect.err());
    assertThat(new ObjectMapper().readTree(json.out()).at("/inputs/0/name").textValue())
        .isEqualTo("input");
  }

  @Test
  void whatIsNoModelIsADataError() throws Exception {
    Path text = Files.writeString(folder.resolve("text.onnx"), "no model at all");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    byte[] bytes = Files.readAllBytes(model);
    Path part = Files.write(folder.resolve("part.onnx"), Arrays.copyOf(bytes, bytes.length / 2));
    Path none = folder.resolve("none.onnx");

    for (Path wrong : new Path[] {text, empty, part, none}) {
      Invocation inspect = Invocation.of("inspect", wrong);
      assertThat(inspect.exitCode()).as("%s", wrong).isEqualTo(ExitCodes.DATA);
      assertThat(inspect.err()).contains(wrong.toString(), "expected");
      assertThat(inspect.out()).isEmpty();
    }
  }

  private void rewrite(ModelProto.Builder changed) throws Exception {
    Files.write(model, changed.build().toByteArray());
  }
}
