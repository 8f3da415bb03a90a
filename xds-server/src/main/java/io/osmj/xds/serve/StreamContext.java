package io.osmj.xds.serve;

import java.util.concurrent.Executor;

/**
 * What all streams of a server share. None of it is locked for long: no stream waits for another.
 *
 * @param source of what proxies are to have
 * @param nacks hears what they refuse
 * @param limits of each stream
 * @param metrics counts
 * @param threads to run streams on
 * @param clock tells the time and rings
 * @param streams those that are open
 * @param conducts how proxies behave
 */
record StreamContext(
        ResourceSource source,
        NackListener nacks,
        StreamLimits limits,
        XdsMetrics metrics,
        Executor threads,
        Clock clock,
        OpenStreams streams,
        Conducts conducts) {}
