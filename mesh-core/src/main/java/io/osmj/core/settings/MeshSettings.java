package io.osmj.core.settings;

import io.osmj.core.intercept.Interception;
import java.time.Duration;
import java.util.Optional;

/**
 * What MeshConfig says, with every default applied.
 *
 * @param traffic who may talk and what is intercepted
 * @param sidecar how sidecars are made
 * @param certificate how workload certificates are issued
 * @param observability logs and tracing
 * @param retries whether Retry objects take effect
 */
public record MeshSettings(
        Traffic traffic,
        SidecarSettings sidecar,
        Certificate certificate,
        Observability observability,
        boolean retries) {

    /** What holds when there is no MeshConfig: strict mode, no egress. Deny on doubt. */
    public static final MeshSettings WITHOUT_MESH_CONFIG = new MeshSettings(
            new Traffic(false, false, true, Interception.EVERYTHING),
            SidecarSettings.DEFAULT,
            new Certificate(Duration.ofHours(24)),
            new Observability("info", AccessLog.ALL));

    /** Settings by which no call is tried again. */
    public MeshSettings(
            Traffic traffic, SidecarSettings sidecar, Certificate certificate, Observability observability) {
        this(traffic, sidecar, certificate, observability, false);
    }

    /**
     * Traffic settings. The switches are live; the interception lists concern pods created from now on.
     *
     * @param permissive every workload of the mesh may call every other, SMI is not asked
     * @param egress destinations outside the mesh can be reached
     * @param onDemand in permissive mode a proxy learns of a destination when its application dials it first; otherwise all of
     *     them are sent ahead
     * @param interception the mesh-wide exclusion and inclusion lists
     */
    public record Traffic(boolean permissive, boolean egress, boolean onDemand, Interception interception) {}

    /**
     * Certificate settings.
     *
     * @param validity how long a workload certificate is valid, at least a minute
     * @param gateway the certificate that is kept in a Secret for a caller from outside, if one is asked for
     */
    public record Certificate(Duration validity, Optional<GatewayCertificate> gateway) {
        /** Nothing is kept for a caller from outside. */
        public Certificate(Duration validity) {
            this(validity, Optional.empty());
        }
    }

    /**
     * Observability settings.
     *
     * @param logLevel log level of the control plane, live
     * @param accessLog which requests sidecars write a line about, live
     */
    public record Observability(String logLevel, AccessLog accessLog) {}
}
