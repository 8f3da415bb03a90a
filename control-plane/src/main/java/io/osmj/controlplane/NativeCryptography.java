package io.osmj.controlplane;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.Security;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes keys, signatures, digests and the ciphers of the JDK's TLS those of AWS-LC, where its library can be loaded. The JDK's own cost
 * ten times as much and more without the second compiler, which alone knows the processor's instructions for them.
 */
final class NativeCryptography {
    private static final Logger LOG = LoggerFactory.getLogger(NativeCryptography.class);

    private NativeCryptography() {}

    /** Whoever asks for an algorithm from now on gets it from there. Has to come before all that does. */
    static void install() {
        String fault = fault();
        if (fault == null) {
            LOG.info("Keys, signatures and ciphers are computed by AWS-LC.");
        } else {
            LOG.info(
                    "Keys, signatures and ciphers are computed by the JDK, because AWS-LC cannot be loaded: {}", fault);
        }
    }

    private static @Nullable String fault() {
        try {
            return AwsLc.install();
        } catch (LinkageError e) {
            return e.toString();
        }
    }

    /** A class of its own, so that where the provider is not on the class path only this one cannot be linked. */
    private static final class AwsLc {
        private AwsLc() {}

        /** Why it cannot be used; null if it is in use now. */
        static @Nullable String install() {
            Throwable fault = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
            if (fault == null) {
                Security.insertProviderAt(AmazonCorrettoCryptoProvider.INSTANCE, 1);
            }
            return fault == null ? null : fault.toString();
        }
    }
}
