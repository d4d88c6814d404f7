/** Time series: decomposition, forecasts with intervals, backtests, anomalies. */
@NullMarked
package dev.rapport.mining.series;

import org.jspecify.annotations.NullMarked;
