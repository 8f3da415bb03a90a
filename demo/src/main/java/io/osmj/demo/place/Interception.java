package io.osmj.demo.place;

/** How connections come to the sidecars. */
public enum Interception {
    /** By the kernel, in network namespaces. */
    NAMESPACES,
    /** By nothing: applications dial their sidecars. */
    LISTENERS
}
