package io.osmj.controlplane.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * An answer to a GET.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body text
 */
public record Answer(int status, String contentType, String body) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLAIN = "text/plain; charset=utf-8";

    /** Plain text. */
    public static Answer text(int status, String body) {
        return new Answer(status, PLAIN, body);
    }

    /** Text in the format that Prometheus reads, version 0.0.4. */
    public static Answer metrics(String body) {
        return new Answer(200, "text/plain; version=0.0.4; charset=utf-8", body);
    }

    /** Any value that Jackson can write. */
    public static Answer json(Object value) {
        try {
            return new Answer(200, "application/json", JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
        }
    }
}
