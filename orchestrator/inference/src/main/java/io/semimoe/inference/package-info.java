/**
 * Segments images with an exported Semi-MoE model: the jar to embed in other programs.
 *
 * <p>Start at {@link io.semimoe.inference.Segmenter}. A model is one ONNX file that carries its
 * normalisation, its softmax and its description ({@link io.semimoe.inference.ModelDescription}).
 *
 * <p>Depends on the ONNX Runtime Java API and on {@code io.semimoe.dataset.raster} only: no files
 * are read or written here but the model's, and neither training code nor a logger may come in.
 */
package io.semimoe.inference;
