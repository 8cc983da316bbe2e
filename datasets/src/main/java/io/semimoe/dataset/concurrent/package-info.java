/** Work on many files at once, here and in what uses data sets. */
package io.semimoe.dataset.concurrent;
