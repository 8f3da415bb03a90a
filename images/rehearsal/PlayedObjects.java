import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The objects of the played cluster: two workloads that may call each other. */
final class PlayedObjects {
    private static final String CONFIGS = "/apis/config.openservicemesh.io/v1alpha2/namespaces/osm-system/meshconfigs";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/endpointslices";
    private static final String TARGETS = "/apis/access.smi-spec.io/v1alpha3/traffictargets";
    private static final String ROUTES = "/apis/specs.smi-spec.io/v1alpha4/httproutegroups";

    private PlayedObjects() {}

    static String kubeconfig(int port, String certificate) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: played, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                users: [{name: played, user: {token: played}}]
                contexts: [{name: played, context: {cluster: played, user: played}}]
                current-context: played
                """.formatted(port, Base64.getEncoder().encodeToString(certificate.getBytes(UTF_8)));
    }

    static Map<String, String> pages(String jwks) {
        return Map.ofEntries(
                Map.entry("/version", "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}"),
                Map.entry("/openid/v1/jwks", jwks),
                Map.entry("/.well-known/openid-configuration", "{\"issuer\":\"https://rehearsal\"}"),
                Map.entry("/api/v1/namespaces", namespace()),
                Map.entry("/api/v1/pods", pod("one", "10.0.0.1", 1) + "," + pod("two", "10.0.0.2", 1)),
                Map.entry("/api/v1/serviceaccounts", account("one") + "," + account("two")),
                Map.entry("/api/v1/services", service("one", 1) + "," + service("two", 1)),
                group("config.openservicemesh.io/v1alpha2", "MeshConfig"),
                group("access.smi-spec.io/v1alpha3", "TrafficTarget"),
                group("specs.smi-spec.io/v1alpha4", "HTTPRouteGroup"),
                Map.entry(CONFIGS, config(1)),
                Map.entry(SLICES, slice("one", "10.0.0.1", 1) + "," + slice("two", "10.0.0.2", 1)),
                Map.entry(TARGETS, target("one", "two", 1) + "," + target("two", "one", 1)),
                Map.entry(ROUTES, routes(1)));
    }

    /** What the API server says of a group of kinds when it is asked how a kind is written in paths. */
    private static Map.Entry<String, String> group(String version, String kind) {
        return Map.entry("/apis/" + version, """
                {"kind":"APIResourceList","apiVersion":"v1","groupVersion":"%s","resources":[
                 {"name":"%ss","kind":"%s","namespaced":true,"verbs":["get","list","patch","watch"]}]}"""
                .formatted(version, kind.toLowerCase(Locale.ROOT), kind));
    }

    /** Each kind changes once. */
    static Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("/api/v1/namespaces", namespace());
        changes.put("/api/v1/pods", pod("two", "10.0.0.3", 3));
        changes.put("/api/v1/serviceaccounts", account("two"));
        changes.put("/api/v1/services", service("two", 3));
        changes.put(CONFIGS, config(3));
        changes.put(TARGETS, target("two", "one", 3));
        changes.put(ROUTES, routes(3));
        changes.put(SLICES, slice("two", "10.0.0.3", 3));
        return changes;
    }

    private static String config(int version) {
        return """
                {"apiVersion":"config.openservicemesh.io/v1alpha2","kind":"MeshConfig","metadata":{"name":"osm-mesh-config",
                 "namespace":"osm-system","uid":"config","resourceVersion":"%d"},
                 "spec":{"traffic":{"enablePermissiveTrafficPolicyMode":false}}}""".formatted(version);
    }

    private static String namespace() {
        return """
                {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"demo","uid":"demo","resourceVersion":"1",
                 "labels":{"openservicemesh.io/monitored-by":"osm"}}}""";
    }

    static String pod(String name, String address, int version) {
        return """
                {"apiVersion":"v1","kind":"Pod","metadata":{%s,"uid":"pod-%s",
                 "labels":{"app":"%s","osm-proxy-uuid":"00000000-0000-4000-8000-000000000001"}},
                 "spec":{"serviceAccountName":"%s","containers":[{"name":"app","image":"app"},{"name":"envoy","image":"envoy"}]},
                 "status":{"phase":"Running","podIP":"%s"}}""".formatted(named(name, version), name, name, name, address);
    }

    private static String account(String name) {
        return """
                {"apiVersion":"v1","kind":"ServiceAccount","metadata":{%s,"uid":"account-%s"}}"""
                .formatted(named(name, 1), name);
    }

    private static String service(String name, int version) {
        return """
                {"apiVersion":"v1","kind":"Service","metadata":{%s,"uid":"service-%s"},
                 "spec":{"type":"ClusterIP","clusterIP":"10.96.0.%d","clusterIPs":["10.96.0.%d"],"selector":{"app":"%s"},
                 "ports":[{"name":"http-web","port":8080,"targetPort":8080,"protocol":"TCP"}]}}"""
                .formatted(named(name, version), name, name.length() + name.charAt(0), name.length() + name.charAt(0), name);
    }

    private static String slice(String name, String address, int version) {
        return """
                {"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{%s,"uid":"slice-%s",
                 "labels":{"kubernetes.io/service-name":"%s"}},"addressType":"IPv4",
                 "ports":[{"name":"http-web","port":8080,"protocol":"TCP"}],"endpoints":[{"addresses":["%s"],
                 "conditions":{"ready":true},"targetRef":{"kind":"Pod","name":"%s","namespace":"demo","uid":"pod-%s"}}]}"""
                .formatted(named(name, version), name, name, address, name, name);
    }

    private static String target(String to, String from, int version) {
        return """
                {"apiVersion":"access.smi-spec.io/v1alpha3","kind":"TrafficTarget","metadata":{%s,"uid":"target-%s"},
                 "spec":{"destination":{"kind":"ServiceAccount","name":"%s","namespace":"demo"},
                 "rules":[{"kind":"HTTPRouteGroup","name":"routes","matches":["all"]}],
                 "sources":[{"kind":"ServiceAccount","name":"%s","namespace":"demo"}]}}"""
                .formatted(named(to, version), to, to, from);
    }

    private static String routes(int version) {
        return """
                {"apiVersion":"specs.smi-spec.io/v1alpha4","kind":"HTTPRouteGroup","metadata":{%s,"uid":"routes"},
                 "spec":{"matches":[{"name":"all","pathRegex":"/%d.*","methods":["GET","POST"]}]}}"""
                .formatted(named("routes", version), version);
    }

    private static String named(String name, int version) {
        return "\"name\":\"%s\",\"namespace\":\"demo\",\"resourceVersion\":\"%d\"".formatted(name, version);
    }

    /** A pod that is about to be created, with a probe to rewrite. */
    static String review() {
        return """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"rehearsal",
                 "kind":{"group":"","version":"v1","kind":"Pod"},"operation":"CREATE","namespace":"demo","object":
                 {"apiVersion":"v1","kind":"Pod","metadata":{"generateName":"three-","labels":{"app":"three"},
                 "annotations":{"openservicemesh.io/sidecar-injection":"enabled"}},"spec":{"serviceAccountName":"one",
                 "containers":[{"name":"app","image":"app","ports":[{"containerPort":8080}],
                 "readinessProbe":{"httpGet":{"path":"/","port":8080}}}]}}}}""";
    }
}
