package io.osmj.xds.serve;

import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollChannelOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a peer is still there. Whether its host is, the kernels ask each other, which wakes no process; a process that
 * does not answer on a host that does is asked more rarely, by HTTP/2. Where the kernel cannot be told how often, HTTP/2 asks alone.
 */
final class KernelKeepAlive {
    /** How much longer than for its host it may take to find that a process answers no more: it does nothing but hold memory. */
    private static final int PATIENCE = 20;

    private static final int PROBES = 3;

    private final ConnectionOptions options;

    KernelKeepAlive(ConnectionOptions options) {
        this.options = options;
    }

    void on(NettyServerBuilder server) {
        Duration silence = options.keepAlive();
        if (Epoll.isAvailable()) {
            silence = silence.multipliedBy(PATIENCE);
            tellKernel(server);
        }
        server.keepAliveTime(silence.toMillis(), TimeUnit.MILLISECONDS)
                .keepAliveTimeout(options.keepAliveTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tellKernel(NettyServerBuilder server) {
        int idle = seconds(options.keepAlive());
        int interval = seconds(options.keepAliveTimeout().dividedBy(PROBES));
        // For what was sent and not acknowledged, too; where this is set, it is what ends a connection that is asked.
        int longest = (idle + (PROBES - 1) * interval) * 1_000;
        server.withChildOption(ChannelOption.SO_KEEPALIVE, true)
                .withChildOption(EpollChannelOption.TCP_KEEPIDLE, idle)
                .withChildOption(EpollChannelOption.TCP_KEEPINTVL, interval)
                .withChildOption(EpollChannelOption.TCP_KEEPCNT, PROBES)
                .withChildOption(EpollChannelOption.TCP_USER_TIMEOUT, longest);
    }

    /** The kernel counts in whole seconds. */
    private static int seconds(Duration time) {
        return Math.max(1, Math.toIntExact(time.toSeconds()));
    }
}
