package io.osmj.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyManagementException;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** TLS of the JDK where BoringSSL was there before it, as in a command; in a process of its own, as it is loaded once. */
class JdkTlsTest {
    /** What that process does, as the JDK's HTTP client for {@code osm proxy get}. */
    static final class Loaded {
        private Loaded() {}

        public static void main(String[] args) throws NoSuchAlgorithmException {
            NativeTls.install();
            System.out.println(SSLContext.getInstance("TLS").getProvider().getName());
            SSLContext ofTheJdk = SSLContext.getInstance("TLS", Security.getProvider("SunJSSE"));
            System.out.println(initialised(ofTheJdk).getDefaultSSLParameters().getProtocols().length > 0);
        }

        private static SSLContext initialised(SSLContext context) {
            try {
                context.init(null, null, null);
                return context;
            } catch (KeyManagementException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void itIsLoadedAfterBoringSslToo() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Loaded.class.getName())
                .redirectErrorStream(true)
                .start();

        List<String> lines = process.inputReader().lines().toList();

        assertThat(process.waitFor()).as("%s", lines).isZero();
        assertThat(lines).endsWith("Conscrypt", "true");
    }
}
