package io.osmj.cli.demo;

/** How the demo's connections come to their Envoys. In lower case, because these are words of the command line. */
enum Interception {
    /** By the kernel where it lets us, else as with {@link #listeners}. */
    auto,
    /** By the kernel, in network namespaces. */
    namespaces,
    /** By nothing: applications dial the local listener of their Envoy. */
    listeners
}
