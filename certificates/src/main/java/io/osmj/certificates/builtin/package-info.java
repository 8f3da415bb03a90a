/**
 * The certificate authority inside the control plane: a root of its own that signs every certificate directly.
 */
@NullMarked
package io.osmj.certificates.builtin;

import org.jspecify.annotations.NullMarked;
