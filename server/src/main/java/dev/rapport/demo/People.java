package dev.rapport.demo;

import dev.rapport.kernel.Address;
import dev.rapport.kernel.PersonName;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Makes up people and companies, half Chinese, half Western; the same seed makes the same ones. */
final class People {
    private static final List<String> SURNAMES = List.of(
            "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
            "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "欧阳", "司马");
    private static final List<String> GIVEN_ZH = List.of(
            "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "秀英", "霞", "平", "刚",
            "桂英", "嘉懿", "晓明", "子涵", "文博", "丽华", "一鸣", "诗涵", "天佑", "泽宇", "雨桐", "浩然", "欣怡", "梓萱", "俊杰", "思远", "若溪", "启明",
            "雪", "建国", "建华", "志强", "秀兰", "婷婷", "宇航", "佳琪", "博文", "梦瑶", "晨曦");
    private static final List<String> FAMILY_EN = List.of(
            "Kowalski",
            "Marchetti",
            "Vance",
            "Sinclair",
            "Reyes",
            "Mendes",
            "Iyer",
            "Delgado",
            "Dasgupta",
            "Moreau",
            "Novak",
            "Fischer",
            "Lindgren",
            "Hargreave",
            "Duarte",
            "Park",
            "Ashworth",
            "Hoffmann",
            "Sullivan",
            "Haddad",
            "Smith",
            "Johnson",
            "Brown",
            "Taylor",
            "Wilson",
            "Evans",
            "Walker",
            "Wright",
            "Green",
            "Baker",
            "Silva",
            "Santos",
            "Garcia",
            "Müller",
            "Rossi",
            "Dubois",
            "Jansen",
            "Nielsen",
            "O'Brien",
            "Nakamura");
    private static final List<String> GIVEN_EN = List.of(
            "Theo",
            "Marcus",
            "Daniel",
            "Chloe",
            "Hannah",
            "Ruth",
            "Mateo",
            "Viktor",
            "Felix",
            "Olivia",
            "Samir",
            "Rafael",
            "Tomás",
            "Ava",
            "Isabel",
            "Mina",
            "Grace",
            "Kenji",
            "Elena",
            "Amara",
            "Ethan",
            "Ingrid",
            "Anders",
            "Noah",
            "Emma",
            "Liam",
            "Sophia",
            "Lucas",
            "Mia",
            "James",
            "Charlotte",
            "Henry",
            "Amelia",
            "Jack",
            "Zoë",
            "Leo",
            "Nora",
            "Oscar",
            "Julia",
            "David");
    private static final List<String> BRANDS_ZH = List.of(
            "云帆", "青禾", "极光", "北辰", "海棠", "锦程", "麦田", "远景", "华岳", "江南", "星河", "鼎盛", "蓝海", "天元", "宏图", "瑞丰", "恒信", "博雅",
            "汇通", "长青");
    private static final List<String> BRANDS_EN = List.of(
            "Helio",
            "Brightwater",
            "Redwood",
            "Fernhill",
            "Quarry",
            "Lumen",
            "Ironbridge",
            "Vantage",
            "Saffron",
            "Cobalt",
            "Osprey",
            "Wildflower",
            "Maplecrest",
            "Kestrel",
            "Corvus",
            "Northwind",
            "Tidewater",
            "Juniper",
            "Harbor",
            "Summit");
    private static final List<String> LINES_ZH = List.of("科技", "农业", "医疗", "教育", "建材", "食品", "物流", "机械", "电子", "贸易");
    private static final List<String> LINES_EN = List.of(
            "Robotics", "Foods", "Payroll", "Dental", "Optics", "Steel", "Biolabs", "Kitchens", "Insurance", "Retail");
    static final List<String> INDUSTRIES = List.of(
            "software",
            "agriculture",
            "healthcare",
            "education",
            "construction",
            "food",
            "logistics",
            "machinery",
            "electronics",
            "retail");
    static final List<String> TITLES_ZH = List.of("采购总监", "信息化经理", "运营副总裁", "技术总监", "财务负责人", "总经理", "厂长", "市场经理");
    static final List<String> TITLES_EN = List.of(
            "VP Operations",
            "Marketing Manager",
            "CTO",
            "Finance Lead",
            "Founder & CEO",
            "Sales Director",
            "Plant Manager",
            "IT Manager");
    private static final List<Address> CITIES_ZH = List.of(
            city("北京市", "北京市", "海淀区"),
            city("上海市", "上海市", "浦东新区"),
            city("广东省", "深圳市", "南山区"),
            city("广东省", "广州市", "天河区"),
            city("浙江省", "杭州市", "西湖区"),
            city("江苏省", "南京市", "鼓楼区"),
            city("四川省", "成都市", "武侯区"),
            city("湖北省", "武汉市", "洪山区"),
            city("陕西省", "西安市", "雁塔区"),
            city("山东省", "青岛市", "市南区"),
            city("福建省", "厦门市", "思明区"),
            city("湖南省", "长沙市", "岳麓区"));
    private static final List<Address> CITIES_EN = List.of(
            new Address("GB", "England", "London", "", "", ""),
                    new Address("US", "California", "San Francisco", "", "", ""),
            new Address("DE", "Berlin", "Berlin", "", "", ""), new Address("SG", "", "Singapore", "", "", ""),
            new Address("US", "New York", "New York", "", "", ""),
                    new Address("FR", "Île-de-France", "Paris", "", "", ""),
            new Address("BR", "SP", "São Paulo", "", "", ""), new Address("AU", "Victoria", "Melbourne", "", "", ""));

    private final String keys;
    private final SplittableRandom random;

    /** @param keys what the keys of generated records begin with, so that they meet no others */
    People(long seed, String keys) {
        random = new SplittableRandom(seed);
        this.keys = keys;
    }

    /** An external id or code, such as {@code A-17}. */
    String key(String kind, long number) {
        return keys + kind + "-" + number;
    }

    private static Address city(String province, String city, String district) {
        return new Address("CN", province, city, district, "", "");
    }

    <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    PersonName name(boolean chinese) {
        return chinese ? new PersonName(one(SURNAMES), one(GIVEN_ZH)) : new PersonName(one(FAMILY_EN), one(GIVEN_EN));
    }

    String company(boolean chinese, int number) {
        return chinese
                ? one(BRANDS_ZH) + one(LINES_ZH) + (number > 200 ? number : "") + "有限公司"
                : one(BRANDS_EN) + " " + one(LINES_EN) + (number > 200 ? " " + number : "");
    }

    Address address(boolean chinese) {
        var city = one(chinese ? CITIES_ZH : CITIES_EN);
        var street = chinese ? "科技园路" + (1 + below(300)) + "号" : (1 + below(300)) + " Station Road";
        return new Address(city.country(), city.province(), city.city(), city.district(), street, "");
    }

    String mobile(boolean chinese) {
        return chinese
                ? "+861" + (30 + below(60)) + String.format(Locale.ROOT, "%08d", below(100_000_000))
                : "+4477" + String.format(Locale.ROOT, "%08d", below(100_000_000));
    }

    String email(PersonName name, long number) {
        var local = name.full().codePoints().allMatch(c -> c < 128)
                ? (name.given() + "." + name.family()).toLowerCase(Locale.ROOT).replaceAll("[^a-z.]", "")
                : "user";
        return local + number + "@example" + (number % 50) + ".com";
    }
}
