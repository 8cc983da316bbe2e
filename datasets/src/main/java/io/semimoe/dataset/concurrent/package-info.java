/** Work on many files at once, for this module's own use. */
package io.semimoe.dataset.concurrent;
