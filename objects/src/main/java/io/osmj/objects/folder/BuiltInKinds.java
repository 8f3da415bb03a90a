package io.osmj.objects.folder;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import java.io.IOException;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kubernetes' own kinds that are read, by the model classes of the Kubernetes client. */
final class BuiltInKinds {
    /** By {@code apiVersion kind}. */
    private static final Map<String, Class<?>> TYPES = Map.of(
            "v1 Namespace", Namespace.class,
            "v1 ServiceAccount", ServiceAccount.class,
            "v1 Service", Service.class,
            "v1 Pod", Pod.class,
            "apps/v1 Deployment", Deployment.class,
            "apps/v1 StatefulSet", StatefulSet.class,
            "apps/v1 DaemonSet", DaemonSet.class,
            "apps/v1 ReplicaSet", ReplicaSet.class,
            "discovery.k8s.io/v1 EndpointSlice", EndpointSlice.class);

    private BuiltInKinds() {}

    /**
     * What is wrong with an object.
     *
     * @param misfits fields by their path whose value is not of the right type, with what is wrong
     * @param unknown paths of fields that this version of the client has not heard of
     */
    record Findings(Map<String, String> misfits, List<String> unknown) {}

    static boolean reads(SourceObject object) {
        return TYPES.containsKey(key(object));
    }

    static Findings check(SourceObject object) {
        List<String> unknown = new ArrayList<>();
        ObjectMapper mapper = new ObjectMapper().setAnnotationIntrospector(new WithoutAnySetter());
        mapper.addHandler(new Collector(unknown));
        try {
            mapper.treeToValue(object.tree(), TYPES.get(key(object)));
            return new Findings(Map.of(), unknown);
        } catch (JsonMappingException e) {
            return new Findings(Map.of(path(e), reason(e)), unknown);
        } catch (JsonProcessingException e) {
            return new Findings(Map.of("", e.getOriginalMessage()), unknown);
        }
    }

    /** An object that was checked, as the client's model. */
    static <T> T typed(JsonNode tree, Class<T> type) {
        try {
            return Mapper.PLAIN.treeToValue(tree, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an object that was checked and yet does not fit " + type, e);
        }
    }

    private static final class Mapper {
        static final ObjectMapper PLAIN = new ObjectMapper();
    }

    private static String key(SourceObject object) {
        return object.apiVersion() + " " + object.kind();
    }

    private static String path(JsonMappingException e) {
        String path = "";
        for (JsonMappingException.Reference step : e.getPath()) {
            path = step.getFieldName() == null
                    ? path + "[" + step.getIndex() + "]"
                    : Place.field(path, step.getFieldName());
        }
        return path;
    }

    /** Jackson's message names Java classes; what a user can do with it is the first half. */
    private static String reason(JsonMappingException e) {
        String message = e.getOriginalMessage();
        return message.startsWith("Cannot deserialize") || message.startsWith("Cannot construct")
                ? "The value is not of the type that the field has."
                : message;
    }

    /** The model keeps unknown fields for clients that pass them on; here they are to be noticed. */
    private static final class WithoutAnySetter extends JacksonAnnotationIntrospector {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public Boolean hasAnySetter(com.fasterxml.jackson.databind.introspect.Annotated annotated) {
            return annotated instanceof AnnotatedMember ? Boolean.FALSE : super.hasAnySetter(annotated);
        }
    }

    private static final class Collector extends DeserializationProblemHandler {
        private final List<String> unknown;

        Collector(List<String> unknown) {
            this.unknown = unknown;
        }

        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String name)
                throws IOException {
            unknown.add(Pointers.path(parser.getParsingContext().pathAsPointer().toString()));
            parser.skipChildren();
            return true;
        }
    }
}
