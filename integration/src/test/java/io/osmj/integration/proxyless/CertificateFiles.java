package io.osmj.integration.proxyless;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.osmj.xds.resource.ResourceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;

/**
 * Writes the pod's certificate, key and roots to where gRPC's {@code file_watcher} looks, and again whenever they are new: gRPC
 * does not ask for secrets itself. It speaks the state-of-the-world protocol, as gRPC does.
 */
final class CertificateFiles {
    private final Path folder;

    private CertificateFiles(Path folder) {
        this.folder = folder;
    }

    /** Arguments: address of the control plane, file of its roots, file of the token, folder to write to. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        CertificateFiles files = new CertificateFiles(Files.createDirectories(Path.of(arguments[3])));
        while (true) {
            ManagedChannel channel = Grpc.newChannelBuilder(
                            arguments[0], TokenCredentials.of(Path.of(arguments[1]), Path.of(arguments[2])))
                    .build();
            files.follow(channel);
            channel.shutdownNow();
            Thread.sleep(1_000);
        }
    }

    /** Until the stream ends. */
    private void follow(ManagedChannel channel) throws InterruptedException, IOException {
        TransferQueue<Optional<DiscoveryResponse>> responses = new LinkedTransferQueue<>();
        StreamObserver<DiscoveryRequest> requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .streamAggregatedResources(new StreamObserver<>() {
                    @Override
                    public void onNext(DiscoveryResponse response) {
                        responses.add(Optional.of(response));
                    }

                    @Override
                    public void onError(Throwable fault) {
                        System.out.println(fault);
                        responses.add(Optional.empty());
                    }

                    @Override
                    public void onCompleted() {
                        responses.add(Optional.empty());
                    }
                });
        requests.onNext(request(""));
        for (var next = responses.take(); next.isPresent(); next = responses.take()) {
            for (Any resource : next.get().getResourcesList()) {
                write(secret(resource));
            }
            requests.onNext(request(next.get().getNonce()));
        }
    }

    private static DiscoveryRequest request(String nonce) {
        return DiscoveryRequest.newBuilder()
                .setNode(Node.newBuilder().setId("certificate-files"))
                .setTypeUrl(ResourceType.SECRET.typeUrl())
                .addAllResourceNames(List.of("service-cert", "root-cert"))
                .setResponseNonce(nonce)
                .build();
    }

    private static Secret secret(Any resource) {
        try {
            return Secret.parseFrom(resource.getValue());
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(Secret secret) throws IOException {
        if (secret.hasTlsCertificate()) {
            write("key.pem", secret.getTlsCertificate().getPrivateKey().getInlineBytes());
            write("cert.pem", secret.getTlsCertificate().getCertificateChain().getInlineBytes());
        } else {
            write("ca.pem", secret.getValidationContext().getTrustedCa().getInlineBytes());
        }
    }

    /** Who reads while it is written sees the old file or the new one. */
    private void write(String name, ByteString content) throws IOException {
        Path fresh = Files.createTempFile(folder, "", ".tmp");
        Files.write(fresh, content.toByteArray());
        Files.move(fresh, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
}
