package dev.agent.mode.replay;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Sends the events of one message at their pace and plays its fault. Used once, by one thread. */
final class StreamedReply {
  /** How the sending ended. */
  enum End {
    /** All was sent; the connection can serve another request. */
    COMPLETE,
    /** The connection is to be closed in good order. */
    CLOSE,
    /** The connection is to be reset. */
    RESET
  }

  private final OutputStream out;
  private final Reply.Message message;
  private final Consumer<String> faults;
  private long sent;

  /**
   * @param faults hears the name of a fault when it is played
   */
  StreamedReply(OutputStream out, Reply.Message message, Consumer<String> faults) {
    this.out = out;
    this.message = message;
    this.faults = faults;
  }

  End send(List<SseMessage.Event> events) throws IOException, InterruptedException {
    int block = 0;
    for (int i = 0; i < events.size(); i++) {
      End end = fault(i);
      if (end != End.COMPLETE) {
        out.flush();
        return end;
      }
      SseMessage.Event event = events.get(i);
      if (event.beginsBlock()) {
        out.flush();
        pause(message.pace().blockMillis());
        message.pace().gate().await(block++);
      } else if (event.isDelta() && message.pace().deltaMillis() > 0) {
        out.flush();
        pause(message.pace().deltaMillis());
      }
      byte[] bytes = event.text().getBytes(StandardCharsets.UTF_8);
      if (message.fault() instanceof Reply.Fault.DropBytes(long after)
          && sent + bytes.length > after) {
        faults.accept("drop");
        write(bytes, (int) Math.max(0, after - sent));
        out.flush();
        return End.CLOSE;
      }
      write(bytes, bytes.length);
      if (event.endsBlock()) {
        out.flush();
      }
    }
    return End.COMPLETE;
  }

  private static void pause(long millis) throws InterruptedException {
    if (millis > 0) {
      Thread.sleep(millis);
    }
  }

  private End fault(int event) throws IOException, InterruptedException {
    switch (message.fault()) {
      case Reply.Fault.Drop(int after) when after == event -> {
        faults.accept("drop");
        return End.CLOSE;
      }
      case Reply.Fault.Reset(int after) when after == event -> {
        faults.accept("reset");
        return End.RESET;
      }
      case Reply.Fault.Stall(int after, long millis) when after == event -> {
        faults.accept("stall");
        out.flush();
        Thread.sleep(millis);
        return End.CLOSE;
      }
      case Reply.Fault.Malformed(int after) when after == event -> {
        faults.accept("malformed event");
        write("event: content_block_delta\ndata: {\"type\":\"content_block_del\n\n");
        return End.COMPLETE;
      }
      case Reply.Fault.ErrorEvent(int after, String type) when after == event -> {
        faults.accept("error event");
        write("event: error\ndata: " + Answers.error(type, "played by the script") + "\n\n");
        Wire.lastChunk(out);
        return End.CLOSE;
      }
      case Reply.Fault.None _,
          Reply.Fault.Drop _,
          Reply.Fault.DropBytes _,
          Reply.Fault.Reset _,
          Reply.Fault.Stall _,
          Reply.Fault.Malformed _,
          Reply.Fault.Duplicate _,
          Reply.Fault.ErrorEvent _ -> {
        return End.COMPLETE;
      }
    }
  }

  private void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(bytes, bytes.length);
  }

  private void write(byte[] bytes, int length) throws IOException {
    int size = message.pace().chunkBytes();
    if (size <= 0) {
      if (length > 0) {
        Wire.chunk(out, bytes, 0, length);
      }
    } else {
      for (int from = 0; from < length; from += size) {
        Wire.chunk(out, bytes, from, Math.min(size, length - from));
        out.flush();
      }
    }
    sent += length;
  }
}
