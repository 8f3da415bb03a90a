/**
 * Services as the mesh sees them: one record for each port of a service, with its protocol and endpoints.
 */
@NullMarked
package io.osmj.core.service;

import org.jspecify.annotations.NullMarked;
