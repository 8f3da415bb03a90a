package io.osmj.controlplane.status;

import static java.net.HttpURLConnection.HTTP_CONFLICT;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.objects.read.UnheededKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Kubernetes event on each object that has a problem. A problem that stays is told once. */
public final class ProblemEvents implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemEvents.class);
    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final Set<ProblemCode> FLEETING =
            EnumSet.of(ProblemCode.M2017, ProblemCode.M2018, ProblemCode.M2032, ProblemCode.M2033, ProblemCode.M5001);
    private static final Duration LASTING = Duration.ofSeconds(30);

    /** The API server takes no longer note. */
    private static final int LONGEST_NOTE = 1024;

    private static final Map<String, String> API_VERSIONS = apiVersions();

    private static Map<String, String> apiVersions() {
        Map<String, String> versions = new HashMap<>(Map.of(
                "MeshConfig", "config.openservicemesh.io/v1alpha2",
                "TrafficTarget", "access.smi-spec.io/v1alpha3",
                "HTTPRouteGroup", "specs.smi-spec.io/v1alpha4",
                "TCPRoute", "specs.smi-spec.io/v1alpha4",
                "TrafficSplit", "split.smi-spec.io/v1alpha2",
                "IngressBackend", "policy.openservicemesh.io/v1alpha1",
                "Egress", "policy.openservicemesh.io/v1alpha1",
                "Retry", "policy.openservicemesh.io/v1alpha1",
                "Service", "v1",
                "Pod", "v1"));
        versions.put("UpstreamTrafficSetting", "policy.openservicemesh.io/v1alpha1");
        for (UnheededKind kind : UnheededKind.values()) {
            versions.put(kind.kind(), kind.group() + "/" + kind.version());
        }
        return versions;
    }

    private final KubernetesClient client;
    private final ProblemBoard board;
    private final String instance;
    private final InstantSource clock;
    private final Map<Problem, Instant> seen = new HashMap<>();
    private final Set<Problem> told = new HashSet<>();

    /**
     * A writer of events.
     *
     * @param instance the name of this replica's pod
     */
    public ProblemEvents(KubernetesClient client, ProblemBoard board, String instance, InstantSource clock) {
        this.client = client;
        this.board = board;
        this.instance = instance;
        this.clock = clock;
    }

    @Override
    public void run() {
        Set<Problem> present = new HashSet<>(board.all());
        told.retainAll(present);
        seen.keySet().retainAll(present);
        for (Problem problem : present) {
            if (!told.contains(problem) && lasts(problem) && written(problem)) {
                told.add(problem);
            }
        }
    }

    /**
     * An event cannot be taken back, and while a pod is replaced its account and its service have none for some seconds. How many
     * proxies refuse something is known when all of them have been sent it.
     */
    private boolean lasts(Problem problem) {
        Instant first = seen.computeIfAbsent(problem, _ -> clock.instant());
        return !FLEETING.contains(problem.code()) || !clock.instant().isBefore(first.plus(LASTING));
    }

    /** A problem that could not be told is told in the next round; it stands in the log and on the status page anyway. */
    private boolean written(Problem problem) {
        try {
            String apiVersion = API_VERSIONS.get(problem.object().kind());
            if (apiVersion == null) {
                return true;
            }
            GenericKubernetesResource object = find(apiVersion, problem.object());
            if (object != null) {
                client.events().v1().events().resource(event(problem, object)).create();
            }
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_CONFLICT) {
                return true;
            }
            LOG.warn("The event about {} could not be written: {}", problem.object(), e.getMessage());
            return false;
        }
    }

    private @Nullable GenericKubernetesResource find(String apiVersion, ObjectRef ref) {
        return client.genericKubernetesResources(apiVersion, ref.kind())
                .inNamespace(ref.namespace())
                .withName(ref.name())
                .get();
    }

    private Event event(Problem problem, GenericKubernetesResource object) {
        String note = problem.code() + " " + problem.field() + ": " + problem.message() + " " + problem.remedy();
        return new EventBuilder()
                .withNewMetadata()
                .withName(name(problem, object))
                .withNamespace(problem.object().namespace())
                .endMetadata()
                .withEventTime(new MicroTime(MICROSECONDS.format(clock.instant())))
                .withType("Warning")
                .withReason("Unusable")
                .withAction("Read")
                .withNote(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note)
                .withReportingController("openservicemesh.io/osm-controller")
                .withReportingInstance(instance)
                .withNewRegarding()
                .withApiVersion(object.getApiVersion())
                .withKind(object.getKind())
                .withNamespace(object.getMetadata().getNamespace())
                .withName(object.getMetadata().getName())
                .withUid(object.getMetadata().getUid())
                .withResourceVersion(object.getMetadata().getResourceVersion())
                .endRegarding()
                .build();
    }

    /** The same problem of the same object has the same name, so that no replica and no restart tells it twice. */
    private static String name(Problem problem, GenericKubernetesResource object) {
        String same = object.getMetadata().getUid() + problem;
        return problem.object().name() + "."
                + UUID.nameUUIDFromBytes(same.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .substring(0, 18);
    }
}
