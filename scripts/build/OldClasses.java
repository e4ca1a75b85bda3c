import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings the class files of old libraries into a form that a start-up cache can hold: classes of
 * Java 5 and older carry no stack maps, so the JVM verifies them by inference at each start and
 * keeps them out of the cache. Their code stays as it is, the maps are added.
 */
final class OldClasses {
  /** The first version whose classes are verified by stack maps. */
  private static final int FIRST_WITH_MAPS = ClassFile.JAVA_6_VERSION;

  /** The first that may have nothing but stack maps. */
  private static final int TARGET = ClassFile.JAVA_7_VERSION;

  private OldClasses() {}

  /** Copies {@code jar}; its old classes are renewed on the way, all else is as before. */
  static void copy(Path jar, Path target, ClassHierarchyResolver hierarchy) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      boolean old = false;
      for (ZipEntry entry : Collections.list(zip.entries())) {
        old |= isOld(zip, entry);
      }
      if (!old) {
        Files.copy(jar, target, StandardCopyOption.COPY_ATTRIBUTES);
        return;
      }
      try (OutputStream file = Files.newOutputStream(target);
          ZipOutputStream out = new ZipOutputStream(file)) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
          byte[] content = content(zip, entry);
          ZipEntry copy = new ZipEntry(entry.getName());
          copy.setTime(entry.getTime());
          out.putNextEntry(copy);
          out.write(isOld(zip, entry) ? renewed(content, hierarchy) : content);
          out.closeEntry();
        }
      }
    }
  }

  private static boolean isOld(ZipFile zip, ZipEntry entry) throws IOException {
    if (!entry.getName().endsWith(".class")) {
      return false;
    }
    byte[] content = content(zip, entry);
    int version = (content[6] & 0xff) << 8 | content[7] & 0xff;
    return version < FIRST_WITH_MAPS;
  }

  private static byte[] renewed(byte[] content, ClassHierarchyResolver hierarchy) {
    ClassFile classes =
        ClassFile.of(
            StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
    ClassTransform version =
        (builder, element) -> {
          if (element instanceof ClassFileVersion) {
            builder.withVersion(TARGET, 0);
          } else {
            builder.with(element);
          }
        };
    // The maps are made where a body is written anew; one that nothing transforms would be copied.
    ClassTransform bodies =
        ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
    return classes.transformClass(classes.parse(content), version.andThen(bodies));
  }

  private static byte[] content(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
