/** Tests; certificates are judged by the JDK's PKIX validation and by OpenSSL, not by the code that made them. */
@NullMarked
package io.osmj.certificates.rotation;

import org.jspecify.annotations.NullMarked;
