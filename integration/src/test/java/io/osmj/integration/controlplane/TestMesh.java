package io.osmj.integration.controlplane;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.core.names.Labels;
import io.osmj.integration.apiserver.ApiServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A mesh of its own in the API server: a namespace for the control plane and one for workloads. What controllers and kubelets
 * would do is written by hand.
 *
 * @param client with all rights
 * @param namespace of the control plane; the mesh is named after it
 * @param workloads the namespace of the workloads
 */
record TestMesh(KubernetesClient client, String namespace, String workloads) {
    /** Whom the tokens of proxies are for. */
    static final String AUDIENCE = "osm-controller";

    static TestMesh create(ApiServer.Running server) {
        return withoutWorkloads(server).next(server);
    }

    /** Workloads go into the namespace of the control plane, which does not belong to the mesh. */
    static TestMesh withoutWorkloads(ApiServer.Running server) {
        installKinds(server.client());
        String namespace = server.namespace(Map.of());
        return new TestMesh(server.client(), namespace, namespace);
    }

    /** The same mesh with a new namespace for workloads. */
    TestMesh next(ApiServer.Running server) {
        return new TestMesh(client, namespace, server.namespace(Map.of(Labels.MONITORED_BY, name())));
    }

    /** Takes the namespace of the workloads out of the mesh with all that is in it, and MeshConfig away. */
    void leave() {
        client.namespaces()
                .withName(workloads)
                .edit(joined -> new NamespaceBuilder(joined)
                        .editMetadata()
                        .removeFromLabels(Labels.MONITORED_BY)
                        .endMetadata()
                        .build());
        client.genericKubernetesResources("config.openservicemesh.io/v1alpha2", "MeshConfig")
                .inNamespace(namespace)
                .withName("osm-mesh-config")
                .delete();
    }

    static void installKinds(KubernetesClient client) {
        try (Stream<Path> files = Files.list(Path.of("..", "charts", "osm", "crds"))) {
            for (Path file : files.sorted().toList()) {
                client.load(Files.newInputStream(file)).serverSideApply();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return "mesh-" + namespace;
    }

    /** Writes MeshConfig with this mode. */
    void permissive(boolean permissive) {
        apply(namespace, """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: %s}}
                """.formatted(permissive));
    }

    /** Writes MeshConfig of a permissive mesh in which Retry objects take effect or not. */
    void retries(boolean on) {
        apply(namespace, """
                apiVersion: config.openservicemesh.io/v1alpha2
                kind: MeshConfig
                metadata: {name: osm-mesh-config}
                spec: {traffic: {enablePermissiveTrafficPolicyMode: true}, featureFlags: {enableRetryPolicy: %s}}
                """.formatted(on));
    }

    /** Writes any object into a namespace. */
    void apply(String into, String yaml) {
        var object = Serialization.unmarshal(yaml, GenericKubernetesResource.class);
        client.resource(object).inNamespace(into).forceConflicts().serverSideApply();
    }

    /** A pod with a sidecar that runs at an address, with an account of its own name. */
    Pod pod(String name, String account, String address) {
        client.resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(account)
                        .withNamespace(workloads)
                        .endMetadata()
                        .build())
                .serverSideApply();
        client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(workloads)
                        .addToLabels("osm-proxy-uuid", "9a5cbd0e-0000-4000-8000-000000000000")
                        .endMetadata()
                        .withNewSpec()
                        .withServiceAccountName(account)
                        .addNewContainer()
                        .withName("app")
                        .withImage("app")
                        .endContainer()
                        .addNewContainer()
                        .withName("envoy")
                        .withImage("envoy")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
        return address(client.pods().inNamespace(workloads).withName(name).get(), address);
    }

    /** Gives the pod an address, as the kubelet does. */
    Pod address(Pod pod, String address) {
        return client.resource(pod)
                .editStatus(now -> new PodBuilder(now)
                        .withNewStatus()
                        .withPhase("Running")
                        .withPodIP(address.isEmpty() ? null : address)
                        .endStatus()
                        .build());
    }

    /** A service with one HTTP port in front of one pod. */
    void service(String name, Pod pod, int port) {
        client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(workloads)
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withName("http-web")
                        .withPort(port)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        client.resource(new EndpointSliceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(workloads)
                        .addToLabels("kubernetes.io/service-name", name)
                        .endMetadata()
                        .withAddressType("IPv4")
                        .addNewPort()
                        .withName("http-web")
                        .withPort(port)
                        .withProtocol("TCP")
                        .endPort()
                        .addNewEndpoint()
                        .withAddresses(pod.getStatus().getPodIP())
                        .withNewTargetRef()
                        .withKind("Pod")
                        .withName(pod.getMetadata().getName())
                        .endTargetRef()
                        .endEndpoint()
                        .build())
                .create();
    }

    /** A token like that which a sidecar shows the control plane. */
    String token(Pod pod) {
        return token(pod, AUDIENCE);
    }

    /** A token like that of a projected volume. */
    String token(Pod pod, String audience) {
        return client.serviceAccounts()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getSpec().getServiceAccountName())
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withAudiences(List.of(audience))
                        .withExpirationSeconds(3600L)
                        .withNewBoundObjectRef()
                        .withKind("Pod")
                        .withApiVersion("v1")
                        .withName(pod.getMetadata().getName())
                        .withUid(pod.getMetadata().getUid())
                        .endBoundObjectRef()
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }

    /** Takes an object out of the workloads' namespace. */
    void delete(String apiVersion, String kind, String name) {
        client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(workloads)
                .withName(name)
                .delete();
    }

    void delete(Pod pod) {
        client.pods()
                .inNamespace(workloads)
                .withName(pod.getMetadata().getName())
                .withGracePeriod(0)
                .delete();
    }

    /** Status and reason of the condition Accepted of a policy; empty while there is none. */
    String condition(String kind, String name) {
        GenericKubernetesResource object = policy(kind, name);
        return object.get("status", "conditions", 0, "status") + " " + object.get("status", "conditions", 0, "reason");
    }

    /** The version of a policy, which changes with each time it is written. */
    String version(String kind, String name) {
        return policy(kind, name).getMetadata().getResourceVersion();
    }

    private GenericKubernetesResource policy(String kind, String name) {
        String apiVersion = switch (kind) {
            case "TrafficTarget" -> "access.smi-spec.io/v1alpha3";
            case "TrafficSplit" -> "split.smi-spec.io/v1alpha2";
            case "IngressBackend", "Egress", "Retry", "UpstreamTrafficSetting" -> "policy.openservicemesh.io/v1alpha1";
            default -> "specs.smi-spec.io/v1alpha4";
        };
        return client.genericKubernetesResources(apiVersion, kind)
                .inNamespace(workloads)
                .withName(name)
                .get();
    }

    /** What OSM's field for it says of an IngressBackend: the word and the sentence. */
    String currentStatus(String kind, String name) {
        GenericKubernetesResource object = client.genericKubernetesResources("policy.openservicemesh.io/v1alpha1", kind)
                .inNamespace(workloads)
                .withName(name)
                .get();
        return object.get("status", "currentStatus") + ": " + object.get("status", "reason");
    }

    /** The notes of all events on objects of that name. */
    List<String> events(String name) {
        return client.events().v1().events().inNamespace(workloads).list().getItems().stream()
                .filter(event -> event.getRegarding().getName().equals(name))
                .map(event -> event.getNote())
                .toList();
    }

    /** Takes a custom kind out of the API server, with all its objects. */
    void removeKind(String definition) {
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition)
                .delete();
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(definition)
                .waitUntilCondition(gone -> gone == null, 30, TimeUnit.SECONDS);
    }
}
