package io.semimoe.cli.predict;

import io.semimoe.dataset.DataException;
import io.semimoe.inference.object.SegmentedObject;

/**
 * A file that objects are written to one after the other. It gets its name by {@link #publish()};
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
   * Ends the file.
   *
   * @throws DataException if it cannot be written
   */
  void complete() throws DataException;

  /**
   * Gives the file, which is complete, its name.
   *
   * @throws DataException if it cannot be moved
   */
  void publish() throws DataException;

  @Override
  void close();
}
