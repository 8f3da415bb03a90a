@NullMarked
package io.osmj.core.service;

import org.jspecify.annotations.NullMarked;
