package dev.agent.net;

import dev.agent.runtime.UserError;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Certificates that are trusted besides the system's: those of a company's proxy, mostly. They add
 * to the system's trust and replace nothing.
 *
 * @param sockets makes TLS sockets that trust both
 * @param manager the same trust as a manager
 */
public record ExtraTrust(SSLSocketFactory sockets, X509TrustManager manager) {

  /**
   * Reads PEM files, each with one or more certificates.
   *
   * @throws UserError when a file is missing, unreadable or holds no certificate; it names the file
   */
  public static ExtraTrust load(List<Path> pemFiles) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (X509Certificate one : manager(null).getAcceptedIssuers()) {
        store.setCertificateEntry("system-" + number++, one);
      }
      for (Path file : pemFiles) {
        for (Certificate one : certificates(file)) {
          store.setCertificateEntry("extra-" + number++, one);
        }
      }
      X509TrustManager both = manager(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {both}, null);
      return new ExtraTrust(context.getSocketFactory(), both);
    } catch (GeneralSecurityException | IOException e) {
      throw new UserError(
          "The certificates of this machine can't be read: " + e.getMessage() + ".",
          "Check the Java installation.");
    }
  }

  private static X509TrustManager manager(@org.jspecify.annotations.Nullable KeyStore store)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509TrustManager found) {
        return found;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try (InputStream in =
        new ByteArrayInputStream(
            onlyCertificates(
                Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)))) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new UserError(
            "The certificate file \"" + file + "\" holds no certificate.",
            "It must be a PEM file with BEGIN CERTIFICATE lines.");
      }
      return found;
    } catch (IOException e) {
      throw new UserError(
          "The certificate file \"" + file + "\" can't be read.",
          "Check NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and the setting for extra certificates.");
    } catch (GeneralSecurityException e) {
      throw new UserError(
          "The certificate file \""
              + file
              + "\" holds a certificate that can't be read: "
              + e.getMessage()
              + ".",
          "Export it again as PEM.");
    }
  }

  /**
   * Bundles carry comments and names between the certificates, which the parser would stumble over.
   */
  private static byte[] onlyCertificates(String pem) {
    String begin = "-----BEGIN CERTIFICATE-----";
    String end = "-----END CERTIFICATE-----";
    StringBuilder out = new StringBuilder();
    for (int from = pem.indexOf(begin); from >= 0; from = pem.indexOf(begin, from + 1)) {
      int to = pem.indexOf(end, from);
      if (to < 0) {
        out.append(pem, from, pem.length());
        break;
      }
      out.append(pem, from, to + end.length()).append('\n');
    }
    return out.toString().replace("\r", "").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
  }
}
