/**
 * Benchmarks (JMH). They run by {@code mvn verify -Pbenchmarks}, see docs/performance.md, and never
 * as tests.
 */
package io.semimoe.verification.benchmark;
