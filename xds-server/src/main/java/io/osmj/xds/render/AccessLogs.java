package io.osmj.xds.render;

import com.google.protobuf.Any;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLog;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.AndFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ComparisonFilter;
import io.envoyproxy.envoy.config.accesslog.v3.GrpcStatusFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.accesslog.v3.OrFilter;
import io.envoyproxy.envoy.config.accesslog.v3.ResponseFlagFilter;
import io.envoyproxy.envoy.config.accesslog.v3.StatusCodeFilter;
import io.envoyproxy.envoy.config.core.v3.RuntimeUInt32;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;

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

    /** The log of a proxy: one, or none. */
    static List<AccessLog> of(io.osmj.core.settings.AccessLog which) {
        return switch (which) {
            case ALL -> List.of(json().build());
            case FAILURES -> List.of(json().setFilter(failures()).build());
            case NONE -> List.of();
        };
    }

    private static AccessLog.Builder json() {
        Struct.Builder fields = Struct.newBuilder();
        for (String[] field : FIELDS) {
            fields.putFields(
                    field[0], Value.newBuilder().setStringValue(field[1]).build());
        }
        StdoutAccessLog log = StdoutAccessLog.newBuilder()
                .setLogFormat(SubstitutionFormatString.newBuilder().setJsonFormat(fields))
                .build();
        return AccessLog.newBuilder().setName("envoy.access_loggers.stdout").setTypedConfig(Any.pack(log));
    }

    private static AccessLogFilter failures() {
        return AccessLogFilter.newBuilder()
                .setOrFilter(OrFilter.newBuilder()
                        .addFilters(status())
                        .addFilters(AccessLogFilter.newBuilder()
                                .setResponseFlagFilter(ResponseFlagFilter.getDefaultInstance()))
                        .addFilters(grpc()))
                .build();
    }

    private static AccessLogFilter.Builder status() {
        return AccessLogFilter.newBuilder()
                .setStatusCodeFilter(StatusCodeFilter.newBuilder()
                        .setComparison(ComparisonFilter.newBuilder()
                                .setOp(ComparisonFilter.Op.GE)
                                // A value that an operator may change at run time has to have a name; nobody reads this
                                // one.
                                .setValue(RuntimeUInt32.newBuilder()
                                        .setDefaultValue(400)
                                        .setRuntimeKey("access_log.failures"))));
    }

    /** gRPC says what went wrong in its trailers, with status 200. Of another answer there is no such status. */
    private static AccessLogFilter.Builder grpc() {
        AccessLogFilter.Builder asked = AccessLogFilter.newBuilder()
                .setHeaderFilter(HeaderFilter.newBuilder()
                        .setHeader(HeaderMatcher.newBuilder()
                                .setName("content-type")
                                .setStringMatch(StringMatcher.newBuilder().setPrefix("application/grpc"))));
        AccessLogFilter.Builder notWell = AccessLogFilter.newBuilder()
                .setGrpcStatusFilter(
                        GrpcStatusFilter.newBuilder().setExclude(true).addStatuses(GrpcStatusFilter.Status.OK));
        return AccessLogFilter.newBuilder()
                .setAndFilter(AndFilter.newBuilder().addFilters(asked).addFilters(notWell));
    }
}
