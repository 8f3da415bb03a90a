package io.osmj.controlplane.admission;

import io.osmj.certificates.ServerNames;

/**
 * Where the two servers listen and which webhook configurations lead to them.
 *
 * @param injector the server for pods
 * @param validator the server for the mesh's own kinds
 * @param checkTrafficTargets whether TrafficTargets are checked ({@code smi.validateTrafficTarget} of the chart)
 */
public record AdmissionOptions(Server injector, Server validator, boolean checkTrafficTargets) {
    /** The port of the chart's service {@code osm-injector}. */
    public static final int INJECTOR_PORT = 9090;

    /** The port of the chart's service {@code osm-validator}. */
    public static final int VALIDATOR_PORT = 9093;

    /** With every kind checked. */
    public AdmissionOptions(Server injector, Server validator) {
        this(injector, validator, true);
    }

    /**
     * One of the two.
     *
     * @param port 0 for any that is free
     * @param names what its certificate is for
     * @param configuration the webhook configuration that leads to it
     */
    public record Server(int port, ServerNames names, String configuration) {
        /** The same on another port. */
        public Server on(int other) {
            return new Server(other, names, configuration);
        }
    }

    /** As the chart installs them. */
    public static AdmissionOptions inNamespace(String namespace, String mutating, String validating) {
        return new AdmissionOptions(
                new Server(INJECTOR_PORT, ServerNames.ofService("osm-injector", namespace), mutating),
                new Server(VALIDATOR_PORT, ServerNames.ofService("osm-validator", namespace), validating));
    }
}
