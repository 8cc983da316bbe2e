package io.semimoe.verification.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IterationProfileTest {
  /** 2 images, from 3 to 5 channels at 8 x 4 by kernels of 3 x 3: a product for each of these. */
  private static final double PRODUCTS = 2 * 3 * 5 * 8 * 4 * 3 * 3;

  private static final String X = "{\"float\":[2,3,8,4]}";
  private static final String Y = "{\"float\":[2,5,8,4]}";
  private static final String W = "{\"float\":[5,3,3,3]}";
  private static final String B = "{\"float\":[5]}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Conv     | X W   | Y     | 1",
        "Conv     | X W B | Y     | 1",
        "ConvGrad | Y X W | X     | 1",
        "ConvGrad | Y X W | W     | 1",
        "ConvGrad | Y X W | W B   | 1",
        "ConvGrad | Y X W | X W   | 2",
        "ConvGrad | Y X W | X W B | 2",
        "Relu     | Y     | Y     | 0"
      })
  void eachGradientCostsWhatTheConvolutionDoes(
      String operator, String inputs, String outputs, int times) throws Exception {
    String event =
        "{\"args\":{\"op_name\":\"%s\",\"input_type_shape\":[%s],\"output_type_shape\":[%s]}}"
            .formatted(operator, shapes(inputs), shapes(outputs));

    assertThat(IterationProfile.operations(new ObjectMapper().readTree(event)))
        .isEqualTo(2 * times * PRODUCTS);
  }

  private static String shapes(String names) {
    return names.replace(' ', ',').replace("X", X).replace("Y", Y).replace("W", W).replace("B", B);
  }
}
