package io.semimoe.dataset.image;

import java.io.IOException;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A stream that says it is longer than it is. From version 3.15 on, which an application may bring
 * along, the TIFF decoder takes a file for damaged whose image has more than 512 times its bytes;
 * but Deflate shrinks an empty mask 1000 times, LZW 2700 times. What the header promises has been
 * held against the memory before, and what is missing in the file still ends in an error when it is
 * read.
 *
 * <p>It also knows whether more was asked for than the file holds: of a fax image that was cut off,
 * the TIFF decoder leaves the rest blank and says nothing.
 */
final class RoomyStream extends ImageInputStreamImpl {
  private static final int FACTOR = 8;

  private final ImageInputStream stream;
  private boolean ranOut;

  /** Wraps a stream, which is closed with this one. */
  RoomyStream(ImageInputStream stream) throws IOException {
    this.stream = stream;
    this.streamPos = stream.getStreamPosition();
  }

  /** Forgets that there was nothing left to read: what fields of no use point to may be missing. */
  void forgetRunningOut() {
    ranOut = false;
  }

  /** Whether something was asked for where the file has ended. */
  boolean ranOut() {
    return ranOut;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    int value = stream.read();
    ranOut |= value < 0;
    streamPos += value >= 0 ? 1 : 0;
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    bitOffset = 0;
    int count = stream.read(target, offset, length);
    ranOut |= count < 0;
    streamPos += Math.max(0, count);
    return count;
  }

  @Override
  public void seek(long position) throws IOException {
    super.seek(position);
    stream.seek(position);
  }

  @Override
  public long length() {
    try {
      return stream.length() * FACTOR;
    } catch (IOException e) {
      return -1;
    }
  }

  @Override
  public void close() throws IOException {
    super.close();
    stream.close();
  }
}
