/**
 * Predicting images to files: what each becomes, several at once within the memory. Knows no
 * options and no console; what comes of the images is told to a {@link
 * io.semimoe.cli.predict.PredictionListener}.
 */
package io.semimoe.cli.predict;
