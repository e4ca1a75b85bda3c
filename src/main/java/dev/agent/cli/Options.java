package dev.agent.cli;

import dev.agent.loop.Limits;
import dev.agent.mode.Launch;
import dev.agent.runtime.UserError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * The options of a run: declared here once, read here once. Built by hand, not by annotation:
 * reflection over fifty of them would cost more than the rest of the start.
 */
final class Options {
  private static final String LIST = "1..*";

  private Options() {}

  static void addTo(CommandSpec spec) {
    flag(spec, "-p", "--print");
    flag(spec, "-c", "--continue");
    flag(spec, "--fork-session");
    flag(spec, "--no-session-persistence");
    flag(spec, "--include-partial-messages");
    flag(spec, "--include-hook-events");
    flag(spec, "--replay-user-messages");
    flag(spec, "--verbose");
    flag(spec, "--dangerously-skip-permissions");
    flag(spec, "--read-only");
    flag(spec, "--dump-system-prompt");
    spec.addOption(
        OptionSpec.builder("-r", "--resume")
            .arity("0..1")
            .type(String.class)
            .fallbackValue("")
            .build());
    flag(spec, "--plain");
    value(spec, "--tui");
    value(spec, "--session-id");
    value(spec, "--model");
    value(spec, "--fallback-model");
    value(spec, "--effort");
    value(spec, "--output-format");
    value(spec, "--input-format");
    value(spec, "--max-turns");
    value(spec, "--max-budget-usd");
    value(spec, "--system-prompt");
    value(spec, "--append-system-prompt");
    value(spec, "--permission-mode");
    value(spec, "--settings");
    value(spec, "--setting-sources");
    value(spec, "--json-schema");
    value(spec, "--record");
    value(spec, "--tools");
    list(spec, "--add-dir");
    list(spec, "--allowedTools", "--allowed-tools");
    list(spec, "--disallowedTools", "--disallowed-tools");
    spec.addOption(
        OptionSpec.builder("--debug").arity("0..1").type(String.class).fallbackValue("*").build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("PROMPT")
            .arity("0..1")
            .index("0")
            .type(String.class)
            .build());
  }

  private static void flag(CommandSpec spec, String... names) {
    spec.addOption(OptionSpec.builder(names).arity("0").type(boolean.class).build());
  }

  private static void value(CommandSpec spec, String... names) {
    spec.addOption(OptionSpec.builder(names).arity("1").type(String.class).build());
  }

