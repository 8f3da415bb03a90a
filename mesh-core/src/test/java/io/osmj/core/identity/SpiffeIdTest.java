package io.osmj.core.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "web, shop, cluster.local, web.shop.cluster.local",
                "1e3, n-1, mesh.example, 1e3.n-1.mesh.example",
                "web, svc, cluster.local, web.svc.cluster.local",
                // would be an account of namespace v1
                "web.v1, shop, cluster.local, -",
                // would be the service web in namespace shop
                "web, shop, svc.cluster.local, -",
                "web, shop, svc, -",
                "web, pods, shop.svc.cluster.local, -",
                "web, shop, prod_1.example, -",
                "web, shop, .example, -"
            })
    void aHostNameIsGivenWhereItCannotBeAnothers(
            String account, String namespace, String domain, @Nullable String name) {
        assertThat(new ServiceAccount(namespace, account)
                        .in(new TrustDomain(domain))
                        .dnsName())
                .isEqualTo(Optional.ofNullable(name));
    }

    @Test
    void aNameThatDnsDoesNotHoldIsNotGiven() {
        assertThat(new ServiceAccount("n".repeat(63), "a".repeat(64)).in(DOMAIN).dnsName())
                .isEmpty();
        assertThat(new ServiceAccount("n".repeat(63), "a".repeat(63))
                        .in(new TrustDomain("t.".repeat(64) + "t"))
                        .dnsName())
                .isEmpty();
    }
}
