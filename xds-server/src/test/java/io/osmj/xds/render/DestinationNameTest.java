package io.osmj.xds.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "h|10.0.0.1:80",
                "t|10.0.0.1:3306",
                "h|1.0.0.0:1",
                "t|255.255.255.255:65535",
                "h|126.1.2.3:15000",
                "h|128.0.0.1:15002"
            })
    void isReadAsItIsWritten(String name) {
        assertThat(DestinationName.asked(name)).map(DestinationName::toString).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "h|",
                "10.0.0.1:80",
                "x|10.0.0.1:80",
                "H|10.0.0.1:80",
                "h|10.0.0.1",
                "h|10.0.0.1:",
                "h|10.0.0.1:0",
                "h|10.0.0.1:080",
                "h|10.0.0.1:65536",
                "h|10.0.0.1:4294967376",
                "h|10.0.0.1:-80",
                "h|10.0.0.1:+80",
                "h|10.0.0.1:80 ",
                " h|10.0.0.1:80",
                "h|10.0.0.1:80\n",
                "h|10.0.0.01:80",
                "h|010.0.0.1:80",
                "h|10.0.0.256:80",
                "h|10.0.0:80",
                "h|10.0.0.1.2:80",
                "h|10.0.0.1:80|h",
                "h|0x0a.0.0.1:80",
                "h|١٠.0.0.1:80",
                "h|10.0.0.1:٨٠",
                "h|[fd00::1]:80",
                "h|orders.shop:80",
                "h|http://10.0.0.1:80"
            })
    void nothingElseIsRead(String name) {
        assertThat(DestinationName.asked(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"h|127.0.0.1:80", "t|127.255.255.255:3306", "t|0.0.0.0:80", "t|0.1.2.3:80", "t|10.0.0.1:15001"})
    void whatLeadsBackIntoTheProxyIsRefused(String name) {
        assertThat(DestinationName.asked(name)).isEmpty();
    }
}
