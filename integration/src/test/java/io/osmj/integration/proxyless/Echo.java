package io.osmj.integration.proxyless;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The application behind the sidecar: a gRPC server on loopback that knows nothing of TLS or of the mesh. */
final class Echo {
    static final String SAY = "shop.Echo/Say";
    static final String HIDE = "shop.Echo/Hide";

    private Echo() {}

    /** Argument: the port. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Server server = NettyServerBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])),
                        InsecureServerCredentials.create())
                .addService(ServerServiceDefinition.builder("shop.Echo")
                        .addMethod(method(SAY), ServerCalls.asyncUnaryCall((text, answers) -> {
                            answers.onNext("echo:" + text);
                            answers.onCompleted();
                        }))
                        .addMethod(method(HIDE), ServerCalls.asyncUnaryCall((_, answers) -> {
                            answers.onNext("hidden");
                            answers.onCompleted();
                        }))
                        .build())
                .build()
                .start();
        server.awaitTermination();
    }

    static MethodDescriptor<String, String> method(String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(name)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String text) {
            return new ByteArrayInputStream(text.getBytes(UTF_8));
        }

        @Override
        public String parse(InputStream bytes) {
            try {
                return new String(bytes.readAllBytes(), UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
