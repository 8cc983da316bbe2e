/*
 * @name@
 *
 * Outlines what the model finds in the open image, as annotations: in the selected annotations, or in
 * the whole image if none is selected. For QuPath 0.5 and 0.6; run it from Automate > Script editor.
 * For research; not a medical device.
 */
import static qupath.lib.scripting.QP.*

import qupath.lib.images.servers.ImageServerMetadata
import qupath.lib.images.servers.PixelType
import qupath.lib.regions.Padding
import qupath.opencv.dnn.DnnModelParams
import qupath.opencv.dnn.DnnModels
import qupath.opencv.ml.PatchClassifierParams
import qupath.opencv.ml.pixel.PixelClassifierTools
import qupath.opencv.ml.pixel.PixelClassifierTools.CreateObjectOptions
import qupath.opencv.ops.ImageOps

// ---- What you may change ----

// Path of the model, with / on Windows too. With null the model is looked for in the project's folder.
String modelPath = null

// How many pixels of the image, along a side, make one pixel of the model. With null it follows from
// the pixel size that the model was trained at. If the model has none, the whole image becomes one
// tile, as it was in training: right for images like the training images, wrong for slides.
Double downsample = null

// Probability above which a pixel belongs to an object.
double threshold = @threshold@

// Smaller objects are dropped and smaller holes filled: in µm² if the image tells its pixel size, else in
// pixels. With null: @minimumMicrons@ and @maximumHoleMicrons@ µm², or @minimumArea@ and @maximumHoleArea@ pixels, less in a small image.
Double minimumArea = null
Double maximumHoleArea = null

// ---- What the model is ----

String modelName = @model@
String objectClass = @foreground@
int patchSize = @patchSize@
int halo = @halo@
Double micronsPerPixel = @micronsPerPixel@

// An image with longer sides is taken for a slide, and needs a downsample.
int longestWholeImage = 4096

// ---- The image and its resolution ----

def imageData = getCurrentImageData()
if (imageData == null) {
    throw new IllegalStateException('Open an image first.')
}
def server = imageData.getServer()
def calibration = server.getPixelCalibration()
if (downsample == null && micronsPerPixel != null) {
    if (!calibration.hasPixelSizeMicrons()) {
        throw new IllegalStateException("The model works at ${micronsPerPixel} µm per pixel, and the image" +
            ' does not tell its pixel size: set it in the tab Image, or set downsample in the script.')
    }
    downsample = micronsPerPixel / calibration.getAveragedPixelSizeMicrons()
}
if (downsample == null) {
    int longest = Math.max(server.getWidth(), server.getHeight())
    if (longest > longestWholeImage) {
        throw new IllegalStateException("The model has no pixel size, and the image is ${longest} pixels long:" +
            " set downsample in the script, so that ${patchSize} × downsample pixels show as much tissue as one" +
            ' training image did.')
    }
    downsample = longest / (double) patchSize
    halo = 0
}
def resolution = calibration.createScaledInstance(downsample, downsample)

// ---- The model ----

if (modelPath == null) {
    if (getProject() == null) {
        throw new IllegalStateException("Set modelPath in the script, or open a project that has ${modelName} in" +
            ' its folder.')
    }
    modelPath = buildFilePath(PROJECT_BASE_DIR, modelName)
}
def modelFile = new File(modelPath)
if (!modelFile.isFile()) {
    throw new FileNotFoundException("No model at ${modelFile}: set modelPath in the script.")
}
def model = DnnModels.buildModel(DnnModelParams.builder()
    .framework(DnnModelParams.FRAMEWORK_OPENCV_DNN)
    .files(modelFile)
    .layout('bcyx')
    .build())
if (model == null) {
    throw new IllegalStateException("${modelFile} cannot be opened; View > Show log tells why.")
}

// ---- The classifier: RGB from 0 to 255 goes in as it is, probabilities come out ----

def padding = halo > 0 ? Padding.symmetric(halo) : Padding.empty()
def afterwards = []
if (threshold != 0.5d) {
    // The class with the larger value wins: p (1 - t) > (1 - p) t where p > t.
    afterwards << ImageOps.Core.multiply(threshold, 1 - threshold)
}
def classifier = PatchClassifierParams.buildPixelClassifier(PatchClassifierParams.builder()
    .inputChannels(0, 1, 2)
    .inputResolution(resolution)
    .patchSize(patchSize, patchSize)
    .halo(padding)
    .preprocessing([ImageOps.Core.ensureType(PixelType.FLOAT32)])
    .prediction(model, padding)
    .postprocessing(afterwards)
    .outputClassNames('Ignore*', objectClass)
    .outputChannelType(ImageServerMetadata.ChannelType.PROBABILITY)
    .build())

// ---- The annotations ----

boolean microns = calibration.hasPixelSizeMicrons()
double pixels = server.getWidth() * (double) server.getHeight()
if (minimumArea == null) {
    minimumArea = microns ? @minimumMicrons@ : Math.min(@minimumArea@, @minimumShare@ * pixels)
}
if (maximumHoleArea == null) {
    maximumHoleArea = microns ? @maximumHoleMicrons@ : Math.min(@maximumHoleArea@, @maximumHoleShare@ * pixels)
}
int before = getAnnotationObjects().size()
PixelClassifierTools.createAnnotationsFromPixelClassifier(
    imageData, classifier, minimumArea, maximumHoleArea, CreateObjectOptions.SPLIT)
println "${getAnnotationObjects().size() - before} annotations of class ${objectClass}"
