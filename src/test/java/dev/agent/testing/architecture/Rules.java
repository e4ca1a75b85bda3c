package dev.agent.testing.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The rules that the source tree keeps, each a function from classes to sentences about what breaks
 * it; no sentence means that it holds.
 *
 * <p>The root package is a parameter so that every rule can be shown to fail on a fixture.
 */
public final class Rules {
  /** Library, by package prefix → the packages that may use it (sub-packages must be named). */
  private static final Map<String, Set<String>> HOMES_OF_LIBRARIES =
      Map.of(
          "okhttp3", Set.of("net", "model.anthropic", "mcp", "hook", "tools.web"),
          "okio", Set.of("net", "model.anthropic", "mcp", "hook", "tools.web"),
          "com.googlecode.lanterna", Set.of("tui*", "mode*"),
          "org.jline", Set.of("tui*", "mode*"),
          "picocli", Set.of("cli"),
          "ch.qos.logback", Set.of("cli"));

  private static final Set<String> MAY_WRITE_FILES =
      Set.of("workspace", "session", "settings", "plugin", "sandbox");

  private static final Set<String> WRITING_METHODS_OF_FILES =
      Set.of(
          "write",
          "writeString",
          "newOutputStream",
          "newBufferedWriter",
          "createFile",
          "createDirectory",
          "createDirectories",
          "createLink",
          "createSymbolicLink",
          "createTempFile",
          "createTempDirectory",
          "delete",
          "deleteIfExists",
          "move",
          "copy",
          "setAttribute",
          "setLastModifiedTime",
          "setOwner",
          "setPosixFilePermissions");

  private static final Set<String> BAD_NAME_ENDINGS =
      Set.of("Util", "Utils", "Helper", "Helpers", "Manager", "Impl");

  private static final Set<String> MUTABLE_HOLDERS =
      Set.of(
          "java.lang.ThreadLocal",
          "java.lang.StringBuilder",
          "java.util.concurrent.atomic.AtomicBoolean",
          "java.util.concurrent.atomic.AtomicInteger",
          "java.util.concurrent.atomic.AtomicLong",
          "java.util.concurrent.atomic.AtomicReference",
          "java.util.concurrent.atomic.LongAdder");

  private final String root;
  private final PackageTable table;

  /** Rules for the classes under the package {@code root}. */
  public Rules(String root, PackageTable table) {
    this.root = root;
    this.table = table;
  }

