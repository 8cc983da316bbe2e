package io.semimoe.cli.predict;

import java.util.Map;

/**
 * What came of an image; the names of the components are part of the JSON that is printed.
 *
 * @param image its file
 * @param files the files that were written, by what they are
 * @param objects number of objects
 * @param foregroundShare share of the pixels above the threshold, 0 to 1
 */
public record Predicted(
    String image, Map<String, String> files, int objects, double foregroundShare) {}
