package io.semimoe.cli;

import io.semimoe.dataset.image.PngFiles;
import io.semimoe.dataset.raster.RgbImage;
import io.semimoe.dataset.synthetic.SyntheticGlands;
import io.semimoe.dataset.synthetic.SyntheticImageSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Images and outlines to run {@code cut} on. */
abstract class CutCommandFixture {
  static final int SIDE = 96;

  @TempDir Path folder;
  Path images;
  Path fields;

  /** Four images, of which two have outlines: a region, and a square in it that is a gland. */
  @BeforeEach
  void write() throws Exception {
    images = Files.createDirectories(folder.resolve("images of patients"));
    fields = folder.resolve("made/fields");
    for (int i = 1; i <= 4; i++) {
      PngFiles.writeRgb(images.resolve("p" + i + ".png"), tissue(i));
    }
    outlines(images.resolve("p1.geojson"));
    outlines(images.resolve("p2.png.geojson"));
  }

  final Invocation cut(String options) {
    List<Object> arguments = new ArrayList<>(List.of("cut", "-o", fields));
    arguments.addAll(List.of(options.split(" +")));
    arguments.add(images);
    return Invocation.of(arguments.toArray());
  }

  static RgbImage tissue(int seed) {
    return SyntheticGlands.generate(new SyntheticImageSettings(SIDE, SIDE, seed), 0).image();
  }

  static void outlines(Path file) throws Exception {
    Files.writeString(
        file,
        """
        [{"geometry": {"type": "Polygon", "coordinates": [[[0,0],[64,0],[64,32],[0,32],[0,0]]]},
          "properties": {"classification": {"name": "Region*"}}},
         {"geometry": {"type": "Polygon", "coordinates": [[[10,8],[50,8],[50,20],[10,20],[10,8]]]},
          "properties": {"classification": {"name": "Gland"}}}]
        """);
  }
}
