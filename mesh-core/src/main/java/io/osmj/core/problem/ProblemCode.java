package io.osmj.core.problem;

/**
 * Every fault the mesh can name. The number never changes its meaning; users look it up and scripts match it.
 *
 * <p>A number that is not used any more is not given to another fault: M3003 (see M3002).
 *
 * <p>M1xxx: MeshConfig and pod annotations. M2xxx: policies. M3xxx: services and pods. M4xxx: what the mesh needs of the
 * cluster. M5xxx: proxies. M6xxx: trust. M7xxx: files of objects.
 */
public enum ProblemCode {
    M1001("A list in MeshConfig, in a pod annotation or in an Egress holds something that is not an IPv4 range."),
    M1002("A list in MeshConfig or in a pod annotation holds something that is not a port."),
    M1003("An annotation has a value that the mesh does not know."),
    M1004("A duration cannot be read."),
    M1005("A field has a value of the wrong type or outside its range."),
    M1006("A name is not a network interface name."),
    M2001("A traffic target lives in another namespace than its destination, so it takes no effect."),
    M2002("A traffic target has no rules, so it allows nothing."),
    M2003("A traffic target has no sources, so it allows nobody."),
    M2004("A rule names a kind that the mesh does not know."),
    M2005("A rule names an object that does not exist, or that was refused."),
    M2006("A rule names a match that the route group does not have."),
    M2007("A rule names a route group but no match of it, so the rule allows no HTTP request."),
    M2008("A regular expression cannot be used."),
    M2009("A source or destination is of a kind that the mesh does not know."),
    M2010("A match has no name, or one that stands twice."),
    M2011("Two parts of a policy claim the same thing."),
    M2012("An ingress backend asks for client certificates and names nobody whose certificate it takes."),
    M2013("The weights of a traffic split cannot be used."),
    M2014("A traffic split names a service that cannot take part in it."),
    M2015("Two traffic splits share out the calls of one service, so only the first by name holds."),
    M2016("An object is of a kind that the mesh takes and does not act on yet, or that is switched off."),
    M2017("A traffic target, an Egress or a Retry names a service account that no pod of the mesh runs as."),
    M2018("An ingress backend names a source service without endpoints, so that nobody comes in by that source."),
    M2019("An ingress backend names a service or a port to which nobody can be let in."),
    M2020("An ingress backend names a client for whom the mesh issues no certificate."),
    M2021("An Egress makes no difference, because mesh-wide egress is open."),
    M2022("Nothing leaves the mesh by a part of an Egress, because it lacks something."),
    M2023("A part of an Egress does not narrow what it may seem to narrow."),
    M2024("An ingress backend names no address from which callers without a certificate could come."),
    M2025("A part of an ingress backend has no effect."),
    M2026("The host of an UpstreamTrafficSetting is not the name of a service of its namespace."),
    M2027("The host of an UpstreamTrafficSetting is a service that is not there."),
    M2028("Two UpstreamTrafficSettings are for one service, so only the older one holds."),
    M2029("A part of an UpstreamTrafficSetting is one that the mesh takes and does not act on yet."),
    M2030("A part of an UpstreamTrafficSetting has no effect."),
    M2031(
            "Services with UpstreamTrafficSettings have a port of their pods in common, so only one limits what comes there."),
    M2032(
            "A service lists the address of a pod of another namespace, which opens nothing there and says nothing of its ports."),
    M2033("A Retry names a service that does not exist."),
    M2034("A Retry names a reason for another try that means nothing to the proxy."),
    M2035("A Retry has a duration that cannot be used."),
    M2036("A Retry names a service that does not speak HTTP, so there is nothing that could be tried again."),
    M3001("A service port has a protocol that the mesh cannot carry."),
    M3002("Services disagree about the protocol of one port of a pod."),
    M3004("A pod is of a kind that cannot have a sidecar."),
    M3005("A pod takes what the sidecar needs for itself: a user id, a port or a name."),
    M3006("A probe or a hook of the kubelet cannot be sent through the sidecar."),
    M3007("The pod of a Job does not end, because its sidecar goes on running."),
    M3008("What the sidecar has to know is too large for a pod."),
    M4001("A kind of object is not installed in the cluster, so the mesh runs without it."),
    M4002("There is no MeshConfig, so strict mode and defaults hold."),
    M5001("A proxy refused a part of its configuration and keeps the last good one."),
    M6001("The Secret with the root of trust is there and cannot be used, so nothing is issued and no other root is"
            + " made."),
    M6002("The Secret with the root of trust was deleted or changed while the control plane runs."),
    M6003("The root of trust comes to its end."),
    M6004("A certificate could not be renewed."),
    M6005("The certificate for an ingress gateway is not kept in its Secret."),
    M7001("A file of objects cannot be read, so what it held before stays in force."),
    M7002("An object in a file does not say what it is: its kind, version or name is missing or wrong."),
    M7003("An object in a file does not fit the schema of its kind."),
    M7004("An object in a file has a field that its kind does not have."),
    M7005("An object in a file is written in a version that is not served."),
    M7006("An object of Kubernetes' own in a file has a field that is not known here."),
    M7007("Two objects in files are the same, so only one of them counts.");

    private final String explanation;

    ProblemCode(String explanation) {
        this.explanation = explanation;
    }

    /** What the code means, in one sentence, for people who look it up. */
    public String explanation() {
        return explanation;
    }
}
