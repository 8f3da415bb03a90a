package io.osmj.core.settings;

/** TLS versions by the names MeshConfig uses, which are Envoy's. */
public enum TlsVersion {
    TLS_AUTO,
    TLSv1_0,
    TLSv1_1,
    TLSv1_2,
    TLSv1_3
}
