package io.osmj.core.policy;

import java.util.List;

/**
 * How many requests a port takes, and what the others are answered.
 *
 * @param pathRegex RE2 expression that must match the whole path without query; empty means all requests that no other limit of
 *     the port is for
 * @param rate how many
 * @param status the status of the answer to one that is too many
 * @param headers headers of that answer
 */
public record RequestLimit(String pathRegex, Rate rate, int status, List<Header> headers) {
    public RequestLimit {
        headers = List.copyOf(headers);
    }

    /**
     * A header of an answer.
     *
     * @param name its name
     * @param value its value, as it is sent
     */
    public record Header(String name, String value) {}
}
