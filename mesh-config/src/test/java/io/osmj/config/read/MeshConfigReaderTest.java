package io.osmj.config.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.osmj.core.intercept.Cidr;
import io.osmj.core.problem.Outcome;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import io.osmj.core.settings.AccessLog;
import io.osmj.core.settings.GatewayCertificate;
import io.osmj.core.settings.MeshSettings;
import io.osmj.core.settings.SidecarSettings;
import io.osmj.core.settings.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeshConfigReaderTest {
    private static Outcome<MeshSettings> read(String spec) {
        try {
            return MeshConfigReader.read(new ObjectMapper().readTree("""
                    {"metadata": {"namespace": "osm-system", "name": "osm-mesh-config"}, "spec": %s}""".formatted(spec)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anEmptySpecDeniesAndUsesOsmDefaults() {
        Outcome<MeshSettings> read = read("{}");

        assertThat(read.problems()).isEmpty();
        assertThat(read.value()).isEqualTo(MeshSettings.WITHOUT_MESH_CONFIG);
    }

    @Test
    void theWalkthroughsListsAreRead() {
        Outcome<MeshSettings> read = read("""
                {"traffic": {"enablePermissiveTrafficPolicyMode": true,
                  "outboundPortExclusionList": [50005, 8201, 6379, 6379],
                  "outboundIPRangeExclusionList": ["10.0.0.1/32"]}}""");

        MeshSettings.Traffic traffic = read.value().traffic();
        assertThat(read.problems()).isEmpty();
        assertThat(traffic.permissive()).isTrue();
        assertThat(traffic.interception().outboundPorts()).containsExactly(6379, 8201, 50005);
        assertThat(traffic.interception().outboundExclusions()).containsExactly(new Cidr(0x0a000001, 32));
    }

    @Test
    void eachBadItemIsNamedAndTheGoodOnesHold() {
        Outcome<MeshSettings> read = read("""
                {"traffic": {
                  "outboundPortExclusionList": [70000, 80, "x"],
                  "outboundIPRangeExclusionList": ["10.0.0.1/33", "300.1.1.1/8", "10.0.0.0/8"],
                  "networkInterfaceExclusionList": ["eth0", "$(id)", "a-name-of-16-chr"]}}""");

        assertThat(read.value().traffic().interception().outboundPorts()).containsExactly(80);
        assertThat(read.value().traffic().interception().outboundExclusions())
                .extracting(Cidr::toString)
                .containsExactly("10.0.0.0/8");
        assertThat(read.value().traffic().interception().interfaces()).containsExactly("eth0");
        assertThat(read.problems())
                .extracting(Problem::field)
                .containsExactly(
                        "spec.traffic.networkInterfaceExclusionList[1]",
                        "spec.traffic.networkInterfaceExclusionList[2]",
                        "spec.traffic.outboundIPRangeExclusionList[0]",
                        "spec.traffic.outboundIPRangeExclusionList[1]",
                        "spec.traffic.outboundPortExclusionList[0]",
                        "spec.traffic.outboundPortExclusionList[2]");
        assertThat(read.problems().getLast())
                .hasToString("M1002 MeshConfig osm-system/osm-mesh-config"
                        + " spec.traffic.outboundPortExclusionList[2]: 'x' is not a port from 1 to 65535."
                        + " Write a port from 1 to 65535 there.");
    }

    @Test
    void sidecarSettingsAreRead() {
        var sidecar = read("""
                {"sidecar": {"logLevel": "debug", "localProxyMode": "PodIP", "tlsMinProtocolVersion": "TLSv1_3",
                  "resources": {"requests": {"cpu": "10m"}, "limits": {"memory": "64Mi"}}}}""").value().sidecar();

        assertThat(sidecar.logLevel()).isEqualTo("debug");
        assertThat(sidecar.podIpMode()).isTrue();
        assertThat(sidecar.tls().minimum()).isEqualTo(TlsVersion.TLSv1_3);
        assertThat(sidecar.resources().requests()).containsEntry("cpu", "10m");
        assertThat(sidecar.resources().limits()).containsEntry("memory", "64Mi");
    }

    @Test
    void whatProxiesWouldRefuseOrFailByIsReportedAndNotUsed() {
        Outcome<MeshSettings> read = read("""
                {"sidecar": {"tlsMinProtocolVersion": "TLSv1_3", "tlsMaxProtocolVersion": "TLSv1_2",
                  "cipherSuites": ["ECDHE-ECDSA-AES128-GCM-SHA256", "bogus"], "ecdhCurves": ["P-257", "P-256"],
                  "resources": {"requests": {"cpu": "10m"}, "limits": {"memory": "lots", "cpu": 1}}}}""");

        var sidecar = read.value().sidecar();
        assertThat(sidecar.tls())
                .isEqualTo(new SidecarSettings.Tls(
                        TlsVersion.TLSv1_3,
                        TlsVersion.TLSv1_3,
                        List.of("ECDHE-ECDSA-AES128-GCM-SHA256"),
                        List.of("P-256")));
        assertThat(sidecar.resources().limits()).isEqualTo(Map.of("cpu", "1"));
        assertThat(read.problems())
                .extracting(Problem::field)
                .containsExactlyInAnyOrder(
                        "spec.sidecar.resources.limits.memory",
                        "spec.sidecar.tlsMaxProtocolVersion",
                        "spec.sidecar.cipherSuites[1]",
                        "spec.sidecar.ecdhCurves[0]");
    }

    @Test
    void imagesThatAreNoneAndFewerConnectionsThanNoneAreReportedAndNotUsed() {
        Outcome<MeshSettings> read = read("""
                {"sidecar": {"envoyImage": "not an image!", "initContainerImage": "registry.example:5000/init@sha256:0a1b",
                  "maxDataPlaneConnections": -1}}""");

        var sidecar = read.value().sidecar();
        assertThat(sidecar.envoyImage()).isEmpty();
        assertThat(sidecar.initContainerImage()).isEqualTo("registry.example:5000/init@sha256:0a1b");
        assertThat(sidecar.maxDataPlaneConnections()).isZero();
        assertThat(read.problems())
                .extracting(Problem::code, Problem::field)
                .containsExactlyInAnyOrder(
                        tuple(ProblemCode.M1005, "spec.sidecar.envoyImage"),
                        tuple(ProblemCode.M1005, "spec.sidecar.maxDataPlaneConnections"));
    }

    @Test
    void anAccessLogThatIsNoneOfThoseOfferedIsReportedAndEachRequestLogged() {
        assertThat(read("{\"observability\": {\"accessLog\": \"Failures\"}}")
                        .value()
                        .observability()
                        .accessLog())
                .isEqualTo(AccessLog.FAILURES);

        Outcome<MeshSettings> read = read("{\"observability\": {\"accessLog\": \"none\"}}");

        assertThat(read.value().observability().accessLog()).isEqualTo(AccessLog.ALL);
        assertThat(read.problems())
                .extracting(Problem::code, Problem::field)
                .containsExactly(tuple(ProblemCode.M1005, "spec.observability.accessLog"));
    }

    @ParameterizedTest
    @CsvSource({"TLS_AUTO,TLS_AUTO", "TLSv1_2,TLSv1_2", "TLSv1_0,TLSv1_1", "TLSv1_3,TLS_AUTO", "TLS_AUTO,TLSv1_2"})
    void versionsThatMeetAreNoProblem(String minimum, String maximum) {
        var read = read("{\"sidecar\": {\"tlsMinProtocolVersion\": \"%s\", \"tlsMaxProtocolVersion\": \"%s\"}}"
                .formatted(minimum, maximum));

        assertThat(read.problems()).isEmpty();
        assertThat(read.value().sidecar().tls().maximum()).hasToString(maximum);
    }

    @ParameterizedTest
    @CsvSource({"24h,PT24H", "1h30m,PT1H30M", "90s,PT1M30S", "5s,PT1M", "1.5h,PT1H30M"})
    void validityIsAGoDurationOfAtLeastAMinute(String text, Duration expected) {
        assertThat(read("{\"certificate\": {\"serviceCertValidityDuration\": \"%s\"}}".formatted(text))
                        .value()
                        .certificate()
                        .validity())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "24", "-1h", "0", "1d"})
    void aValidityThatIsNoneIsReported(String text) {
        Outcome<MeshSettings> read =
                read("{\"certificate\": {\"serviceCertValidityDuration\": \"%s\"}}".formatted(text));

        assertThat(read.problems()).extracting(Problem::code).containsExactly(ProblemCode.M1004);
        assertThat(read.value().certificate().validity()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void theCertificateOfAGatewayIsForTheFirstOfItsNames() {
        var read = read("""
                {"certificate": {"ingressGateway": {
                  "subjectAltNames": ["nginx.ingress.cluster.local", "other.ingress.cluster.local"],
                  "validityDuration": "30s", "secret": {"name": "client", "namespace": "ingress"}}}}""");

        assertThat(read.problems()).isEmpty();
        assertThat(read.value().certificate().gateway())
                .contains(new GatewayCertificate(
                        "nginx.ingress.cluster.local", Duration.ofMinutes(1), "ingress", "client"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"secret\": {\"name\": \"a\", \"namespace\": \"b\"}} | subjectAltNames",
                "{\"subjectAltNames\": [\"x\"], \"secret\": {\"name\": \"A_\", \"namespace\": \"b\"}} | secret.name",
                "{\"subjectAltNames\": [\"x\"], \"secret\": {\"name\": \"a\"}} | secret.namespace"
            })
    void halfADescriptionOfItKeepsNone(String gateway, String field) {
        var read = read("{\"certificate\": {\"ingressGateway\": " + gateway + "}}");

        assertThat(read.problems())
                .extracting(Problem::field)
                .containsExactly("spec.certificate.ingressGateway." + field);
        assertThat(read.value().certificate().gateway()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "memory,64Mi,32Mi,false",
        "memory,64Mi,64Mi,true",
        "memory,67108864,64Mi,true",
        "memory,65M,64Mi,true",
        "memory,68M,64Mi,false",
        "memory,1e3,1k,true",
        "memory,1e3,999,false",
        "cpu,100m,0.1,true",
        "cpu,.2,100m,false",
        "cpu,1,1000000u,true"
    })
    void aSidecarRequestsNoMoreThanItsLimit(String name, String request, String limit, boolean fits) {
        var read = read("""
                {"sidecar": {"resources": {"requests": {"%1$s": "%2$s"}, "limits": {"%1$s": "%3$s"}}}}""".formatted(name, request, limit));

        assertThat(read.value().sidecar().resources().limits()).containsEntry(name, limit);
        assertThat(read.value().sidecar().resources().requests().containsKey(name))
                .isEqualTo(fits);
        assertThat(read.problems().stream().map(Problem::field).toList())
                .isEqualTo(fits ? List.of() : List.of("spec.sidecar.resources.requests." + name));
    }

    @Test
    void whatNoContainerMayAskForIsNotUsed() {
        var read = read("{\"sidecar\": {\"resources\": {\"limits\": {\"bananas\": \"3\", \"cpu\": \"1\"}}}}");

        assertThat(read.value().sidecar().resources().limits()).containsExactly(Map.entry("cpu", "1"));
        assertThat(read.problems()).extracting(Problem::field).containsExactly("spec.sidecar.resources.limits.bananas");
    }
}
