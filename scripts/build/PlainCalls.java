import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

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
 * Writes out what the compiler leaves for the JVM to make up at the first run: the choice of a case
 * in a {@code switch} over types, and {@code equals} and {@code hashCode} of records. A start-up
 * cache holds no such methods, so each costs a millisecond or more at every start. Here they become
 * ordinary methods of the class that do what {@link java.lang.runtime.SwitchBootstraps#typeSwitch}
 * and {@link java.lang.runtime.ObjectMethods} are specified to do.
 */
final class PlainCalls {
  private static final String SWITCHES = "Ljava/lang/runtime/SwitchBootstraps;";
  private static final String RECORDS = "Ljava/lang/runtime/ObjectMethods;";
  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

  private PlainCalls() {}

  /** Copies {@code jar} with all of these written out. */
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
              if (element instanceof InvokeDynamicInstruction call
                  && (isOverTypes(call) || isOfRecord(call))) {
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
                    code -> body(code, call));
              }
            });
    byte[] result = classes.transformClass(model, calls.andThen(choices));
    return found.isEmpty() ? content : result;
  }

  private static String name(int number) {
    return "writtenOut$" + number;
  }

  private static boolean isOverTypes(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    MethodTypeDesc type = call.typeSymbol();
    return bootstrap.owner().descriptorString().equals(SWITCHES)
        && bootstrap.methodName().equals("typeSwitch")
        && type.parameterCount() == 2
        && !type.parameterType(0).isPrimitive()
        && call.bootstrapArgs().stream().allMatch(label -> label instanceof ClassDesc);
  }

  private static boolean isOfRecord(InvokeDynamicInstruction call) {
    String name = call.name().stringValue();
    return call.bootstrapMethod().owner().descriptorString().equals(RECORDS)
        && (name.equals("equals") || name.equals("hashCode"));
  }

  private static void body(CodeBuilder code, InvokeDynamicInstruction call) {
    switch (call.name().stringValue()) {
      case "equals" -> equality(code, call);
      case "hashCode" -> hash(code, call);
      default -> choice(code, call);
    }
  }

  /** The fields of the record whose method it is: after its class and its components' names. */
  private static List<DirectMethodHandleDesc> fields(InvokeDynamicInstruction call) {
    return call.bootstrapArgs().stream()
        .skip(2)
        .map(field -> (DirectMethodHandleDesc) field)
        .toList();
  }

  private static void load(CodeBuilder code, int record, DirectMethodHandleDesc field) {
    code.aload(record)
        .getfield(field.owner(), field.methodName(), field.invocationType().returnType());
  }

  /** {@code static boolean equality(Record one, Object other)}. */
  private static void equality(CodeBuilder code, InvokeDynamicInstruction call) {
    ClassDesc record = call.typeSymbol().parameterType(0);
    Label different = code.newLabel();
    code.aload(1).instanceOf(record).ifeq(different);
    code.aload(1).checkcast(record).astore(2);
    for (DirectMethodHandleDesc field : fields(call)) {
      load(code, 0, field);
      load(code, 2, field);
      ClassDesc type = field.invocationType().returnType();
      switch (type.descriptorString()) {
        case "Z", "B", "S", "C", "I" -> code.if_icmpne(different);
        case "J" -> code.lcmp().ifne(different);
        // Not the comparison of numbers: NaN is itself, and the two zeros differ.
        case "F", "D" ->
            code.invokestatic(boxOf(type), "compare", MethodTypeDesc.of(CD_int, type, type))
                .ifne(different);
        default ->
            code.invokestatic(
                    OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object))
                .ifeq(different);
      }
    }
    code.iconst_1().ireturn().labelBinding(different).iconst_0().ireturn();
  }

  /** {@code static int hash(Record one)}. */
  private static void hash(CodeBuilder code, InvokeDynamicInstruction call) {
    code.iconst_0();
    for (DirectMethodHandleDesc field : fields(call)) {
      code.bipush(31).imul();
      load(code, 0, field);
      ClassDesc type = field.invocationType().returnType();
      if (type.isPrimitive()) {
        code.invokestatic(boxOf(type), "hashCode", MethodTypeDesc.of(CD_int, type));
      } else {
        code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
      }
      code.iadd();
    }
    code.ireturn();
  }

  private static ClassDesc boxOf(ClassDesc primitive) {
    return ClassDesc.of(
        switch (primitive.descriptorString()) {
          case "Z" -> "java.lang.Boolean";
          case "B" -> "java.lang.Byte";
          case "S" -> "java.lang.Short";
          case "C" -> "java.lang.Character";
          case "I" -> "java.lang.Integer";
          case "J" -> "java.lang.Long";
          case "F" -> "java.lang.Float";
          default -> "java.lang.Double";
        });
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
