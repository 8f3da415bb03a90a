package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.osmj.core.intercept.Capture;

/** Where listeners listen, and how they learn where a connection was going. */
final class Listening {
    private Listening() {}

    /** In a pod's own network everywhere; in a network that is shared on the pod's loopback address alone. */
    static Address address(Capture capture, int port) {
        return switch (capture) {
            case Capture.Redirected _ -> Proto.address("0.0.0.0", port);
            case Capture.Loopback loopback -> Proto.address(loopback.pod(), port);
        };
    }

    /** How the address that the application dialled is found out: from the kernel, or by the application's own word. */
    static ListenerFilter dialled(Capture capture) {
        return switch (capture) {
            case Capture.Redirected _ -> originalDestination();
            case Capture.Loopback _ ->
                filter("envoy.filters.listener.proxy_protocol", ProxyProtocol.getDefaultInstance());
        };
    }

    static ListenerFilter originalDestination() {
        return filter("envoy.filters.listener.original_dst", OriginalDst.getDefaultInstance());
    }

    static ListenerFilter filter(String name, Message config) {
        return ListenerFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }
}
