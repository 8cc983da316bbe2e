package io.semimoe.training.export;

import groovy.lang.GroovyClassLoader;
import groovy.lang.GroovyShell;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Runs a script for QuPath with stand-ins for the classes of QuPath that it names, which keep what
 * they are called with. It tells nothing of QuPath itself.
 */
final class QuPathStandIn {
  /** Each class and its body; builders keep the arguments of each call by its name. */
  private static final Map<String, String> CLASSES =
      Map.of(
          "qupath.lib.scripting.QP",
          """
          static imageData
          static getCurrentImageData() { imageData }
          static getProject() { null }
          static getAnnotationObjects() { [] }
          static getSelectedObjects() { [] }
          """,
          "qupath.lib.images.servers.ImageServerMetadata",
          "enum ChannelType { PROBABILITY }",
          "qupath.lib.images.servers.PixelType",
          "static FLOAT32 = 'float32'",
          "qupath.lib.regions.Padding",
          """
          static symmetric(int pixels) { pixels }
          static empty() { 0 }
          """,
          "qupath.opencv.dnn.DnnModelParams",
          """
          static FRAMEWORK_OPENCV_DNN = 'opencv'
          Map calls = [:]
          static builder() { new DnnModelParams() }
          def methodMissing(String name, arguments) { calls[name] = arguments as List; this }
          def build() { calls }
          """,
          "qupath.opencv.dnn.DnnModels",
          "static buildModel(parameters) { parameters }",
          "qupath.opencv.ml.PatchClassifierParams",
          """
          Map calls = [:]
          static builder() { new PatchClassifierParams() }
          def methodMissing(String name, arguments) { calls[name] = arguments as List; this }
          def build() { calls }
          static buildPixelClassifier(parameters) { parameters }
          """,
          "qupath.opencv.ml.pixel.PixelClassifierTools",
          """
          enum CreateObjectOptions { SPLIT }
          static List made
          static createAnnotationsFromPixelClassifier(Object... arguments) { made = arguments as List }
          """,
          "qupath.opencv.ops.ImageOps",
          """
          static class Core {
            static ensureType(type) { [type: type] }
            static multiply(double... factors) { [multiply: factors as List] }
          }
          """);

  private static final String IMAGE =
      """
      class Calibration {
        double microns
        boolean hasPixelSizeMicrons() { microns > 0 }
        double getAveragedPixelSizeMicrons() { microns }
        def createScaledInstance(double x, double y) { [x, y] }
      }
      class Server { int width; int height; Calibration pixelCalibration }
      class Image { Server server }
      """;

  private QuPathStandIn() {}

  /**
   * Runs a script on an open image.
   *
   * @param microns size of its pixels; 0 = it tells none
   * @return what annotations are made from: the calls of the classifier's builder by name, then
   *     smallest area and largest hole
   */
  static List<?> run(String script, Path model, int width, int height, double microns)
      throws Exception {
    try (GroovyClassLoader classes = new GroovyClassLoader()) {
      for (Map.Entry<String, String> type : CLASSES.entrySet()) {
        int dot = type.getKey().lastIndexOf('.');
        classes.parseClass(
            "package %s%nclass %s {%n%s%n}"
                .formatted(
                    type.getKey().substring(0, dot),
                    type.getKey().substring(dot + 1),
                    type.getValue()));
      }
      GroovyShell shell = new GroovyShell(classes);
      shell.evaluate(
          IMAGE
              + "qupath.lib.scripting.QP.imageData = new Image(server: new Server(width: %d, height: %d, pixelCalibration: new Calibration(microns: %s)))"
                  .formatted(width, height, microns));
      shell.evaluate(
          script.replace("String modelPath = null", "String modelPath = '" + model + "'"));
      Object made = shell.evaluate("qupath.opencv.ml.pixel.PixelClassifierTools.made");
      return ((List<?>) made).subList(1, 4);
    }
  }
}
