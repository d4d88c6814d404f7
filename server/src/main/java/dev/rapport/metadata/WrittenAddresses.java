package dev.rapport.metadata;

import dev.rapport.kernel.Address;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Splits a Chinese address written in one piece, such as 广东省深圳市南山区科技园路1号, into province, city, district and
 * street by the administrative suffixes (GB/T 2260). Any other address stays whole as the street.
 */
final class WrittenAddresses {
    private static final String MUNICIPALITIES = "北京|天津|上海|重庆";
    private static final Map<String, String> REGIONS = Map.of(
            "内蒙古", "内蒙古自治区",
            "广西", "广西壮族自治区",
            "西藏", "西藏自治区",
            "宁夏", "宁夏回族自治区",
            "新疆", "新疆维吾尔自治区",
            "香港", "香港特别行政区",
            "澳门", "澳门特别行政区");
    private static final String PROVINCES = "河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾";
    private static final Pattern COUNTRY = Pattern.compile("^(中国|中华人民共和国)[,， ]*");
    private static final Pattern POSTCODE = Pattern.compile("(?:邮编[:：]?)?\\s*(\\d{6})$");
    private static final Pattern MUNICIPALITY = Pattern.compile("^(" + MUNICIPALITIES + ")市?(?:\\1市)?(?:市辖区)?");
    private static final Pattern PROVINCE = Pattern.compile("^(" + PROVINCES + ")省?");
    private static final Pattern REGION = Pattern.compile("^(内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?:壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区)?");
    private static final Pattern CITY = Pattern.compile("^(\\p{IsHan}{2,10}?(?:自治州|地区|盟|市))");
    private static final Pattern DISTRICT =
            Pattern.compile("^(\\p{IsHan}{1,12}?(?:自治县|自治旗|林区|新区|区|县|旗|市))(?![场里民道路街])");

    private WrittenAddresses() {}

    static Address parse(String written) {
        boolean chinese = written.codePoints().anyMatch(Character::isIdeographic);
        if (!chinese) return new Address("", "", "", "", written, "");
        var rest = COUNTRY.matcher(written).replaceFirst("");
        var postcode = POSTCODE.matcher(rest);
        var code = postcode.find() ? postcode.group(1) : "";
        if (!code.isEmpty()) rest = rest.substring(0, postcode.start()).strip();
        return split(rest, code);
    }

    private static Address split(String text, String postcode) {
        var municipality = MUNICIPALITY.matcher(text);
        if (municipality.find()) {
            var city = municipality.group(1) + "市";
            return withDistrict(city, city, text.substring(municipality.end()), postcode);
        }
        var province = PROVINCE.matcher(text);
        if (province.find()) return withCity(province.group(1) + "省", text.substring(province.end()), postcode);
        var region = REGION.matcher(text);
        if (region.find())
            return withCity(REGIONS.getOrDefault(region.group(1), ""), text.substring(region.end()), postcode);
        return withCity("", text, postcode);
    }

    private static Address withCity(String province, String text, String postcode) {
        var city = CITY.matcher(text);
        if (city.find()) return withDistrict(province, city.group(1), text.substring(city.end()), postcode);
        return withDistrict(province, "", text, postcode);
    }

    private static Address withDistrict(String province, String city, String text, String postcode) {
        var district = DISTRICT.matcher(text);
        boolean found = !(province.isEmpty() && city.isEmpty()) && district.find();
        var street = found ? text.substring(district.end()) : text;
        var country = province.isEmpty() && city.isEmpty() ? "" : "CN";
        return new Address(country, province, city, found ? district.group(1) : "", street.strip(), postcode);
    }
}
