/** Service quality: SERVQUAL, NPS, CSAT, CES. */
@NullMarked
package dev.rapport.mining.service;

import org.jspecify.annotations.NullMarked;
