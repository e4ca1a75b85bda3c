package dev.agent.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agent.json.Json;
import dev.agent.mode.Launch;
import dev.agent.permission.CaseCheck;
import dev.agent.permission.CommandReport;
import dev.agent.permission.Mode;
import dev.agent.permission.Policy;
import dev.agent.permission.Rule;
import dev.agent.runtime.Cancellation;
import dev.agent.runtime.ExitCode;
import dev.agent.runtime.UserError;
import dev.agent.text.Visible;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine;

/**
 * {@code agent permissions}: judges calls by the layers, without running any. {@code check} takes
 * cases with rules of their own; {@code explain}, {@code simulate} and {@code diff} judge by the
 * rules that count here; {@code log} shows what was decided in a session.
 */
final class PermissionsCommand {
  private final Launch.World world;
  private final Arguments given;
  private final StringBuilder out = new StringBuilder();

  private PermissionsCommand(Launch.World world, Arguments given) {
    this.world = world;
    this.given = given;
  }

  /** What stands behind the name of the command. */
  private record Arguments(
      List<String> words, Optional<String> cases, Optional<String> mode, boolean json) {
    static Arguments of(List<String> arguments) {
      List<String> words = new ArrayList<>();
      Optional<String> cases = Optional.empty();
      Optional<String> mode = Optional.empty();
      boolean json = false;
      for (int i = 0; i < arguments.size(); i++) {
        String argument = arguments.get(i);
        boolean more = i + 1 < arguments.size();
        if (argument.equals("--cases") && more) {
          cases = Optional.of(arguments.get(++i));
        } else if (argument.startsWith("--cases=")) {
          cases = Optional.of(argument.substring("--cases=".length()));
        } else if (argument.equals("--mode") && more) {
          mode = Optional.of(arguments.get(++i));
        } else if (argument.equals("--json")) {
          json = true;
        } else if (argument.equals("--")) {
          words.addAll(arguments.subList(i + 1, arguments.size()));
          break;
        } else if (argument.startsWith("-") && words.isEmpty()) {
          throw new UserError(
              "agent permissions: \"" + argument + "\" is not understood.",
              CommandPage.usage("permissions"));
        } else {
          words.add(argument);
        }
      }
      return new Arguments(words, cases, mode, json);
    }
  }

  static int run(List<String> arguments, Launch.World world, Cancellation cancellation) {
    String what = arguments.isEmpty() ? "" : arguments.getFirst();
    Arguments given =
        Arguments.of(arguments.isEmpty() ? List.of() : arguments.subList(1, arguments.size()));
    PermissionsCommand command = new PermissionsCommand(world, given);
    int code =
        switch (what) {
          case "check" -> command.check();
          case "explain" -> command.explain();
          case "log" -> command.log();
          case "simulate" -> command.simulate();
          case "diff" -> command.diff();
          case "test" -> command.test();
          default ->
              throw new UserError(
                  "agent permissions: say what to do.", CommandPage.usage("permissions"));
        };
    AgentCommand.write(world.out(), command.out.toString());
    return code;
  }

  private CaseCheck judge() {
    return new CaseCheck(world.cwd(), world.places().home(), new CaseEffects(world));
  }

