/**
 * Suites that hold the project to vectors made independently of it. They take sizes and cases from
 * the vectors, so other files of the same format can be tried with {@code
 * -Dsemimoe.reference=/absolute/folder}.
 */
package io.semimoe.verification;
