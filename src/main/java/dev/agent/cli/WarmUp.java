package dev.agent.cli;

import dev.agent.json.Json;
import dev.agent.json.RecordSchema;
import dev.agent.model.Catalog;
import dev.agent.settings.SettingsSchema;

/**
 * Brings in what every run needs on other threads, while the first one reads the arguments; whoever
 * asks for it later finds it there, or waits for the rest.
 */
final class WarmUp {
  private WarmUp() {}

  /** Returns at once. */
  static void start() {
    Thread.ofPlatform().daemon().name("warm-up data").start(WarmUp::data);
    Thread.ofPlatform().daemon().name("warm-up network").start(WarmUp::network);
  }

  private static void data() {
    SettingsSchema.shipped();
    Catalog.load(Json.object());
  }

  private static void network() {
    RecordSchema.warmUp();
    Wiring.warmUp();
  }
}
