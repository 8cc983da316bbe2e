package io.semimoe.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the user asked the program to end (Ctrl-C, {@code kill}) while this is open. The first
 * signal only sets the flag, so that a checkpoint can be written; the second ends the process at
 * once.
 *
 * <p>A shutdown hook would not do: ONNX Runtime closes its environment in one, under the feet of a
 * step that still runs. {@code sun.misc.Signal} is reached by reflection since the compiler warns
 * of it whatever one does; without it, signals keep their usual effect.
 */
final class Interruption implements BooleanSupplier, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Interruption.class);
  private static final List<String> SIGNALS = List.of("INT", "TERM");

  private final AtomicBoolean asked = new AtomicBoolean();
  private final Map<Object, Object> previous = new LinkedHashMap<>();

  private Interruption() {}

  /** Starts listening. */
  static Interruption listen() {
    Interruption interruption = new Interruption();
    for (String name : SIGNALS) {
      interruption.handle(name);
    }
    return interruption;
  }

  @Override
  public boolean getAsBoolean() {
    return asked.get();
  }

  /** Does what a signal does. */
  void signal() {
    if (asked.getAndSet(true)) {
      Runtime.getRuntime().halt(ExitCodes.INTERRUPTED);
    }
    LOG.warn("Interrupted: writing a checkpoint after this iteration; again to stop at once.");
  }

  /** Gives the signals back to whoever had them. */
  @Override
  public void close() {
    previous.forEach(
        (signal, handler) -> {
          try {
            install(signal, handler);
          } catch (ReflectiveOperationException e) {
            LOG.debug("Cannot restore the handler of {}", signal, e);
          }
        });
  }

  private void handle(String name) {
    try {
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      InvocationHandler body =
          (proxy, method, arguments) ->
              switch (method.getName()) {
                case "handle" -> {
                  signal();
                  yield null;
                }
                case "equals" -> proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> "Interruption";
              };
      Object handler =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(), new Class<?>[] {handlerType}, body);
      Object signal =
          Class.forName("sun.misc.Signal").getConstructor(String.class).newInstance(name);
      previous.put(signal, install(signal, handler));
    } catch (ReflectiveOperationException e) {
      LOG.debug("Signal {} keeps its usual effect", name, e);
    }
  }

  private static Object install(Object signal, Object handler) throws ReflectiveOperationException {
    Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
    return signal
        .getClass()
        .getMethod("handle", signal.getClass(), handlerType)
        .invoke(null, signal, handler);
  }
}
