package dev.agent.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agent.runtime.UserError;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests go through a proxy. */
final class ProxyRulesTest {
  private static boolean isProxied(String noProxy, String host, int port) {
    return ProxyRules.from(Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", noProxy))
        .proxyFor("https", host, port)
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|api.example.com|443|true",
        "example.com|api.example.com|443|false",
        "example.com|example.com|443|false",
        "example.com|EXAMPLE.com.|443|false",
        "Example.COM|api.example.com|443|false",
        "example.com|badexample.com|443|true",
        ".example.com|api.example.com|443|false",
        ".example.com|example.com|443|false",
        "*.example.com|api.example.com|443|false",
        "api.example.com|example.com|443|true",
        "*|api.example.com|443|false",
        "other.com, example.com|api.example.com|443|false",
        "other.com example.com|api.example.com|443|false",
        ",,|api.example.com|443|true",
        "example.com:443|api.example.com|443|false",
        "example.com:8443|api.example.com|443|true",
        "example.com:rubbish|api.example.com|443|true",
        "10.0.0.0/8|10.1.2.3|443|false",
        "10.0.0.0/8|11.1.2.3|443|true",
        "10.0.0.0/8|ten.example.com|443|true",
        "192.168.4.0/23|192.168.5.9|443|false",
        "192.168.4.0/23|192.168.6.9|443|true",
        "0.0.0.0/0|8.8.8.8|443|false",
        "10.0.0.0/33|10.1.2.3|443|true",
        "10.0.0.0/x|10.1.2.3|443|true",
        "10.0.0.7|10.0.0.7|443|false",
        "10.0.0.7:443|10.0.0.7|443|false",
        "10.0.0.7|10.0.0.8|443|true",
        "10.0.0.7|1.10.0.0.7|443|true",
        "fd00::/8|[fd12:3456::1]|443|false",
        "fd00::/8|[2001:db8::1]|443|true",
        "2001:db8::1|[2001:DB8:0::1]|443|false",
        "[2001:db8::1]:443|[2001:db8::1]|443|false",
        "[2001:db8::1]:80|[2001:db8::1]|443|true",
        "''|localhost|443|false",
        "''|x.localhost|443|false",
        "''|127.0.0.1|443|false",
        "''|127.9.9.9|443|false",
        "''|[::1]|443|false",
        "''|128.0.0.1|443|true"
      })
  void exceptionsAreReadAsUsual(String noProxy, String host, int port, boolean proxied) {
    assertThat(isProxied(noProxy, host, port)).isEqualTo(proxied);
  }

  @Test
  void theSchemeChoosesTheVariableAndLowerCaseWins() {
    ProxyRules rules =
        ProxyRules.from(
            Map.of(
                "HTTPS_PROXY",
                "http://upper:1",
                "https_proxy",
                "http://lower:2",
                "http_proxy",
                "plain:3"));

    assertThat(rules.proxyFor("https", "x.com", 443))
        .contains(new ProxyRules.Server("lower", 2, false, Optional.empty()));
    assertThat(rules.proxyFor("http", "x.com", 80))
        .contains(new ProxyRules.Server("plain", 3, false, Optional.empty()));
  }

  @Test
  void oneVariableServesAllSchemesWithoutAnother() {
    ProxyRules rules = ProxyRules.from(Map.of("ALL_PROXY", "socks5://s", "HTTP_PROXY", "http://h"));

    assertThat(rules.proxyFor("https", "x.com", 443))
        .contains(new ProxyRules.Server("s", 1080, true, Optional.empty()));
    assertThat(rules.proxyFor("http", "x.com", 80))
        .contains(new ProxyRules.Server("h", 80, false, Optional.empty()));
  }

  @Test
  void onlyTheSchemeWithAProxyIsProxied() {
    ProxyRules rules = ProxyRules.from(Map.of("HTTPS_PROXY", "http://p:1", "HTTP_PROXY", " "));

    assertThat(rules.proxyFor("http", "x.com", 80)).isEmpty();
    assertThat(ProxyRules.from(Map.of("NO_PROXY", "*"))).isSameAs(ProxyRules.NONE);
    assertThat(ProxyRules.NONE.isEmpty()).isTrue();
  }

  @Test
  void userAndPasswordAreDecodedAndHidden() {
    ProxyRules rules = ProxyRules.from(Map.of("HTTPS_PROXY", "http://us%40er:p%3Aa+ss@p:1"));
    ProxyRules.Server server = rules.proxyFor("https", "x.com", 443).orElseThrow();

    assertThat(server.credentials()).contains("us@er:p:a+ss");
    assertThat(server.authorization()).contains("Basic dXNAZXI6cDphK3Nz");
    assertThat(server.toString()).isEqualTo("http://***@p:1");
    assertThat(rules.needCredentials()).isTrue();
    assertThat(
            ProxyRules.from(Map.of("HTTPS_PROXY", "http://user@p:1"))
                .proxyFor("https", "x.com", 443)
                .orElseThrow()
                .credentials())
        .contains("user:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://p:1",
        "ftp://p",
        "http://",
        "http://hunter2:x y@p",
        "http://a:hunter2@",
        "http://a:hunter2%zz@p:1",
        "http://a:hunter2@p:99999",
        "::"
      })
  void anAddressThatIsNoneIsRefusedWithoutThePassword(String value) {
    assertThatThrownBy(() -> ProxyRules.from(Map.of("HTTPS_PROXY", value)))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("HTTPS_PROXY")
        .hasMessageNotContaining("hunter2");
  }
}
