/**
 * The pipeline from Kubernetes objects to Envoy resources, case by case: a folder with {@code in.yaml} and what becomes of it.
 *
 * <p>{@code mvn -pl integration -am test -Dtest=PipelineGoldenTest -Dgolden=write} writes the outputs; a person reads the
 * difference before it is committed.
 */
@NullMarked
package io.osmj.integration.golden;

import org.jspecify.annotations.NullMarked;
