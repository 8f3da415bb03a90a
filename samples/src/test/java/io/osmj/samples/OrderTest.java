package io.osmj.samples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderTest {

    @Test
    void readsWhatItWrites() {
        Order order = new Order(123);

        assertThat(Order.parse(order.toMessage())).contains(order);
        assertThat(Order.parse(order.toJson())).contains(order);
    }

    @Test
    void readsNothingThatIsNoNumber() {
        assertThat(Order.parse("{\"orderId\":\"12\"}")).isEmpty();
        assertThat(Order.parse("{\"orderId\":-1}")).isEmpty();
        assertThat(Order.parse("{\"orderId\":1234567890123456789}")).isEmpty();
        assertThat(Order.parse("")).isEmpty();
    }
}
