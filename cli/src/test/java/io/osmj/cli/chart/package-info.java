/** What the chart renders, and what an API server makes of the kinds it brings. */
@NullMarked
package io.osmj.cli.chart;

import org.jspecify.annotations.NullMarked;
