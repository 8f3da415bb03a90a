package io.osmj.core.intercept;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureTest {
    @Test
    void twoLoopbackAddressesAreAPodWithoutANetworkOfItsOwn() {
        assertThat(Capture.of("127.80.0.11", "127.80.1.11"))
                .isEqualTo(new Capture.Loopback("127.80.0.11", "127.80.1.11"));
    }

    @ParameterizedTest
    @CsvSource({
        "10.244.0.11, 127.80.1.11",
        "127.80.0.11, 10.244.0.11",
        "127.80.0.11, 127.80.0.11",
        "127.80.0.11, 127.80.1.11/8",
        "127.80.0.11, localhost",
        "127.80.0.11, ''"
    })
    void anythingElseIsRedirected(String pod, String application) {
        assertThat(Capture.of(pod, application)).isEqualTo(Capture.REDIRECTED);
    }
}
