/** Data sets of tissue images and outlines: files in, batches of float tensors out. */
package io.semimoe.dataset;
