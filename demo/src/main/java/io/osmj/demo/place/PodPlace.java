package io.osmj.demo.place;

/**
 * The network of one pod.
 *
 * @param name of the pod
 * @param address IPv4 address of the pod
 * @param port that its application serves on
 */
public record PodPlace(String name, String address, int port) {}
