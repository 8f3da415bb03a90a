package io.osmj.smi.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.policy.HttpMatch;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads HTTPRouteGroups. A match that cannot be used is left out and reported; the others hold. */
public final class HttpRouteGroupReader {
    /** RFC 9110, section 5.1. */
    private static final Pattern HEADER_NAME = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,256}");

    private final JsonNode matches;
    private final Faults faults;

    private HttpRouteGroupReader(JsonNode object) {
        this.matches = object.path("spec").path("matches");
        this.faults = new Faults("HTTPRouteGroup", object);
    }

    /** The group with the matches that can be used. */
    public static Outcome<HttpRouteGroup> read(JsonNode object) {
        HttpRouteGroupReader reader = new HttpRouteGroupReader(object);
        HttpRouteGroup group = reader.group();
        return new Outcome<>(group, reader.faults.problems());
    }

    private HttpRouteGroup group() {
        Map<String, HttpMatch> usable = new TreeMap<>();
        for (int index = 0; index < matches.size(); index++) {
            String field = "spec.matches[" + index + "]";
            String name = matches.get(index).path("name").asText("");
            if (name.isEmpty() || usable.containsKey(name)) {
                faults.add(
                        ProblemCode.M2010,
                        field + ".name",
                        name.isEmpty() ? "The match has no name." : "The name '" + name + "' stands twice.",
                        "Give each match a name of its own.");
                continue;
            }
            match(matches.get(index), field).ifPresent(match -> usable.put(name, match));
        }
        return new HttpRouteGroup(faults.ref(), usable);
    }

    /** OSM's rule: what is not given is not asked for, so a match with only a name is every request. */
    private Optional<HttpMatch> match(JsonNode match, String field) {
        String path = match.path("pathRegex").asText("");
        boolean usable = usable(path, field + ".pathRegex");
        Map<String, String> headers = headers(match.path("headers"));
        for (Map.Entry<String, String> header : headers.entrySet()) {
            String headerField = field + ".headers[" + header.getKey() + "]";
            usable &= named(header.getKey(), headerField);
            // By itself too: one with a parenthesis too many could be whole again within another.
            usable &= usable(header.getValue(), headerField)
                    && usable(HttpMatch.whole(header.getKey(), header.getValue()), headerField);
        }
        return usable
                ? Optional.of(new HttpMatch(path.equals(".*") ? "" : path, methods(match), headers))
                : Optional.empty();
    }

    private static List<String> methods(JsonNode match) {
        List<String> methods = new ArrayList<>();
        match.path("methods").forEach(method -> methods.add(method.asText().toUpperCase(Locale.ROOT)));
        return methods.contains("*") ? List.of() : methods;
    }

    /** The CRD writes headers as a list of maps; older tutorials write one map. Both are read. */
    private static Map<String, String> headers(JsonNode headers) {
        Map<String, String> byName = new TreeMap<>();
        Iterable<JsonNode> maps = headers.isArray() ? headers : List.of(headers);
        for (JsonNode map : maps) {
            map.properties()
                    .forEach(entry -> byName.put(
                            entry.getKey().toLowerCase(Locale.ROOT),
                            entry.getValue().asText()));
        }
        return byName;
    }

    /** Envoy refuses a whole route table for one header name that HTTP does not allow. */
    private boolean named(String header, String field) {
        boolean token = HEADER_NAME.matcher(header).matches();
        if (!token) {
            faults.add(
                    ProblemCode.M1005,
                    field,
                    "'" + Faults.abbreviated(header) + "' is not the name of an HTTP header.",
                    "Use letters, digits and dashes.");
        }
        return token;
    }

    private boolean usable(String regex, String field) {
        Optional<String> fault = Regex.fault(regex);
        fault.ifPresent(reason -> faults.add(ProblemCode.M2008, field, reason, Regex.REMEDY));
        return fault.isEmpty();
    }
}