  /** Every package is in the table. */
  public List<String> everyPackageIsInTheTable(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      String name = packageOf(type);
      if (!table.knows(name)) {
        found.add(
            "package \""
                + (name.isEmpty() ? root : root + "." + name)
                + "\" has no row in the table");
      }
    }
    return List.copyOf(found);
  }

  /** A package uses only packages on lower rows, and inside a family only lower steps. */
  public List<String> packagesUseOnlyLowerRows(JavaClasses classes) {
    Map<String, String> found = new TreeMap<>();
    for (JavaClass type : classes) {
      String from = packageOf(type);
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (!isOurs(target)) {
          continue;
        }
        String to = packageOf(target);
        if (table.knows(from) && table.knows(to) && !table.allows(from, to)) {
          found.putIfAbsent(
              from + " → " + to, from + " uses " + to + ": " + dependency.getDescription());
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** No cycles between packages, whatever the table says. */
  public List<String> packagesHaveNoCycles(JavaClasses classes) {
    return SlicesRuleDefinition.slices()
        .matching(root + ".(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .evaluate(classes)
        .getFailureReport()
        .getDetails();
  }

  /** Libraries stay in the packages that wrap them. */
  public List<String> librariesStayAtHome(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getPackageName();
        for (Map.Entry<String, Set<String>> home : HOMES_OF_LIBRARIES.entrySet()) {
          String library = home.getKey();
          if ((target.equals(library) || target.startsWith(library + "."))
              && !isOneOf(home.getValue(), packageOf(type))) {
            found.add(type.getName() + " uses " + library);
          }
        }
      }
    }
    return List.copyOf(found);
  }

  /** Files are written only where writing is made safe. */
  public List<String> filesAreWrittenOnlyAtHome(JavaClasses classes) {
    return forbiddenAccesses(
        classes,
        MAY_WRITE_FILES,
        access -> {
          String owner = access.getTargetOwner().getName();
          return (owner.equals("java.nio.file.Files")
                  && WRITING_METHODS_OF_FILES.contains(access.getTarget().getName()))
              || owner.equals("java.io.FileWriter")
              || owner.equals("java.io.RandomAccessFile")
              || (owner.equals("java.io.FileOutputStream") && opensByName(access));
        });
  }

  /** Child processes are started only by the package that also ends them. */
  public List<String> processesAreStartedOnlyAtHome(JavaClasses classes) {
    return forbiddenAccesses(
        classes,
        Set.of("process"),
        access ->
            access.getTargetOwner().getName().equals("java.lang.ProcessBuilder")
                || (access.getTargetOwner().getName().equals("java.lang.Runtime")
                    && access.getTarget().getName().equals("exec")));
  }

  /** Time, chance, environment and standard streams come in through constructors. */
  public List<String> theWorldIsPassedIn(JavaClasses classes) {
    return forbiddenAccesses(
        classes,
        Set.of("cli"),
        access -> {
          String owner = access.getTargetOwner().getName();
          String name = access.getTarget().getName();
          return switch (owner) {
            case "java.lang.System" ->
                Set.of("currentTimeMillis", "getenv", "exit", "out", "err", "in").contains(name);
            case "java.lang.Runtime" -> Set.of("exit", "halt").contains(name);
            case "java.util.UUID" -> name.equals("randomUUID");
            case "java.time.Clock", "java.time.InstantSource" -> name.startsWith("system");
            default -> owner.startsWith("java.time.") && name.equals("now") && !takesClock(access);
          };
        });
  }

  /** No static state: fields are final, collections immutable, no holders of changing values. */
  public List<String> staticFieldsNeverChange(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      for (JavaField field : type.getFields()) {
        if (!field.getModifiers().contains(JavaModifier.STATIC)
            || field.getModifiers().contains(JavaModifier.SYNTHETIC)) {
          continue;
        }
        if (!field.getModifiers().contains(JavaModifier.FINAL)) {
          found.add(field.getFullName() + " is static and not final");
        } else if (MUTABLE_HOLDERS.contains(field.getRawType().getName())) {
          found.add(field.getFullName() + " is static and holds a value that changes");
        } else if (isMutableCollection(field)) {
          found.add(field.getFullName() + " is a static collection that is not immutable");
        }
      }
    }
    return List.copyOf(found);
  }

  /** Names say what a thing is. */
  public List<String> namesSayWhatAThingIs(JavaClasses classes) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      for (String ending : BAD_NAME_ENDINGS) {
        if (type.getSimpleName().endsWith(ending)) {
          found.add(type.getName() + " ends with \"" + ending + "\"");
        }
      }
    }
    return List.copyOf(found);
  }

  /** {@code cli.Main} and what it loads for its fast answers use the JDK alone. */
  public List<String> mainUsesOnlyTheJdk(JavaClasses classes) {
    String cli = root + ".cli.";
    Map<String, Set<String>> allowed =
        Map.of(
            cli + "Main", Set.of(cli + "Main", cli + "Version", cli + "AgentCommand"),
            cli + "Version", Set.of(cli + "Version"));
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      Set<String> own = allowed.get(type.getName());
      if (own == null) {
        continue;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String target = dependency.getTargetClass().getBaseComponentType().getName();
        // Nullness annotations are not loaded at run time.
        boolean isFree =
            target.startsWith("java.")
                || target.startsWith("org.jspecify.")
                || dependency.getTargetClass().getBaseComponentType().isPrimitive();
        if (!isFree && !own.contains(target)) {
          found.add(type.getName() + " uses " + target);
        }
      }
    }
    return List.copyOf(found);
  }

  private List<String> forbiddenAccesses(
      JavaClasses classes, Set<String> homes, Predicate<JavaAccess<?>> forbidden) {
    Set<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      if (isOneOf(homes, packageOf(type))) {
        continue;
      }
      List<JavaAccess<?>> accesses = new ArrayList<>(type.getAccessesFromSelf());
      accesses.addAll(type.getMethodReferencesFromSelf());
      accesses.addAll(type.getConstructorReferencesFromSelf());
      for (JavaAccess<?> access : accesses) {
        if (forbidden.test(access)) {
          JavaCodeUnit origin = access.getOrigin();
          found.add(
              origin.getFullName()
                  + " uses "
                  + access.getTargetOwner().getSimpleName()
                  + "."
                  + access.getTarget().getName());
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean opensByName(JavaAccess<?> access) {
    return !access.getTarget().getFullName().contains("java.io.FileDescriptor");
  }

  private static boolean takesClock(JavaAccess<?> access) {
    return access.getTarget().getFullName().contains("java.time.Clock");
  }

  private static boolean isMutableCollection(JavaField field) {
    JavaClass type = field.getRawType();
    if (!type.isAssignableTo(Collection.class) && !type.isAssignableTo(Map.class)) {
      return false;
    }
    Object value = valueOf(field);
    String name = value == null ? "" : value.getClass().getName();
    return !(name.startsWith("java.util.ImmutableCollections")
        || name.startsWith("java.util.Collections$Unmodifiable")
        || name.startsWith("java.util.Collections$Empty")
        || name.startsWith("java.util.Collections$Singleton"));
  }

  private static Object valueOf(JavaField field) {
    try {
      Field reflected = field.reflect();
      reflected.setAccessible(true);
      return reflected.get(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + field.getFullName(), e);
    }
  }

  private boolean isOurs(JavaClass type) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  private String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(root) ? "" : name.substring(root.length() + 1);
  }

  /** A home that ends with {@code *} stands for a whole family. */
  private static boolean isOneOf(Set<String> homes, String name) {
    for (String home : homes) {
      boolean family = home.endsWith("*");
      String base = family ? home.substring(0, home.length() - 1) : home;
      if (name.equals(base) || (family && name.startsWith(base + "."))) {
        return true;
      }
    }
    return false;
  }
}
