package dev.rapport.metadata;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** ISO 3166-1 countries by code or by their name in English or Chinese, from the JDK's CLDR data. */
final class Countries {
    private static final Map<String, String> CODES = codes();

    private Countries() {}

    static Optional<String> code(String written) {
        return Optional.ofNullable(CODES.get(written.strip().toLowerCase(Locale.ROOT)));
    }

    private static Map<String, String> codes() {
        var codes = new HashMap<String, String>();
        for (var code : Locale.getISOCountries()) {
            var country = Locale.of("", code);
            codes.put(code.toLowerCase(Locale.ROOT), code);
            codes.put(country.getISO3Country().toLowerCase(Locale.ROOT), code);
            codes.put(country.getDisplayCountry(Locale.ENGLISH).toLowerCase(Locale.ROOT), code);
            codes.put(country.getDisplayCountry(Locale.SIMPLIFIED_CHINESE), code);
        }
        codes.putAll(Map.of("usa", "US", "uk", "GB", "korea", "KR", "中国大陆", "CN", "香港", "HK", "澳门", "MO", "台湾", "TW"));
        return Map.copyOf(codes);
    }
}
