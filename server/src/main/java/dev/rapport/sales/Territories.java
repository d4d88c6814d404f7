package dev.rapport.sales;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.RecordId;
import dev.rapport.record.spi.Lookups;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the territory that a customer belongs to: the first, in their order, all of whose conditions hold. */
@Component
class Territories {
    @Nullable
    RecordId of(Lookups lookups, @Nullable Address address, @Nullable String industry, @Nullable Long employees) {
        return lookups.find("territory", Territory.ACTIVE, true).stream()
                .filter(territory -> fits(territory, address, industry, employees))
                .min(Comparator.comparing(Territories::position))
                .map(Lookups.Found::id)
                .orElse(null);
    }

    private static long position(Lookups.Found territory) {
        var position = territory.value(Territory.POSITION);
        return position == null ? Long.MAX_VALUE : position;
    }

    private static boolean fits(
            Lookups.Found territory, @Nullable Address address, @Nullable String industry, @Nullable Long employees) {
        var places = territory.value(Territory.PLACES);
        var industries = territory.value(Territory.INDUSTRIES);
        var min = territory.value(Territory.MIN_EMPLOYEES);
        var max = territory.value(Territory.MAX_EMPLOYEES);
        if (places != null && !isIn(places, address)) return false;
        if (industries != null && industries.stream().noneMatch(one -> one.equalsIgnoreCase(industry))) return false;
        if (min != null && (employees == null || employees < min)) return false;
        return max == null || employees != null && employees <= max;
    }

    /** A place is a country's code, a province or a city; Chinese ones fit with and without 省 and 市. */
    private static boolean isIn(List<String> places, @Nullable Address address) {
        if (address == null) return false;
        return places.stream()
                .map(Territories::bare)
                .anyMatch(place -> place.equals(bare(address.country()))
                        || place.equals(bare(address.province()))
                        || place.equals(bare(address.city())));
    }

    private static String bare(String place) {
        var clean = place.strip().toLowerCase(Locale.ROOT);
        return clean.length() > 2 && (clean.endsWith("省") || clean.endsWith("市"))
                ? clean.substring(0, clean.length() - 1)
                : clean;
    }
}
