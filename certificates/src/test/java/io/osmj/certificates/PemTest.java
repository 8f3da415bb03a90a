package io.osmj.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;

class PemTest {
    @Test
    void aKeyComesBackAndIsNeverPrinted() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("EC").generateKeyPair();
        PrivateKeyPem pem = PrivateKeyPem.of(pair.getPrivate());

        assertThat(pem.text()).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----END PRIVATE KEY-----\n");
        assertThat(pem.key("EC")).isEqualTo(pair.getPrivate());
        assertThat(pem).hasToString("[redacted]");
    }

    @Test
    void aDamagedKeyIsNotQuoted() {
        PrivateKeyPem damaged = new PrivateKeyPem("-----BEGIN PRIVATE KEY-----\ncanary=x=\n-----END PRIVATE KEY-----");

        assertThatThrownBy(() -> damaged.key("EC"))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("damaged base64 in a PRIVATE KEY block")
                .hasNoCause();
    }

    @Test
    void aDamagedCertificateIsNotPassedOver() {
        String text = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

        assertThatThrownBy(() -> Pem.certificates(text)).isInstanceOf(CertificateException.class);
    }

    @Test
    void aTextOfOneMegabyteOfNoiseIsReadInNoTime() throws CertificateException {
        assertThat(Pem.certificates("-----BEGIN CERTIFICATE-----\nA".repeat(30_000)))
                .isEmpty();
    }
}
