package dev.agent.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A fault in a program that has none: a Java agent that makes a method throw from the moment on
 * that a file is there. The product knows nothing of it.
 */
public final class Fault {
  private Fault() {}

  /**
   * The option of the JVM that prepares the fault.
   *
   * @param directory for the agent's jar
   * @param type name of the class
   * @param method each of this name throws
   * @param trigger the file; it is looked for at each call
   */
  public static String option(Path directory, String type, String method, Path trigger) {
    Path jar = directory.resolve("fault.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", Fault.class.getName());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Class<?> each : List.of(Fault.class, Throwing.class, FirstOf.class)) {
        String entry = each.getName().replace('.', '/') + ".class";
        out.putNextEntry(new JarEntry(entry));
        try (InputStream in = Fault.class.getResourceAsStream("/" + entry)) {
          if (in == null) {
            throw new IllegalStateException("no class file of " + each);
          }
          in.transferTo(out);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "-javaagent:" + jar + "=" + type + "#" + method + "#" + trigger;
  }

  /** Called by the JVM that gets the fault. */
  public static void premain(String arguments, Instrumentation instrumentation) {
    String[] parts = arguments.split("#", 3);
    instrumentation.addTransformer(new Throwing(parts[0].replace('.', '/'), parts[1], parts[2]));
  }

  /** Called by the method that gets the fault. */
  public static void at(String trigger) {
    if (Files.exists(Path.of(trigger))) {
      throw new IllegalStateException("a fault made by a test");
    }
  }

  private record Throwing(String type, String method, String trigger)
      implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        String name,
        @Nullable Class<?> before,
        @Nullable ProtectionDomain domain,
        byte[] bytes) {
      if (!type.equals(name)) {
        return null;
      }
      ClassFile file = ClassFile.of();
      return file.transformClass(
          file.parse(bytes),
          ClassTransform.transformingMethodBodies(
              it -> it.methodName().equalsString(method), new FirstOf(trigger)));
    }
  }

  /** Asks for the fault before anything else is done. */
  private record FirstOf(String trigger) implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      code.loadConstant(trigger);
      code.invokestatic(
          ClassDesc.of("dev.agent.testing.Fault"),
          "at",
          MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String));
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }
}
