package io.osmj.config.read;

import com.fasterxml.jackson.databind.JsonNode;
import io.osmj.core.policy.RequestLimit;
import io.osmj.core.problem.ProblemCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads what a request that is too many is answered. Whatever Envoy would refuse is refused here. */
final class RefusalReader {
    private static final String STATUS = "responseStatusCode";
    private static final String HEADERS = "responseHeadersToAdd";
    private static final int TOO_MANY_REQUESTS = 429;

    /** Envoy takes no more. */
    private static final int MOST_HEADERS = 10;

    /** RFC 9110, section 5.1. Envoy lets nobody set {@code host}. */
    private static final Pattern HEADER_NAME = Pattern.compile("(?!(?i:host)$)[A-Za-z0-9!#$%&'*+.^_`|~-]{1,256}");

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x{80}-\\x{10ffff}]{1,4096}");

    /** Those at which Envoy knows a status by name ({@code envoy.type.v3.StatusCode}); it refuses all others. */
    private static final Set<Integer> STATUSES = statuses();

    private static Set<Integer> statuses() {
        TreeSet<Integer> statuses = new TreeSet<>(Set.of(421, 422, 423, 424, 426, 428, 429, 431, 510, 511));
        Stream.of(IntStream.rangeClosed(400, 417), IntStream.rangeClosed(500, 508))
                .forEach(range -> range.forEach(statuses::add));
        return statuses;
    }

    private RefusalReader() {}

    /** As OSM has it, 0 is as good as nothing. */
    static int status(FieldReader http) {
        int status = http.number(STATUS, 0);
        if (status != 0 && !STATUSES.contains(status)) {
            http.note(
                    ProblemCode.M1005,
                    STATUS,
                    "Invalid responseStatusCode " + status + ".",
                    "Use a status of HTTP from 400 on that Envoy knows, such as 429 or 503.");
        }
        return status == 0 ? TOO_MANY_REQUESTS : status;
    }

    static List<RequestLimit.Header> headers(FieldReader http) {
        List<RequestLimit.Header> headers = new ArrayList<>();
        for (FieldReader item : http.items(HEADERS)) {
            JsonNode header = item.node();
            String name = header.path("name").asText("");
            String value = header.path("value").asText("");
            if (!HEADER_NAME.matcher(name).matches()) {
                item.problem(
                        ProblemCode.M1005,
                        "name",
                        "'" + name + "' is not the name of a header that an answer can have.",
                        "letters, digits and dashes");
            }
            if (!HEADER_VALUE.matcher(value).matches()) {
                item.problem(
                        ProblemCode.M1005, "value", "That is not the value of a header.", "a line of printable text");
            }
            headers.add(new RequestLimit.Header(name, value));
        }
        if (headers.size() > MOST_HEADERS) {
            http.problem(
                    ProblemCode.M1005,
                    HEADERS,
                    headers.size() + " headers are more than Envoy takes.",
                    MOST_HEADERS + " at most");
        }
        return headers;
    }
}
