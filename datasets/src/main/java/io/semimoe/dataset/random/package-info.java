/**
 * Random numbers that depend on nothing but a seed, a purpose and a position.
 *
 * <p>Depends on the JDK only.
 */
package io.semimoe.dataset.random;
