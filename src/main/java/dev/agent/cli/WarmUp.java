package dev.agent.cli;

import dev.agent.json.Json;
import dev.agent.json.RecordSchema;
import dev.agent.model.Catalog;
import dev.agent.net.HttpClients;
import dev.agent.net.NetSettings;
import dev.agent.settings.SettingsSchema;
import java.util.List;
import java.util.Map;

/**
 * Brings in what every run needs on another thread, while the first one reads the arguments;
 * whoever asks for it later finds it there, or waits for the rest.
 */
final class WarmUp {
  private WarmUp() {}

  /** Returns at once. */
  static void start() {
    Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::everything);
  }

  /**
   * In the order in which it is waited for: two threads would only take turns on a core. Connects
   * to nothing.
   */
  private static void everything() {
    SettingsSchema.shipped();
    Catalog.load(Json.object());
    RecordSchema.warmUp();
    var _ = new HttpClients(NetSettings.from(Map.of(), List.of())).forScheme("http");
  }
}
