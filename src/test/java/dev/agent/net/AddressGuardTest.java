package dev.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Random;
import okhttp3.HttpUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private final AddressGuard guard = new AddressGuard(_ -> false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.255.255.255",
        "0.0.0.0",
        "0.1.2.3",
        "10.0.0.1",
        "10.255.255.255",
        "100.64.0.1",
        "100.100.100.200",
        "100.127.255.255",
        "169.254.169.254",
        "169.254.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.0.192",
        "192.0.2.1",
        "192.88.99.1",
        "192.168.0.1",
        "192.168.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "168.63.129.16",
        "[::]",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:10.0.0.1]",
        "[::127.0.0.1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b::8.8.8.8]",
        "[64:ff9b:1::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[febf::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[2001:db8::1]",
        "[2001::1]",
        "[2001:2::1]",
        "[2001:10::1]",
        "[2001:1ff::1]",
        "[2002:7f00:1::]",
        "[3fff::1]",
        "[3fff:fff::1]",
        "[100::1]",
        "[5f00::1]",
        "[4000::1]"
      })
  void addresses_that_are_not_public_are_refused(String host) {
    HttpUrl url = HttpUrl.get("http://" + host + "/");
    assertThat(guard.objection(url.host())).isPresent();
    assertThat(guard.objection(host)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "168.63.129.17",
        "[2606:4700::1111]",
        "[2001:200::1]",
        "[2001:4860:4860::8888]",
        "[2a00:1450::1]",
        "[3fff:1000::1]",
        "example.org",
        "example.org.",
        "xn--bcher-kva.example",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "10.example.org",
        "internal.example.org"
      })
  void public_addresses_and_names_may_be_asked(String host) {
    assertThat(guard.objection(HttpUrl.get("https://" + host + "/").host())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "017700000001",
        "127.0.0.01",
        "0x7f.0x0.0x0.0x1",
        "127.0.0.0x1",
        "1.1",
        "256.256.256.256",
        "1.2.3.4.5",
        "127.0.0.1.",
        "①②⑦.⓪.⓪.①",
        "１２７.0.0.1",
        "127。0。0。1",
        "127．0．0．1"
      })
  void unusual_ways_to_write_an_address_are_refused(String host) {
    HttpUrl url = HttpUrl.parse("http://" + host + "/");
    if (url != null) {
      assertThat(guard.objection(url.host())).as(url.host()).isPresent();
    }
    if (host.chars().allMatch(c -> c < 128)) {
      assertThat(guard.objection(host)).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "printer.local",
        "metadata",
        "metadata.google.internal",
        "metadata.google.internal.",
        "intranet",
        "wiki.intranet",
        "router.lan",
        "nas.home.arpa",
        "box.localdomain",
        "instance-data",
        "kubernetes"
      })
  void names_of_this_machine_or_network_are_refused(String host) {
    assertThat(guard.objection(host)).isPresent();
    assertThat(new AddressGuard(host::equals).objection(host)).isEmpty();
  }

  @Test
  void only_the_public_answers_of_a_name_are_kept() throws Exception {
    InetAddress open = InetAddress.getByName("93.184.216.34");
    InetAddress inside = InetAddress.getByName("10.0.0.1");
    InetAddress unique = InetAddress.getByName("fd00::1");
    assertThat(guard.filter("a.example", List.of(inside, open, unique))).containsExactly(open);
    assertThatThrownBy(() -> guard.filter("a.example", List.of(inside, unique)))
        .isInstanceOf(UnknownHostException.class)
        .hasMessageContaining("not public");
    assertThatThrownBy(() -> guard.filter("a.example", List.of()))
        .isInstanceOf(UnknownHostException.class);
    assertThat(new AddressGuard("a.example"::equals).filter("a.example", List.of(inside)))
        .containsExactly(inside);
    assertThat(guard.mayReach("a.example", inside)).isFalse();
    assertThat(guard.mayReach("a.example", open)).isTrue();
  }

  @Test
  void nothing_that_java_itself_calls_special_is_public() throws Exception {
    Random random = new Random(5);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(bytes);
      InetAddress address = InetAddress.getByAddress(bytes);
      boolean special =
          address.isAnyLocalAddress()
              || address.isLoopbackAddress()
              || address.isLinkLocalAddress()
              || address.isSiteLocalAddress()
              || address.isMulticastAddress();
      if (special) {
        assertThat(AddressGuard.isPublic(address)).as(address.toString()).isFalse();
      }
    }
  }

  @Test
  void no_text_makes_it_fail() {
    Random random = new Random(6);
    String alphabet = "0123456789abcdefxX.:[]%-g ";
    for (int i = 0; i < 20_000; i++) {
      StringBuilder host = new StringBuilder();
      for (int n = random.nextInt(14); n >= 0; n--) {
        host.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      if (host.indexOf(":") < 0) { // a colon never starts a lookup of a name
        assertThat(guard.objection(host.toString())).isNotNull();
      }
    }
  }
}
