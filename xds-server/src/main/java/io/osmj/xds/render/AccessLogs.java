package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;

/** The access log: one JSON object a request on standard output, with OSM's keys. */
final class AccessLogs {
    private static final String[][] FIELDS = {
        {"authority", "%REQ(:AUTHORITY)%"},
        {"bytes_received", "%BYTES_RECEIVED%"},
        {"bytes_sent", "%BYTES_SENT%"},
        {"duration", "%DURATION%"},
        {"method", "%REQ(:METHOD)%"},
        {"path", "%REQ(:PATH)%"},
        {"peer", "%DOWNSTREAM_PEER_URI_SAN%"},
        {"protocol", "%PROTOCOL%"},
        {"request_id", "%REQ(X-REQUEST-ID)%"},
        {"requested_server_name", "%REQUESTED_SERVER_NAME%"},
        {"response_code", "%RESPONSE_CODE%"},
        {"response_code_details", "%RESPONSE_CODE_DETAILS%"},
        {"response_flags", "%RESPONSE_FLAGS%"},
        {"start_time", "%START_TIME%"},
        {"time_to_first_byte", "%RESPONSE_DURATION%"},
        {"upstream_cluster", "%UPSTREAM_CLUSTER%"},
        {"upstream_host", "%UPSTREAM_HOST%"},
        // From the end of the request to the first byte of the answer. OSM reads a header for it that our routers do
        // not add.
        {"upstream_service_time", "%COMMON_DURATION(US_TX_END:US_RX_BEG:ms)%"},
        {"user_agent", "%REQ(USER-AGENT)%"},
        {"x_forwarded_for", "%REQ(X-FORWARDED-FOR)%"},
    };

    private AccessLogs() {}

    static AccessLog json() {
        Struct.Builder fields = Struct.newBuilder();
        for (String[] field : FIELDS) {
            fields.putFields(
                    field[0], Value.newBuilder().setStringValue(field[1]).build());
        }
        StdoutAccessLog log = StdoutAccessLog.newBuilder()
                .setLogFormat(SubstitutionFormatString.newBuilder().setJsonFormat(fields))
                .build();
        return AccessLog.newBuilder()
                .setName("envoy.access_loggers.stdout")
                .setTypedConfig(Any.pack(log))
                .build();
    }
}