  private static void list(CommandSpec spec, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .arity(LIST)
            .type(List.class)
            .auxiliaryTypes(String.class)
            .build());
  }

  static boolean has(ParseResult parsed, String name) {
    return parsed.matchedOptionValue(name, false);
  }

  static Optional<String> text(ParseResult parsed, String name) {
    return Optional.ofNullable(parsed.<String>matchedOptionValue(name, null));
  }

  private static List<String> texts(ParseResult parsed, String name) {
    List<String> values = parsed.matchedOptionValue(name, List.of());
    return values;
  }

  /**
   * What the options ask for.
   *
   * @throws UserError when a value makes no sense
   */
  static Launch launch(ParseResult parsed, Launch.World world) {
    boolean bypass = has(parsed, "--dangerously-skip-permissions");
    Optional<String> mode = text(parsed, "--permission-mode");
    return new Launch(
        world,
        has(parsed, "--print"),
        Optional.ofNullable(parsed.<String>matchedPositionalValue(0, null)),
        output(text(parsed, "--output-format").orElse("text")),
        streamInput(text(parsed, "--input-format").orElse("text")),
        has(parsed, "--include-partial-messages"),
        has(parsed, "--include-hook-events"),
        has(parsed, "--verbose"),
        parsed.hasMatchedOption("--debug"),
        text(parsed, "--model"),
        text(parsed, "--fallback-model"),
        text(parsed, "--effort").map(Options::effort),
        text(parsed, "--max-turns").map(Options::turns).orElse(Limits.DEFAULT_MAX_TURNS),
        text(parsed, "--max-budget-usd").map(Options::budget),
        text(parsed, "--system-prompt"),
        text(parsed, "--append-system-prompt"),
        texts(parsed, "--add-dir"),
        bypass ? Optional.of("bypassPermissions") : mode,
        rules(texts(parsed, "--allowedTools")),
        rules(texts(parsed, "--disallowedTools")),
        text(parsed, "--tools")
            .map(names -> names.equals("default") ? List.of("default") : rules(List.of(names))),
        text(parsed, "--settings"),
        text(parsed, "--setting-sources"),
        text(parsed, "--json-schema"),
        has(parsed, "--continue"),
        text(parsed, "--resume"),
        has(parsed, "--fork-session"),
        text(parsed, "--session-id"),
        !has(parsed, "--no-session-persistence"),
        text(parsed, "--record"),
        has(parsed, "--replay-user-messages"),
        has(parsed, "--read-only"),
        surface(parsed));
  }

  private static Optional<String> surface(ParseResult parsed) {
    Optional<String> name = text(parsed, "--tui");
    if (has(parsed, "--plain")) {
      if (name.isPresent()) {
        throw new UserError("--plain and --tui exclude each other.", "Use one of them.");
      }
      return Optional.of("plain");
    }
    return name.map(Options::surface);
  }

  private static String surface(String name) {
    if (List.of("fullscreen", "inline", "plain").contains(name)) {
      return name;
    }
    throw wrong("--tui", name, "fullscreen, inline or plain");
  }

  private static Launch.OutputFormat output(String name) {
    return switch (name) {
      case "text" -> Launch.OutputFormat.TEXT;
      case "json" -> Launch.OutputFormat.JSON;
      case "stream-json" -> Launch.OutputFormat.STREAM_JSON;
      default -> throw wrong("--output-format", name, "text, json or stream-json");
    };
  }

  private static boolean streamInput(String name) {
    return switch (name) {
      case "text" -> false;
      case "stream-json" -> true;
      default -> throw wrong("--input-format", name, "text or stream-json");
    };
  }

  static String effort(String name) {
    if (List.of("low", "medium", "high", "xhigh", "max").contains(name)) {
      return name;
    }
    throw wrong("--effort", name, "low, medium, high, xhigh or max");
  }

  private static int turns(String text) {
    try {
      int turns = Integer.parseInt(text.strip());
      if (turns > 0) {
        return turns;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("--max-turns", text, "a whole number above 0");
  }

  private static BigDecimal budget(String text) {
    try {
      BigDecimal dollars =
          new BigDecimal(text.strip().startsWith("$") ? text.strip().substring(1) : text.strip());
      if (dollars.signum() > 0) {
        return dollars;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong("--max-budget-usd", text, "a number of dollars above 0");
  }

  private static UserError wrong(String option, String value, String expected) {
    return new UserError(
        option + ": \"" + value + "\" is not valid.", "It must be " + expected + ".");
  }

  /** Rules and names, separated by commas or blanks outside of parentheses. */
  static List<String> rules(List<String> values) {
    List<String> rules = new ArrayList<>();
    for (String value : values) {
      int depth = 0;
      StringBuilder rule = new StringBuilder();
      for (char c : (value + ",").toCharArray()) {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        if (depth <= 0 && (c == ',' || c == ' ')) {
          if (!rule.isEmpty()) {
            rules.add(rule.toString());
          }
          rule.setLength(0);
        } else {
          rule.append(c);
        }
      }
      if (!rule.isEmpty()) {
        rules.add(rule.substring(0, rule.length() - 1));
      }
    }
    return rules;
  }

  /** All names, for suggestions. */
  static List<String> names(CommandSpec spec) {
    return spec.options().stream().flatMap(option -> Arrays.stream(option.names())).toList();
  }
}
