package io.osmj.cli.offline;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.osmj.core.compile.MeshModel;
import io.osmj.core.intercept.Capture;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.plan.Authorization;
import io.osmj.core.plan.Destination;
import io.osmj.core.plan.InboundPort;
import io.osmj.core.plan.ProxyPlan;
import io.osmj.core.plan.Retries;
import io.osmj.core.policy.ConnectionLimits;
import io.osmj.core.policy.Ingress;
import io.osmj.core.policy.IngressRule;
import io.osmj.core.policy.LimitRule;
import io.osmj.core.policy.RateLimits;
import io.osmj.core.policy.RetryRule;
import io.osmj.core.policy.TcpAllowance;
import io.osmj.core.settings.GatewayCertificate;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.state.ClusterState;
import io.osmj.core.state.PodState;
import io.osmj.xds.print.ResourceJson;
import io.osmj.xds.resource.EnvoyResource;
import io.osmj.xds.resource.ResourceSet;
import io.osmj.xds.resource.ResourceType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Records and Envoy resources as YAML or JSON that a person can read and a difference can be made of. */
public final class Printed {
    private static final ObjectMapper YAML = telling(new ObjectMapper(new YAMLFactory()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)));

    private static final ObjectMapper JSON = telling(new ObjectMapper());

    /** Secrets are made when they are needed, and are not for printing. */
    private static final List<ResourceType> SHOWN =
            List.of(ResourceType.LISTENER, ResourceType.ROUTE, ResourceType.CLUSTER, ResourceType.ENDPOINT);

    private Printed() {}

    /** Says which case of a sealed type a value is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    interface Named {}

    /** How connections come to a sidecar is printed where it is not as everywhere. */
    interface Sparing {
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Usual.class)
        Capture capture();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Retries> retries();
    }

    /** Most ports are the mesh's alone, and take whatever comes. */
    interface Closed {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<Ingress> ingress();

        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Usual.class)
        RateLimits rates();
    }

    /** Most services have no limits, and most requests are tried once. */
    interface Unlimited {
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<LimitRule> limits();

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<RetryRule> retries();
    }

    /** Unless it is switched on. */
    interface Off {
        @JsonInclude(JsonInclude.Include.NON_DEFAULT)
        boolean retries();
    }

    /** Unless one is asked for. */
    interface Absent {
        @JsonInclude(JsonInclude.Include.NON_ABSENT)
        Optional<GatewayCertificate> gateway();
    }

    /** What was seen. */
    interface Quiet extends Closed, Unlimited {}

    /** The same of one that is called. */
    interface Free {
        @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = Usual.class)
        ConnectionLimits limits();
    }

    /** Equal to what need not be said. */
    static final class Usual {
        @Override
        public boolean equals(Object value) {
            return value instanceof Capture.Redirected
                    || ConnectionLimits.NONE.equals(value)
                    || RateLimits.NONE.equals(value);
        }

        @Override
        public int hashCode() {
            return 0;
        }
    }

    private static ObjectMapper telling(ObjectMapper mapper) {
        return mapper.configure(SerializationFeature.FAIL_ON_EMPTY_BEANS, false)
                .addMixIn(PodState.class, Sparing.class)
                .addMixIn(ProxyPlan.class, Sparing.class)
                .addMixIn(ClusterState.class, Quiet.class)
                .addMixIn(MeshModel.class, Unlimited.class)
                .addMixIn(Destination.Allowed.class, Free.class)
                .addMixIn(InboundPort.class, Closed.class)
                .addMixIn(MeshSettings.class, Off.class)
                .addMixIn(MeshSettings.Certificate.class, Absent.class)
                .addMixIn(Authorization.class, Named.class)
                .addMixIn(IngressRule.Source.class, Named.class)
                .addMixIn(Capture.class, Named.class)
                .addMixIn(Destination.Access.class, Named.class)
                .addMixIn(TcpAllowance.class, Named.class)
                .registerModule(new Jdk8Module())
                .registerModule(new SimpleModule()
                        .addSerializer(Duration.class, ToStringSerializer.instance)
                        .addSerializer(Cidr.class, ToStringSerializer.instance));
    }

    /** The value as YAML. */
    public static String yaml(Object value) {
        return written(YAML, value);
    }

    /** Listeners, routes, clusters and endpoints by name, as YAML. */
    public static String yaml(ResourceSet resources) {
        return yaml(tree(resources));
    }

    /** The value as JSON, indented. */
    public static String json(Object value) {
        return written(JSON.copy().enable(SerializationFeature.INDENT_OUTPUT), value);
    }

    /** Listeners, routes, clusters and endpoints by name, each as Envoy writes it in JSON. */
    public static Map<String, Map<String, Object>> tree(ResourceSet resources) {
        Map<String, Map<String, Object>> all = new LinkedHashMap<>();
        for (ResourceType type : SHOWN) {
            Map<String, Object> named = new LinkedHashMap<>();
            resources.of(type).forEach((name, resource) -> named.put(name, tree(resource)));
            all.put(type.name().toLowerCase(Locale.ROOT), named);
        }
        return all;
    }

    private static Object tree(EnvoyResource resource) {
        try {
            return JSON.readValue(ResourceJson.print(resource), LinkedHashMap.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(resource.toString(), e);
        }
    }

    private static String written(ObjectMapper mapper, Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a value that cannot be printed: " + value.getClass(), e);
        }
    }
}
