package dev.rapport.metadata;

import java.time.ZoneId;
import java.util.Currency;

/**
 * What a value written by a person leaves open.
 *
 * @param region ISO country of phone numbers without a country code
 * @param currency currency of amounts without one
 * @param zone zone of moments without one
 */
public record ReadContext(String region, Currency currency, ZoneId zone) {}
