package io.semimoe.training.run;

import java.io.IOException;

/** Takes the records of a run as they come. */
interface RecordSink extends AutoCloseable {

  /** Takes the next record. */
  void add(MetricsRecord metrics) throws IOException;

  /** Writes what is still to be written. */
  @Override
  default void close() throws IOException {}
}
