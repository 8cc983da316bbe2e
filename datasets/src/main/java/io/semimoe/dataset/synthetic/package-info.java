/**
 * Made-up images of glandular tissue with instance masks, so that a fresh clone has data to train
 * on. They look like colon glands in H&amp;E stain from afar and stand in for no real tissue.
 */
package io.semimoe.dataset.synthetic;
