package io.osmj.samples;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One order.
 *
 * @param id the number its sender counts up from 1; never negative
 */
record Order(long id) {

    // Eighteen digits always fit into a long. One field is all that is read, so a JSON library would be the larger
    // part.
    private static final Pattern ID = Pattern.compile("\"orderId\"\\s*:\\s*(\\d{1,18})\\s*[,}]");

    Order {
        if (id < 0) {
            throw new IllegalArgumentException("an order has no negative number: " + id);
        }
    }

    /** Reads the order out of a sent message or out of the kept state; empty if there is no {@code orderId} in it. */
    static Optional<Order> parse(String json) {
        Matcher found = ID.matcher(json);
        return found.find() ? Optional.of(new Order(Long.parseLong(found.group(1)))) : Optional.empty();
    }

    /** The order as it is kept and shown. */
    String toJson() {
        return "{\"orderId\":" + id + "}";
    }

    /** The order as it is sent. */
    String toMessage() {
        return "{\"data\":" + toJson() + "}";
    }
}
