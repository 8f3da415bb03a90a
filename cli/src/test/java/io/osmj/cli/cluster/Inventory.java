package io.osmj.cli.cluster;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Everything an API server holds, so that two moments can be compared. */
public final class Inventory {
    private Inventory() {}

    /** All objects but events and leases of the API server itself: kind, namespace and name, with spec and labels. */
    public static Map<String, String> of(KubernetesClient client) {
        var objects = new TreeMap<String, String>();
        groupVersions(client)
                .forEach(version -> client.getApiResources(version).getResources().stream()
                        .filter(resource -> !resource.getName().contains("/"))
                        .filter(resource -> resource.getVerbs().contains("list"))
                        .filter(resource -> !resource.getKind().equals("Event"))
                        .forEach(resource ->
                                list(client, version, resource).forEach(object -> add(objects, version, object))));
        return objects;
    }

    private static List<String> groupVersions(KubernetesClient client) {
        var groups = client.getApiGroups().getGroups().stream()
                .map(group -> group.getPreferredVersion().getGroupVersion())
                .sorted()
                .toList();
        return Stream.concat(Stream.of("v1"), groups.stream()).toList();
    }

    private static List<GenericKubernetesResource> list(KubernetesClient client, String version, APIResource resource) {
        var slash = version.indexOf('/');
        var context = new ResourceDefinitionContext.Builder()
                .withGroup(slash < 0 ? "" : version.substring(0, slash))
                .withVersion(version.substring(slash + 1))
                .withKind(resource.getKind())
                .withPlural(resource.getName())
                .withNamespaced(resource.getNamespaced())
                .build();
        try {
            return client.genericKubernetesResources(context)
                    .inAnyNamespace()
                    .list()
                    .getItems();
        } catch (KubernetesClientException gone) {
            // A kind may go between being listed and being asked for.
            return List.of();
        }
    }

    private static void add(Map<String, String> objects, String version, GenericKubernetesResource object) {
        var metadata = object.getMetadata();
        if (metadata.getName().startsWith("apiserver-")) {
            return;
        }
        var key = "%s %s %s/%s".formatted(version, object.getKind(), metadata.getNamespace(), metadata.getName());
        objects.put(key, metadata.getLabels() + " " + metadata.getAnnotations() + " " + object.get("spec"));
    }
}
