package io.osmj.cli.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.osmj.cli.session.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @Test
    void readsWhatHelmReads() {
        var values = Values.of(List.of(
                "osm.enableEgress=false,osm.outboundPortExclusionList={50005,6379}",
                "osm.image.tag=1.2",
                "osm.tracing.port=9411",
                "osm.inboundPortExclusionList={}",
                "osm.sidecarImage=a\\,b",
                "osm.image.tag=v7"));

        assertThat(Serialization.unmarshal(values.asYaml(), JsonNode.class))
                .isEqualTo(Serialization.unmarshal("""
                        osm:
                          enableEgress: false
                          outboundPortExclusionList: [50005, 6379]
                          inboundPortExclusionList: []
                          image: {tag: v7}
                          tracing: {port: 9411}
                          sidecarImage: a,b
                        """, JsonNode.class));
    }

    @Test
    void readsItemsOfListsAndDotsInNames() {
        var values = Values.of(List.of(
                "osm.tolerations[1].key=a,osm.tolerations[1].operator=Exists",
                "osm.nodeSelector.kubernetes\\.io/arch=amd64,osm.ports[0]=1,osm.nested[0][1]=x",
                "osm.list={a,b},osm.list[1]=c"));

        assertThat(Serialization.unmarshal(values.asYaml(), JsonNode.class))
                .isEqualTo(Serialization.unmarshal("""
                        osm:
                          tolerations: [null, {key: a, operator: Exists}]
                          nodeSelector: {kubernetes.io/arch: amd64}
                          ports: [1]
                          nested: [[null, x]]
                          list: [a, c]
                        """, JsonNode.class));
    }

    @Test
    void aVersionStaysAWord() {
        assertThat(Values.of(List.of("osm.image.tag=1.2")).asYaml()).contains("\"1.2\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "osm",
                "=1",
                "osm..tag=1",
                "osm.ports[x]=1",
                "osm.ports[0=1",
                "[0]=1",
                "a=1,a.b=2",
                "a=1,a[0]=2",
                "a[0]=1,a.b=2"
            })
    void refusesWhatIsNoValue(String argument) {
        assertThatThrownBy(() -> Values.of(List.of(argument)))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("invalid format for --set: ");
    }
}
