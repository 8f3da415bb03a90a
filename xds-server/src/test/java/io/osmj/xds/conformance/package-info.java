/**
 * What a client may expect of any xDS server, in all variants of the protocol, over real streams: scenarios that know nothing
 * of the server but its {@link io.osmj.xds.conformance.Target}.
 *
 * <p>The scenarios of the first two {@link io.osmj.xds.conformance.Part parts} are those of {@code ii/xds-test-harness}, told
 * anew and judged more strictly: each answer must hold exactly what is due, in exactly that version. Nothing is waited for by
 * time. That something is <em>not</em> sent is shown by what follows it on the same stream: a server hears one stream in order,
 * so whatever it had to say to a request comes ahead of its answer to the next, and the end of the stream comes behind all of it.
 */
@NullMarked
package io.osmj.xds.conformance;

import org.jspecify.annotations.NullMarked;
