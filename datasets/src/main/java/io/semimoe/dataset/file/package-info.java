/**
 * Files that are safe to read, and files that appear whole or not at all. Depends on the JDK and
 * {@link io.semimoe.dataset.DataException} only.
 */
package io.semimoe.dataset.file;
