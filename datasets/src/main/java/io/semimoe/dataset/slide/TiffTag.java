package io.semimoe.dataset.slide;

/** Numbers of the TIFF tags, and the values of them, that reader and writer share (TIFF 6.0). */
final class TiffTag {
  static final int NEW_SUBFILE_TYPE = 254;
  static final int IMAGE_WIDTH = 256;
  static final int IMAGE_LENGTH = 257;
  static final int BITS_PER_SAMPLE = 258;
  static final int COMPRESSION = 259;
  static final int PHOTOMETRIC = 262;
  static final int FILL_ORDER = 266;
  static final int IMAGE_DESCRIPTION = 270;
  static final int STRIP_OFFSETS = 273;
  static final int ORIENTATION = 274;
  static final int SAMPLES_PER_PIXEL = 277;
  static final int ROWS_PER_STRIP = 278;
  static final int STRIP_BYTE_COUNTS = 279;
  static final int X_RESOLUTION = 282;
  static final int Y_RESOLUTION = 283;
  static final int PLANAR_CONFIGURATION = 284;
  static final int T4_OPTIONS = 292;
  static final int T6_OPTIONS = 293;
  static final int RESOLUTION_UNIT = 296;
  static final int SOFTWARE = 305;
  static final int PREDICTOR = 317;
  static final int COLOR_MAP = 320;
  static final int TILE_WIDTH = 322;
  static final int TILE_LENGTH = 323;
  static final int TILE_OFFSETS = 324;
  static final int TILE_BYTE_COUNTS = 325;
  static final int SUB_IFDS = 330;
  static final int EXTRA_SAMPLES = 338;
  static final int SAMPLE_FORMAT = 339;
  static final int JPEG_TABLES = 347;
  static final int YCBCR_COEFFICIENTS = 529;
  static final int YCBCR_SUBSAMPLING = 530;
  static final int YCBCR_POSITIONING = 531;
  static final int REFERENCE_BLACK_WHITE = 532;

  static final int TYPE_ASCII = 2;
  static final int TYPE_SHORT = 3;
  static final int TYPE_LONG = 4;
  static final int TYPE_RATIONAL = 5;
  static final int TYPE_LONG8 = 16;

  static final int COMPRESSION_NONE = 1;
  static final int COMPRESSION_OLD_JPEG = 6;
  static final int COMPRESSION_DEFLATE = 8;

  static final int PHOTOMETRIC_BLACK_IS_ZERO = 1;
  static final int PHOTOMETRIC_RGB = 2;
  static final int PHOTOMETRIC_YCBCR = 6;

  static final int PLANAR_SEPARATE = 2;
  static final int UNIT_CENTIMETRE = 3;

  /** Bit of {@link #NEW_SUBFILE_TYPE}: a smaller version of another image in the file. */
  static final int REDUCED_IMAGE = 1;

  private TiffTag() {}

  /** Bytes of one value of a field type, 0 for a type that does not exist. */
  static int bytesPerValue(int type) {
    return switch (type) {
      case 1, 2, 6, 7 -> 1;
      case 3, 8 -> 2;
      case 4, 9, 11, 13 -> 4;
      case 5, 10, 12, 16, 17, 18 -> 8;
      default -> 0;
    };
  }
}
