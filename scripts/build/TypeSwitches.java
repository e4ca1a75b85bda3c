import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Writes out what a {@code switch} over types compiles to. The compiler leaves the choice of the
 * case to a method that the JVM makes up at the first run of each switch; a start-up cache holds no
 * such method, so each costs a millisecond or more at each start. Here the choice becomes an
 * ordinary method of the class: a row of {@code instanceof}, as the specification of {@link
 * java.lang.runtime.SwitchBootstraps#typeSwitch} words it.
 */
final class TypeSwitches {
  private static final String BOOTSTRAPS = "Ljava/lang/runtime/SwitchBootstraps;";

  private TypeSwitches() {}

  /** Copies {@code jar} with all its switches over types written out. */
  static void copy(Path jar, Path target, ClassHierarchyResolver hierarchy) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile());
        OutputStream file = Files.newOutputStream(target);
        ZipOutputStream out = new ZipOutputStream(file)) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        byte[] content = zip.getInputStream(entry).readAllBytes();
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(entry.getName().endsWith(".class") ? writtenOut(content, hierarchy) : content);
        out.closeEntry();
      }
    }
  }

  private static byte[] writtenOut(byte[] content, ClassHierarchyResolver hierarchy) {
    ClassFile classes = ClassFile.of(ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = classes.parse(content);
    List<InvokeDynamicInstruction> found = new ArrayList<>();
    ClassTransform calls =
        ClassTransform.transformingMethodBodies(
            (code, element) -> {
              if (element instanceof InvokeDynamicInstruction call && isOverTypes(call)) {
                code.invokestatic(
                    model.thisClass().asSymbol(),
                    name(found.size()),
                    call.typeSymbol(),
                    model.flags().has(java.lang.reflect.AccessFlag.INTERFACE));
                found.add(call);
              } else {
                code.with(element);
              }
            });
    ClassTransform choices =
        ClassTransform.endHandler(
            builder -> {
              for (int i = 0; i < found.size(); i++) {
                InvokeDynamicInstruction call = found.get(i);
                builder.withMethodBody(
                    name(i),
                    call.typeSymbol(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> choice(code, call));
              }
            });
    byte[] result = classes.transformClass(model, calls.andThen(choices));
    return found.isEmpty() ? content : result;
  }

  private static String name(int number) {
    return "typeSwitch$" + number;
  }

  private static boolean isOverTypes(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    MethodTypeDesc type = call.typeSymbol();
    return bootstrap.owner().descriptorString().equals(BOOTSTRAPS)
        && bootstrap.methodName().equals("typeSwitch")
        && type.parameterCount() == 2
        && !type.parameterType(0).isPrimitive()
        && call.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc);
  }

  /**
   * {@code static int choice(T value, int restart)}: -1 for null, else the first case that fits.
   */
  private static void choice(CodeBuilder code, InvokeDynamicInstruction call) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).iconst_m1().ireturn().labelBinding(present);
    List<ConstantDesc> labels = call.bootstrapArgs();
    for (int i = 0; i < labels.size(); i++) {
      Label next = code.newLabel();
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf((ClassDesc) labels.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(labels.size()).ireturn();
  }
}
