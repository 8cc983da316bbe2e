package io.semimoe.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelSessionTest {
  private final List<OrtSession> opened = new ArrayList<>();

  @Test
  void closingReleasesTheNativeSession() throws Exception {
    ModelSession session =
        ModelSession.open("tiny", source(new TinyModel()), SegmenterOptions.DEFAULT);
    assertThat(opened.get(0).getNumInputs()).isEqualTo(1);

    session.close();

    assertReleased();
  }

  @Test
  void aModelThatIsRefusedIsReleased() {
    TinyModel other = new TinyModel().without("semimoe.format");

    assertThatThrownBy(() -> ModelSession.open("tiny", source(other), SegmenterOptions.DEFAULT))
        .isInstanceOf(ModelException.class);

    assertReleased();
  }

  @Test
  void aModelThatDoesNotTakeTheTileSizeIsReleased() {
    SegmenterOptions options = SegmenterOptions.builder().tileSize(20).build();

    assertThatThrownBy(() -> Segmenter.open("tiny", source(new TinyModel()), options))
        .isInstanceOf(IllegalArgumentException.class);

    assertReleased();
  }

  private ModelSession.Source source(TinyModel model) {
    return (environment, options) -> {
      opened.add(environment.createSession(model.bytes(), options));
      return opened.get(0);
    };
  }

  /** ONNX Runtime refuses to close a session twice. */
  private void assertReleased() {
    assertThat(opened).hasSize(1);
    assertThatThrownBy(opened.get(0)::close).isInstanceOf(IllegalStateException.class);
  }
}
