package io.osmj.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {
    private static final TrustDomain DOMAIN = new TrustDomain("mesh.example");

    @ParameterizedTest
    @CsvSource({
        "nginx.ingress.mesh.example, ingress, nginx",
        "nginx.v1.ingress.mesh.example, ingress, nginx.v1",
        "mesh.example.mesh.example, example, mesh",
        "spiffe://mesh.example/ns/ingress/sa/nginx.v1, ingress, nginx.v1"
    })
    void aPrincipalIsAnAccount(String name, String namespace, String account) {
        assertThat(SpiffeId.ofPrincipal(name, DOMAIN)).contains(new ServiceAccount(namespace, account).in(DOMAIN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "nginx.mesh.example",
                "nginx.ingress",
                "nginx.ingress.cluster.local",
                "nginx.ingress.meshxexample",
                "Nginx.ingress.mesh.example",
                "spiffe://cluster.local/ns/ingress/sa/nginx",
                "spiffe://mesh.example/ingress/nginx",
                "spiffe://mesh.example/ns/ingress/sa/",
                "spiffe://mesh.example/ns/ingress/sa/a/b",
                "spiffe://mesh.example/ns/a/ns/ingress/sa/nginx"
            })
    void anythingElseIsNobody(String name) {
        assertThat(SpiffeId.ofPrincipal(name, DOMAIN)).isEmpty();
    }
}
