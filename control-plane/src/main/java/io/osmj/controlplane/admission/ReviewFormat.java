package io.osmj.controlplane.admission;

import static java.net.HttpURLConnection.HTTP_BAD_REQUEST;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AdmissionReview of {@code admission.k8s.io/v1} as it comes and goes. */
final class ReviewFormat {
    private static final String VERSION = "admission.k8s.io/v1";
    private static final String KIND = "AdmissionReview";

    /** A pod with its managed fields is about twenty levels deep. */
    private static final int DEEPEST = 100;

    private static final int LONGEST_UID = 128;

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    // Where a fault lies is told by line and column; the text itself may hold what is nobody's
                    // business.
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ReviewFormat() {}

    static Review read(byte[] body) throws MalformedRequestException {
        JsonNode root = parse(body);
        if (!VERSION.equals(root.path("apiVersion").asText())
                || !KIND.equals(root.path("kind").asText())) {
            throw malformed("Expected an " + KIND + " of " + VERSION + ".");
        }
        JsonNode request = root.path("request");
        String uid = request.path("uid").asText();
        if (uid.isEmpty() || uid.length() > LONGEST_UID) {
            throw malformed("Expected a request with a uid.");
        }
        JsonNode kind = request.path("kind");
        return new Review(
                uid,
                kind.path("group").asText(),
                kind.path("kind").asText(),
                request.path("operation").asText(),
                request.path("subResource").asText(),
                request.path("namespace").asText(),
                object(request.path("object")),
                request.path("dryRun").asBoolean(false));
    }

    private static JsonNode parse(byte[] body) throws MalformedRequestException {
        try {
            JsonNode root = JSON.readTree(body);
            if (root instanceof ObjectNode) {
                return root;
            }
            throw malformed("Expected a JSON object.");
        } catch (JsonProcessingException e) {
            throw malformed("The body cannot be read as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed("The body cannot be read.");
        }
    }

    private static @Nullable ObjectNode object(JsonNode node) throws MalformedRequestException {
        if (node instanceof ObjectNode object) {
            return object;
        }
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        throw malformed("The object under review is not a JSON object.");
    }

    static String write(String uid, Decision decision) {
        ObjectNode review = JSON.createObjectNode().put("apiVersion", VERSION).put("kind", KIND);
        ObjectNode response = review.putObject("response").put("uid", uid);
        warn(response, decision.warnings());
        switch (decision) {
            case Decision.Allowed _ -> response.put("allowed", true);
            case Decision.Patched patched -> {
                String patch = Base64.getEncoder()
                        .encodeToString(patched.patch().toString().getBytes(UTF_8));
                response.put("allowed", true).put("patchType", "JSONPatch").put("patch", patch);
            }
            case Decision.Denied denied ->
                response.put("allowed", false)
                        .putObject("status")
                        .put("code", HTTP_FORBIDDEN)
                        .put("reason", "Forbidden")
                        .put("message", denied.message());
        }
        return review.toString();
    }

    private static void warn(ObjectNode response, List<String> warnings) {
        if (!warnings.isEmpty()) {
            warnings.forEach(response.putArray("warnings")::add);
        }
    }

    private static MalformedRequestException malformed(String message) {
        return new MalformedRequestException(HTTP_BAD_REQUEST, message);
    }
}