  private int check() {
    Path file =
        given
            .cases()
            .map(world.cwd()::resolve)
            .orElseThrow(
                () ->
                    new UserError(
                        "agent permissions check: no file of cases is named.",
                        CommandPage.usage("permissions")));
    judge().check(lines(file), line -> out.append(line).append('\n'));
    return ExitCode.OK;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UserError(
          "agent permissions: " + file + " can't be read (" + e.getMessage() + ").",
          CommandPage.usage("permissions"));
    }
  }

  /** The rules and places that count here. */
  private PolicyView view() {
    CommandLine.ParseResult nothing = new CommandLine(AgentCommand.spec()).parseArgs();
    PolicyView view = PolicyView.of(RunBasis.of(Options.launch(nothing, world)));
    view.notices().forEach(notice -> AgentCommand.write(world.err(), notice + "\n"));
    return view;
  }

  private Mode mode(PolicyView view) {
    return given
        .mode()
        .map(
            name ->
                Mode.of(name)
                    .orElseThrow(
                        () ->
                            new UserError(
                                "agent permissions: \"" + name + "\" is no mode.",
                                CommandPage.usage("permissions"))))
        .orElse(view.mode());
  }

  private int explain() {
    if (given.words().isEmpty()) {
      throw new UserError(
          "agent permissions explain: no command is given.", CommandPage.usage("permissions"));
    }
    String command = String.join(" ", given.words());
    PolicyView view = view();
    ObjectNode found = Json.object().put("id", "1").put("tool", "Bash");
    found.put("mode", mode(view).wire()).putObject("input").put("command", command);
    ObjectNode result = judge().judge(found, view.policy(), view.workspace());
    List<String> lines = CommandReport.lines(command, view.workspace());
    if (given.json()) {
      lines.forEach(result.putArray("parts")::add);
      out.append(Json.write(result)).append('\n');
      return ExitCode.OK;
    }
    out.append(result.path("decision").asText())
        .append(" in ")
        .append(mode(view).wire())
        .append(" mode, by ")
        .append(result.path("layer").asText())
        .append(": ")
        .append(Visible.of(result.path("reason").asText()))
        .append('\n');
    lines.forEach(line -> out.append("  ").append(Visible.of(line)).append('\n'));
    return ExitCode.OK;
  }

  private int log() {
    List<PastCalls.Decided> decided =
        new PastCalls(world).decided(given.words().stream().findFirst());
    for (PastCalls.Decided one : decided) {
      if (given.json()) {
        out.append(Json.write(one.json())).append('\n');
      } else {
        out.append(Visible.of(one.line())).append('\n');
      }
    }
    if (decided.isEmpty() && !given.json()) {
      out.append("Nothing was decided in this session.\n");
    }
    return ExitCode.OK;
  }

  /** The calls of a list, or of the past sessions of this directory. */
  private List<ObjectNode> calls() {
    if (given.cases().isEmpty()) {
      return new PastCalls(world).calls();
    }
    List<ObjectNode> calls = new ArrayList<>();
    for (String line : lines(world.cwd().resolve(given.cases().get()))) {
      if (!line.isBlank()) {
        calls.add(object(line));
      }
    }
    return calls;
  }

  private static ObjectNode object(String line) {
    try {
      if (Json.STRICT.readTree(line) instanceof ObjectNode found) {
        return found;
      }
    } catch (IOException e) {
      throw new UserError(
          "agent permissions: a case is no JSON: " + e.getMessage() + ".",
          CommandPage.usage("permissions"));
    }
    throw new UserError(
        "agent permissions: a case is no JSON object: " + line + ".",
        CommandPage.usage("permissions"));
  }

  private int simulate() {
    PolicyView view = view();
    CaseCheck judge = judge();
    TreeMap<String, Integer> counts = new TreeMap<>();
    for (ObjectNode call : calls()) {
      call.put("mode", mode(view).wire());
      ObjectNode result = judge.judge(call, view.policy(), view.workspace());
      counts.merge(result.path("decision").asText(), 1, Integer::sum);
      if (given.json()) {
        out.append(Json.write(result)).append('\n');
      } else if (!result.path("decision").asText().equals("allow")) {
        out.append(result.path("decision").asText())
            .append("  ")
            .append(shown(call))
            .append("\n       ")
            .append(
                Visible.of(result.path("layer").asText() + ": " + result.path("reason").asText()))
            .append('\n');
      }
    }
    if (!given.json()) {
      out.append(counts.isEmpty() ? "No calls." : counts.toString()).append('\n');
    }
    return ExitCode.OK;
  }

  private static String shown(ObjectNode call) {
    JsonNode input = call.path("input");
    String text = input.has("command") ? input.path("command").asText() : Json.write(input);
    String line = Visible.of(call.path("tool").asText() + " " + text);
    return line.length() > 160 ? line.substring(0, 157) + "…" : line;
  }

  private int diff() {
    if (given.words().size() != 2) {
      throw new UserError(
          "agent permissions diff: name two files of settings.", CommandPage.usage("permissions"));
    }
    PolicyView view = view();
    Policy old = policy(world.cwd().resolve(given.words().get(0)));
    Policy fresh = policy(world.cwd().resolve(given.words().get(1)));
    CaseCheck judge = judge();
    int changed = 0;
    for (ObjectNode call : calls()) {
      call.put("mode", mode(view).wire());
      String before = judge.judge(call, old, view.workspace()).path("decision").asText();
      ObjectNode after = judge.judge(call, fresh, view.workspace());
      if (!before.equals(after.path("decision").asText())) {
        changed++;
        out.append(before)
            .append(" -> ")
            .append(after.path("decision").asText())
            .append("  ")
            .append(shown(call))
            .append("\n       ")
            .append(Visible.of(after.path("layer").asText() + ": " + after.path("reason").asText()))
            .append('\n');
      }
    }
    out.append(changed).append(changed == 1 ? " call" : " calls").append(" decided otherwise.\n");
    return ExitCode.OK;
  }

  private Policy policy(Path file) {
    ObjectNode settings = object(String.join("\n", lines(file)));
    JsonNode lists = settings.has("permissions") ? settings.path("permissions") : settings;
    return new Policy(
        rules(lists.path("allow"), file),
        rules(lists.path("ask"), file),
        rules(lists.path("deny"), file),
        world.places().home());
  }

  private List<Rule> rules(JsonNode texts, Path file) {
    List<Rule> rules = new ArrayList<>();
    for (JsonNode text : texts) {
      try {
        rules.add(Rule.parse(text.asText(), file.toString(), world.cwd()));
      } catch (Rule.InvalidRuleException e) {
        throw new UserError(
            file + ": \"" + text.asText() + "\" is not a rule: " + e.getMessage() + ".",
            "Correct the file.");
      }
    }
    return rules;
  }

  private int test() {
    if (given.words().size() != 1) {
      throw new UserError(
          "agent permissions test: name a file of tests.", CommandPage.usage("permissions"));
    }
    PolicyView view = view();
    PolicyTests.Report report =
        PolicyTests.read(world.cwd().resolve(given.words().getFirst()))
            .run(judge(), view.policy(), view.workspace(), mode(view));
    report.lines().forEach(line -> out.append(Visible.of(line)).append('\n'));
    return report.failed() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }
}
