package io.osmj.config.read;

import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.Resources;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code spec.sidecar.resources} of MeshConfig. What the API server would refuse in a container is not used: it would refuse each
 * pod that gets a sidecar.
 */
final class ResourcesReader {
    /** How Kubernetes writes quantities; the sign is left out, as resources of containers are not negative. */
    private static final Pattern QUANTITY =
            Pattern.compile("(?<number>\\d+(\\.\\d*)?|\\.\\d+)(?<unit>[numkMGTPE]|[KMGTPE]i|[eE][+-]?\\d{1,2})?");

    private static final List<String> NAMES = List.of("cpu", "memory", "ephemeral-storage");
    private static final String DECIMAL = "num.kMGTPE";
    private static final String BINARY = "KMGTPE";
    private static final int ONE = DECIMAL.indexOf('.');

    private ResourcesReader() {}

    static Resources read(FieldReader resources) {
        FieldReader requested = resources.at("requests");
        Map<String, String> limits = quantities(resources.at("limits"));
        Map<String, String> requests = quantities(requested);
        requests.entrySet().removeIf(request -> {
            String limit = limits.get(request.getKey());
            boolean above = limit != null && amount(request.getValue()).compareTo(amount(limit)) > 0;
            if (above) {
                requested.problem(
                        ProblemCode.M1005,
                        request.getKey(),
                        request.getValue() + " is more than the limit of " + limit + ", which no pod may ask for.",
                        "at most " + limit);
            }
            return above;
        });
        return new Resources(requests, limits);
    }

    private static Map<String, String> quantities(FieldReader resources) {
        Map<String, String> quantities = new TreeMap<>();
        resources.node().properties().forEach(entry -> {
            String text = entry.getValue().asText();
            if (!NAMES.contains(entry.getKey())) {
                resources.note(
                        ProblemCode.M1005,
                        entry.getKey(),
                        "'" + entry.getKey() + "' is no resource of a sidecar.",
                        "Write " + String.join(", ", NAMES) + " there and nothing else.");
            } else if (QUANTITY.matcher(text).matches()) {
                quantities.put(entry.getKey(), text);
            } else {
                resources.problem(
                        ProblemCode.M1005,
                        entry.getKey(),
                        "'" + text + "' is not a quantity.",
                        "a quantity such as 100m or 64Mi");
            }
        });
        return quantities;
    }

    private static BigDecimal amount(String quantity) {
        Matcher parts = QUANTITY.matcher(quantity);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a quantity: " + quantity);
        }
        BigDecimal number = new BigDecimal(parts.group("number"));
        String unit = parts.group("unit");
        if (unit == null) {
            return number;
        }
        if (unit.endsWith("i")) {
            return number.multiply(BigDecimal.valueOf(1024).pow(BINARY.indexOf(unit.charAt(0)) + 1));
        }
        return unit.length() > 1
                ? number.scaleByPowerOfTen(Integer.parseInt(unit.substring(1)))
                : number.scaleByPowerOfTen(3 * (DECIMAL.indexOf(unit) - ONE));
    }
}
