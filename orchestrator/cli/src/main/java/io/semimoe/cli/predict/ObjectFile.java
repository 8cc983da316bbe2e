package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.inference.object.SegmentedObject;

/**
 * A file that objects are written to one after the other. It gets its name by {@link #finish()};
 * closing it before deletes what was written.
 */
interface ObjectFile extends AutoCloseable {
  /**
   * Writes the next object.
   *
   * @throws DataException if it cannot be written
   */
  void add(SegmentedObject object) throws DataException;

  /**
   * Ends the file and gives it its name.
   *
   * @throws DataException if it cannot be written
   */
  void finish() throws DataException;

  @Override
  void close();
}
