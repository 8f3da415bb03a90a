package io.osmj.integration.proxyless;

import io.grpc.CallCredentials;
import io.grpc.ChannelCredentials;
import io.grpc.CompositeChannelCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.xds.XdsCredentialsProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The channel credential {@code osm} of a gRPC bootstrap: TLS to the control plane, and the pod's token with every stream. The
 * gRPC for Java that we test with knows none that sends a token; later ones have {@code jwt_token_file} (gRFC A97).
 */
public final class TokenCredentials extends XdsCredentialsProvider {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    protected String getName() {
        return "osm";
    }

    @Override
    protected ChannelCredentials newChannelCredentials(Map<String, ?> config) {
        return of(file(config, "ca_certificate_file"), file(config, "token_file"));
    }

    private static Path file(Map<String, ?> config, String key) {
        return Path.of((String) Objects.requireNonNull(config.get(key), key));
    }

    static ChannelCredentials of(Path roots, Path token) {
        try {
            return CompositeChannelCredentials.create(
                    TlsChannelCredentials.newBuilder()
                            .trustManager(roots.toFile())
                            .build(),
                    new Bearer(token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isAvailable() {
        return true;
    }

    @Override
    public int priority() {
        return 5;
    }

    /** The file is read for each stream, because the kubelet writes a new token long before the old one ends. */
    private static final class Bearer extends CallCredentials {
        private final Path file;

        Bearer(Path file) {
            this.file = file;
        }

        @Override
        public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
            executor.execute(() -> {
                try {
                    Metadata headers = new Metadata();
                    headers.put(
                            AUTHORIZATION, "Bearer " + Files.readString(file).strip());
                    applier.apply(headers);
                } catch (IOException e) {
                    applier.fail(Status.UNAVAILABLE.withDescription("no token").withCause(e));
                }
            });
        }
    }
}
