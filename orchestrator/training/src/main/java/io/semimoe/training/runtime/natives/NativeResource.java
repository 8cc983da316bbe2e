package io.semimoe.training.runtime.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A native library on the class path together with what its file must look like.
 *
 * @param fileName name of the file in the cache directory
 * @param url where the content is read from
 * @param size length in bytes
 * @param crc32 CRC-32 of the content
 */
record NativeResource(String fileName, URL url, long size, long crc32) {

  /**
   * Looks at the resource behind {@code url}. Size and checksum come from the directory of its jar
   * where there is one, so that nothing is unpacked; otherwise the content is read once.
   */
  static NativeResource of(String fileName, URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    if (connection instanceof JarURLConnection inJar) {
      try (JarFile jar = inJar.getJarFile()) {
        JarEntry entry = jar.getJarEntry(inJar.getEntryName());
        if (entry != null && entry.getSize() >= 0 && entry.getCrc() >= 0) {
          return new NativeResource(fileName, url, entry.getSize(), entry.getCrc());
        }
      }
    }
    CRC32 crc = new CRC32();
    try (InputStream in = new CheckedInputStream(open(url), crc)) {
      long size = in.transferTo(OutputStream.nullOutputStream());
      return new NativeResource(fileName, url, size, crc.getValue());
    }
  }

  /** Opens the content; the caller closes it. */
  InputStream open() throws IOException {
    return open(url);
  }

  private static InputStream open(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}
