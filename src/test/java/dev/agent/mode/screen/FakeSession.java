package dev.agent.mode.screen;

import dev.agent.command.SessionControl;
import dev.agent.context.Compaction;
import dev.agent.context.Instructions.InstructionFile;
import dev.agent.context.MemoryFiles;
import dev.agent.loop.SideQuestion;
import dev.agent.message.Conversation;
import dev.agent.message.Usage;
import dev.agent.mode.AgentSession;
import dev.agent.mode.Launch;
import dev.agent.mode.SessionHooks;
import dev.agent.mode.interactive.OpenSession;
import dev.agent.mode.interactive.RewindPoint;
import dev.agent.mode.interactive.Workplace;
import dev.agent.model.Ledger;
import dev.agent.model.ModelInfo;
import dev.agent.model.Price;
import dev.agent.permission.Decision;
import dev.agent.permission.Mode;
import dev.agent.permission.ModeSwitch;
import dev.agent.permission.PermissionRequest;
import dev.agent.permission.Permissions;
import dev.agent.runtime.Cancellation;
import dev.agent.settings.Settings;
import dev.agent.settings.Source;
import dev.agent.tool.Display;
import dev.agent.tool.ToolCall;
import dev.agent.tool.ToolResult;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A session that can be looked at and in which nothing can be done. */
final class FakeSession implements OpenSession {
  static final Path CWD = Path.of("/home/me/proj");

  /** One dollar for a million tokens of input. */
  private static final ModelInfo MODEL =
      new ModelInfo(
          "model-name",
          200_000,
          64_000,
          32_000,
          Optional.of(
              new Price(
                  BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE)),
          Optional.empty(),
          ModelInfo.ThinkingStyle.NONE,
          "",
          1024,
          3.5,
          true);

  private final Ledger ledger = new Ledger();
  private final ModeSwitch mode;
  private int shells;
  private Conversation conversation = new Conversation(List.of());

  /**
   * @param start the mode that it was started in
   */
  FakeSession(Mode start) {
    this.mode = new ModeSwitch(start);
  }

  /** So much was said in it. */
  FakeSession with(Conversation said) {
    conversation = said;
    return this;
  }

  /** Something was spent, in dollars. */
  void spent(String dollars) {
    long tokens = new BigDecimal(dollars).movePointRight(6).longValueExact();
    ledger.add(MODEL, new Usage(tokens, 0, 0, 0, 0, 0, 0));
  }

  /** So many commands run beside the conversation. */
  void inBackground(int count) {
    shells = count;
  }

  @Override
  public AgentSession session() {
    return new AgentSession(
        new AgentSession.Parts(
            "id",
            MODEL,
            mode.get(),
            null,
            null,
            null,
            ledger,
            conversation,
            "",
            _ -> {},
            SessionHooks.NONE,
            Optional.empty(),
            List.of(),
            "",
            () -> {}));
  }

  @Override
  public ModeSwitch mode() {
    return mode;
  }

  @Override
  public ModelInfo model() {
    return MODEL;
  }

  @Override
  public Optional<String> effort() {
    return Optional.empty();
  }

  @Override
  public String title() {
    return "";
  }

  @Override
  public Path cwd() {
    return CWD;
  }

  @Override
  public int backgroundShells() {
    return shells;
  }

  @Override
  public Workplace workplace() {
    List<InstructionFile> files =
        List.of("AGENTS.md", "web/AGENTS.md", "CLAUDE.local.md").stream()
            .map(name -> new InstructionFile(CWD.resolve(name), ""))
            .toList();
    return new Workplace(
        null, null, null, null, null, null, Optional::empty, null, files, Optional.empty());
  }

  @Override
  public List<RewindPoint> points() {
    return List.of();
  }

  @Override
  public List<MemoryFiles.Target> memory() {
    return List.of();
  }

  @Override
  public void close() {}

  @Override
  public void close(String reason) {}

  private static UnsupportedOperationException nothing() {
    return new UnsupportedOperationException("this session is only looked at");
  }

  @Override
  public Launch launch() {
    throw nothing();
  }

  @Override
  public ModelInfo useModel(String name) {
    throw nothing();
  }

  @Override
  public void useEffort(String level) {
    throw nothing();
  }

  @Override
  public Decision decide(PermissionRequest request) {
    throw nothing();
  }

  @Override
  public List<Permissions.Opinion> trail(PermissionRequest request) {
    throw nothing();
  }

  @Override
  public void grant(List<String> offers, Path base) {
    throw nothing();
  }

  @Override
  public boolean revoke(String rule) {
    throw nothing();
  }

  @Override
  public String keep(String key, List<String> items) {
    throw nothing();
  }

  @Override
  public String drop(String key, String item, Source source) {
    throw nothing();
  }

  @Override
  public String set(String key, String value, Source target) {
    throw nothing();
  }

  @Override
  public SessionControl.Kept setHere(String key, String value) {
    throw nothing();
  }

  @Override
  public Settings settings() {
    throw nothing();
  }

  @Override
  public RewindPoint.Changes changes(RewindPoint point) {
    throw nothing();
  }

  @Override
  public Optional<String> sureFailure(ToolCall call) {
    throw nothing();
  }

  @Override
  public Optional<Display> preview(ToolCall call) {
    throw nothing();
  }

  @Override
  public ToolResult command(String command, Cancellation cancel, Consumer<String> progress) {
    throw nothing();
  }

  @Override
  public int background() {
    throw nothing();
  }

  @Override
  public void rename(String title) {
    throw nothing();
  }

  @Override
  public void remember(String note, MemoryFiles.Target target) {
    throw nothing();
  }

  @Override
  public String set(String key, String value) {
    throw nothing();
  }

  @Override
  public List<String> rewind(RewindPoint point, RewindPoint.Scope scope) {
    throw nothing();
  }

  @Override
  public SideQuestion.Answer aside(String question, Cancellation cancellation) {
    throw nothing();
  }

  @Override
  public Optional<Compaction> compact(String focus, Cancellation cancellation) {
    throw nothing();
  }
}
