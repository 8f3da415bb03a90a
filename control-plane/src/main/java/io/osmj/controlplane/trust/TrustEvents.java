package io.osmj.controlplane.trust;

import io.osmj.certificates.IssuedCertificate;
import io.osmj.core.identity.SpiffeId;
import io.osmj.core.problem.Problem;

/** Is told what becomes of trust while the process runs. Calls come from threads of the trust store and must return soon. */
public interface TrustEvents {
    /** A workload has a new certificate; its proxies are to get it. */
    void renewed(SpiffeId id, IssuedCertificate certificate);

    /** Something needs an operator. It may be said again while it lasts. */
    void alarm(Problem problem);
}
