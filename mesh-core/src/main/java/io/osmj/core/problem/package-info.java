/**
 * What is wrong with an object, said as a value: code, object, field, message, remedy.
 *
 * <p>Pure rooms return problems beside their result; they do not log and do not throw. The process that holds the objects
 * shows a problem wherever a person looks: events, status, the command line, golden files.
 */
@NullMarked
package io.osmj.core.problem;

import org.jspecify.annotations.NullMarked;
