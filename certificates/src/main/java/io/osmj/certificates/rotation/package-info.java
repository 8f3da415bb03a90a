/**
 * Certificates are replaced long before they end, by the clock on the wall: a machine that slept for a day renews on waking.
 *
 * <p>No thread lives here. Whoever holds these objects calls {@code renewDue} every few seconds.
 */
@NullMarked
package io.osmj.certificates.rotation;

import org.jspecify.annotations.NullMarked;
