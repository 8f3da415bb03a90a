package io.osmj.controlplane;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.certificates.builtin.BuiltInAuthority;
import io.osmj.certificates.builtin.RootCertificate;
import io.osmj.core.identity.ServiceAccount;
import io.osmj.core.identity.TrustDomain;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Security;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That the native provider is the one that is asked, and that the JDK agrees with what it says. */
class NativeCryptographyTest {
    private static final String NATIVE = "AmazonCorrettoCryptoProvider";

    @BeforeEach
    void install() {
        NativeCryptography.install();
    }

    @AfterEach
    void remove() {
        Security.removeProvider(NATIVE);
    }

    @Test
    void issuesCertificatesThatTheJdkAccepts() throws GeneralSecurityException {
        SecureRandom random = new SecureRandom();
        RootCertificate root = RootCertificate.create(Instant.now(), random);
        IssuedCertificate issued = new BuiltInAuthority(root, InstantSource.system(), random)
                .workload(new ServiceAccount("shop", "books").in(TrustDomain.CLUSTER_LOCAL), Duration.ofDays(1));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(root.key());

        assertThat(signature.getProvider().getName()).isEqualTo(NATIVE);
        assertThat(root.key().getClass().getPackageName()).startsWith("com.amazon.corretto");
        issued.certificate().verify(root.certificate().getPublicKey(), Security.getProvider("SunEC"));
    }

    @Test
    void verifiesWhatTheJdkSignedAndNothingElse() throws GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("RSA", "SunRsaSign").generateKeyPair();
        byte[] said = {1, 2, 3};
        Signature signer = Signature.getInstance("SHA256withRSA", "SunRsaSign");
        signer.initSign(pair.getPrivate());
        signer.update(said);
        byte[] signed = signer.sign();
        Signature verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded())));

        assertThat(verifier.getProvider().getName()).isEqualTo(NATIVE);
        verifier.update(said);
        assertThat(verifier.verify(signed)).isTrue();
        verifier.update(new byte[] {1, 2, 4});
        assertThat(verifier.verify(signed)).isFalse();
    }

    @Test
    void isWhatTlsIsMadeOf() throws GeneralSecurityException {
        assertThat(Cipher.getInstance("AES/GCM/NoPadding").getProvider().getName())
                .isEqualTo(NATIVE);
        assertThat(KeyAgreement.getInstance("ECDH").getProvider().getName()).isEqualTo(NATIVE);
        assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo(NATIVE);
    }
}
