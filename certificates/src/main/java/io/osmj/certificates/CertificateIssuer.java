package io.osmj.certificates;

import io.osmj.core.identity.SpiffeId;
import java.time.Duration;

/**
 * Issues certificates for the mesh. Safe for use by many threads. A call may block: an issuer outside the process is asked
 * over the network.
 */
public interface CertificateIssuer {
    /**
     * A certificate by which a workload proves who it is, as client and as server. Its names are one URI, the id, by which members
     * of the mesh judge each other (X509-SVID, section 2), and the id's DNS name, if it has one, for clients that check host names.
     *
     * @param validity how long from now; less when the issuer's own certificate ends before
     * @throws IssuingException when the id cannot stand in a certificate or the issuer does not issue
     */
    IssuedCertificate workload(SpiffeId id, Duration validity);

    /**
     * A certificate for a TLS server of the control plane.
     *
     * @param validity how long from now; less when the issuer's own certificate ends before
     * @throws IssuingException when the issuer does not issue
     */
    IssuedCertificate server(ServerNames names, Duration validity);

    /** The roots by which certificates of this mesh are judged; while roots change hands there is more than one. */
    TrustBundle trustBundle();
}
