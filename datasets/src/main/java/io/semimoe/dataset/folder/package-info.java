/** Folders that are written as a whole. */
package io.semimoe.dataset.folder;
