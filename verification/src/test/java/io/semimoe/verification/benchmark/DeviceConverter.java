package io.semimoe.verification.benchmark;

import io.semimoe.training.configuration.ConfigurationException;
import io.semimoe.training.configuration.Device;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a device that is named, so that what is timed is not left to the machine. */
final class DeviceConverter implements ITypeConverter<Device> {
  @Override
  public Device convert(String text) {
    try {
      Device device = Device.parse(text);
      if (!device.isAutomatic()) {
        return device;
      }
    } catch (ConfigurationException e) {
      // Told below.
    }
    throw new TypeConversionException("expected cpu, cuda or cuda:N, found " + text);
  }
}
