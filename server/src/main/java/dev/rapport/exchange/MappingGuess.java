package dev.rapport.exchange;

import dev.rapport.metadata.CatalogueView;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.Trait;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Guesses which column fills which field: from names in both languages and their usual synonyms, then from contents. */
final class MappingGuess {
    private static final Pattern EMAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+");
    private static final Pattern PHONE = Pattern.compile("\\+?[\\d][\\d ()./-]{6,20}");
    private static final List<String> KEYS = List.of("externalId", "code", "number", "email", "name");
    private static final Map<String, List<String>> SYNONYMS = Map.ofEntries(
            Map.entry(
                    "name",
                    List.of(
                            "fullname",
                            "customername",
                            "accountname",
                            "companyname",
                            "productname",
                            "product",
                            "account",
                            "company",
                            "姓名",
                            "名称",
                            "全名",
                            "客户名称",
                            "公司名称",
                            "产品名称",
                            "公司")),
            Map.entry("name.family", List.of("familyname", "lastname", "surname", "last", "姓", "姓氏")),
            Map.entry("name.given", List.of("givenname", "firstname", "forename", "first", "名", "名字")),
            Map.entry("email", List.of("emailaddress", "mail", "emailid", "电子邮件", "邮箱", "邮箱地址", "电邮")),
            Map.entry(
                    "mobile", List.of("mobilephone", "cell", "cellphone", "mobilenumber", "手机", "手机号", "手机号码", "移动电话")),
            Map.entry(
                    "phone",
                    List.of("phonenumber", "telephone", "tel", "businessphone", "电话", "电话号码", "联系电话", "固定电话", "座机")),
            Map.entry(
                    "account",
                    List.of(
                            "company",
                            "companyname",
                            "organization",
                            "organisation",
                            "accountname",
                            "employer",
                            "公司",
                            "所属公司",
                            "客户",
                            "单位",
                            "公司名称")),
            Map.entry("title", List.of("jobtitle", "position", "role", "职务", "职位", "岗位")),
            Map.entry("industry", List.of("sector", "branch", "行业", "所属行业")),
            Map.entry("website", List.of("web", "url", "homepage", "网站", "网址")),
            Map.entry("employees", List.of("employeecount", "numberofemployees", "headcount", "员工人数", "员工数")),
            Map.entry("annualRevenue", List.of("revenue", "turnover", "营业额", "年收入", "年营业额")),
            Map.entry("foundedYear", List.of("yearestablished", "founded", "established", "成立年份")),
            Map.entry("parent", List.of("subsidiaryof", "parentaccount", "parentcompany", "母公司", "上级客户")),
            Map.entry("address", List.of("fulladdress", "postaladdress", "officelocation", "地址", "详细地址", "联系地址")),
            Map.entry("address.street", List.of("street", "streetaddress", "address1", "addressline1", "街道", "门牌号")),
            Map.entry("address.district", List.of("suburb", "district", "county", "区", "区县", "县")),
            Map.entry("address.city", List.of("city", "town", "customercity", "sellercity", "城市", "市")),
            Map.entry(
                    "address.province",
                    List.of(
                            "state",
                            "province",
                            "region",
                            "stateprovince",
                            "customerstate",
                            "sellerstate",
                            "省",
                            "省份",
                            "州")),
            Map.entry(
                    "address.postcode",
                    List.of(
                            "postcode",
                            "postalcode",
                            "zip",
                            "zipcode",
                            "customerzipcodeprefix",
                            "sellerzipcodeprefix",
                            "邮编",
                            "邮政编码")),
            Map.entry("address.country", List.of("country", "countryregion", "国家", "国家地区")),
            Map.entry("birthday", List.of("dateofbirth", "dob", "birthdate", "出生日期", "生日")),
            Map.entry("lifecycle", List.of("lifecyclestage", "stage", "生命周期", "阶段")),
            Map.entry("source", List.of("leadsource", "origin", "来源", "客户来源")),
            Map.entry("tags", List.of("tag", "labels", "keywords", "标签")),
            Map.entry("description", List.of("notes", "note", "comment", "comments", "remark", "备注", "说明", "描述")),
            Map.entry("body", List.of("note", "text", "comment", "内容", "备注")),
            Map.entry("status", List.of("orderstatus", "状态", "订单状态")),
            Map.entry(
                    "orderedAt",
                    List.of(
                            "orderdate",
                            "purchasedate",
                            "orderpurchasetimestamp",
                            "purchasetimestamp",
                            "orderedon",
                            "date",
                            "下单时间",
                            "订单日期",
                            "下单日期")),
            Map.entry(
                    "deliveredAt",
                    List.of("orderdeliveredcustomerdate", "deliverydate", "deliveredon", "送达时间", "签收时间")),
            Map.entry("channel", List.of("saleschannel", "渠道")),
            Map.entry("quantity", List.of("qty", "count", "数量")),
            Map.entry("unitPrice", List.of("price", "unitcost", "单价", "价格")),
            Map.entry("price", List.of("listprice", "salesprice", "unitprice", "价格", "售价", "单价")),
            Map.entry("freight", List.of("freightvalue", "shipping", "shippingcost", "运费")),
            Map.entry("position", List.of("orderitemid", "line", "lineno", "itemno", "行号")),
            Map.entry("discount", List.of("discountpercent", "折扣")),
            Map.entry(
                    "category",
                    List.of("productcategory", "productcategoryname", "series", "type", "类别", "分类", "产品类别")),
            Map.entry("code", List.of("sku", "productcode", "productid", "itemcode", "编码", "产品编码", "货号")),
            Map.entry("externalId", List.of("id", "externalid", "recid", "编号", "外部编号")));
    private static final Map<String, List<String>> OBJECT_WORDS = Map.of(
            "contact", List.of("contact", "customer", "client", "person", "客户", "联系人"),
            "account", List.of("account", "company", "customer", "client", "客户", "公司"),
            "order", List.of("order", "订单"),
            "orderLine", List.of("orderline", "orderitem", "item", "line", "row", "明细"),
            "product", List.of("product", "item", "sku", "产品", "商品"));

    private final CatalogueView catalogue;
    private final ObjectView object;
    private final KeyProbe probe;

    /** Tells which of some keys belong to records that are there. */
    @FunctionalInterface
    interface KeyProbe {
        int hits(ObjectDef object, Field<?> key, Collection<String> values);
    }

    MappingGuess(CatalogueView catalogue, ObjectView object, KeyProbe probe) {
        this.catalogue = catalogue;
        this.object = object;
        this.probe = probe;
    }

    /** The guess for each column; a column that fits nothing maps to nothing. */
    Map<String, List<String>> guess(List<String> header, List<List<String>> sample) {
        var mapping = new LinkedHashMap<String, List<String>>();
        var taken = new HashSet<String>();
        for (var column : header) mapping.put(column, new ArrayList<>());
        for (int i = 0; i < header.size(); i++)
            byExactName(header.get(i)).ifPresent(take(mapping, taken, header.get(i)));
        for (int i = 0; i < header.size(); i++) {
            if (!list(mapping, header.get(i)).isEmpty()) continue;
            var values = values(sample, i);
            byId(header.get(i), values, taken).ifPresent(take(mapping, taken, header.get(i)));
            if (!list(mapping, header.get(i)).isEmpty()) continue;
            bySynonym(header.get(i), taken).ifPresent(take(mapping, taken, header.get(i)));
        }
        for (int i = 0; i < header.size(); i++)
            if (list(mapping, header.get(i)).isEmpty())
                byContent(values(sample, i), taken).ifPresent(take(mapping, taken, header.get(i)));
        fillName(header, mapping, taken);
        return mapping;
    }

    private static java.util.function.Consumer<String> take(
            Map<String, List<String>> mapping, Set<String> taken, String column) {
        return path -> {
            if (taken.add(path)) list(mapping, column).add(path);
        };
    }

    private static List<String> list(Map<String, List<String>> mapping, String column) {
        return mapping.computeIfAbsent(column, k -> new ArrayList<>());
    }

    private static List<String> values(List<List<String>> sample, int column) {
        return sample.stream()
                .filter(row -> column < row.size() && !row.get(column).isBlank())
                .map(row -> row.get(column).strip())
                .toList();
    }

    private Optional<String> byExactName(String column) {
        var word = normalised(column);
        for (var field : writable()) {
            boolean named = normalised(field.name()).equals(word)
                    || normalised(field.labels().en()).equals(word)
                    || normalised(field.labels().zh()).equals(word);
            if (named) return Optional.of(path(field, column));
            for (var part : field.type().parts())
                if (!part.name().isEmpty()
                        && (normalised(field.name() + part.name()).equals(word)
                                || column.equals(field.name() + "." + part.name())))
                    return Optional.of(field.name() + "." + part.name());
            if (field.type() instanceof LinkTypes.Lookup && column.startsWith(field.name() + "."))
                return Optional.of(column);
        }
        return Optional.empty();
    }

    private List<Field<?>> writable() {
        return object.definition().fields().stream()
                .flatMap(field -> object.readable(field.name()).stream())
                .filter(object::canWrite)
                .toList();
    }

    private String path(Field<?> field, String column) {
        return field.type() instanceof LinkTypes.Lookup lookup ? lookupPath(field, lookup, "name") : field.name();
    }

    private String lookupPath(Field<?> field, LinkTypes.Lookup lookup, String wanted) {
        var target = catalogue.object(lookup.target()).orElse(null);
        if (target == null) return field.name();
        boolean has = target.readable(wanted).isPresent();
        return field.name() + "." + (has ? wanted : target.definition().nameField());
    }

    /** Columns such as {@code customer_id}: this object's own key, or the key of a record it looks up. */
    private Optional<String> byId(String column, List<String> values, Set<String> taken) {
        var word = normalised(column);
        boolean isId = word.endsWith("id") || word.endsWith("编号") || word.endsWith("key");
        if (!isId) return Optional.empty();
        var base = word.replaceFirst("(id|编号|key)$", "");
        var own = OBJECT_WORDS.getOrDefault(
                object.definition().name(), List.of(object.definition().name().toLowerCase(Locale.ROOT)));
        if (base.isEmpty() || own.contains(base)) {
            boolean line = object.definition().name().equals("orderLine");
            var key = line ? Optional.of("position") : ownKey();
            if (key.isPresent() && !taken.contains(key.get())) return key;
        }
        String best = null;
        int bestHits = -1;
        for (var field : writable()) {
            if (!(field.type() instanceof LinkTypes.Lookup lookup)) continue;
            var words = OBJECT_WORDS.getOrDefault(
                    lookup.target(), List.of(lookup.target().toLowerCase(Locale.ROOT)));
            if (!words.contains(base) && !normalised(field.name()).equals(base)) continue;
            var key = key(lookup.target(), values);
            if (key == null || taken.contains(field.name() + "." + key.name)) continue;
            int hits = key.hits * 10 + (field.name().equals("contact") ? 1 : 0);
            if (hits > bestHits) {
                best = field.name() + "." + key.name;
                bestHits = hits;
            }
        }
        return Optional.ofNullable(best);
    }

    private record Key(String name, int hits) {}

    private @Nullable Key key(String target, List<String> values) {
        var view = catalogue.object(target).orElse(null);
        if (view == null) return null;
        Key best = null;
        for (var name : KEYS) {
            var field = view.readable(name).orElse(null);
            if (field == null || !(field.is(Trait.UNIQUE) || field.is(Trait.FILTERABLE))) continue;
            int hits = values.isEmpty() ? 0 : probe.hits(view.definition(), field, Set.copyOf(values));
            if (best == null || hits > best.hits) best = new Key(name, hits);
        }
        return best;
    }

    private Optional<String> ownKey() {
        for (var name : KEYS) {
            var field = object.readable(name).orElse(null);
            if (field != null && field.is(Trait.UNIQUE) && object.canWrite(field)) return Optional.of(name);
        }
        return Optional.empty();
    }

    private Optional<String> bySynonym(String column, Set<String> taken) {
        var word = normalised(column);
        for (var field : writable()) {
            for (var path : paths(field)) {
                if (taken.contains(path)) continue;
                if (SYNONYMS.getOrDefault(path, List.of()).contains(word))
                    return Optional.of(path.equals(field.name()) ? path(field, column) : path);
            }
        }
        return Optional.empty();
    }

    private static List<String> paths(Field<?> field) {
        var paths = new ArrayList<String>();
        paths.add(field.name());
        for (var part : field.type().parts()) if (!part.name().isEmpty()) paths.add(field.name() + "." + part.name());
        return paths;
    }

    private Optional<String> byContent(List<String> values, Set<String> taken) {
        if (values.isEmpty()) return Optional.empty();
        if (share(values, EMAIL) > 0.8) return free("email", taken);
        boolean phones = share(values, PHONE) > 0.9
                && values.stream().allMatch(value -> value.replaceAll("\\D", "").length() >= 10)
                && values.stream()
                        .anyMatch(value -> value.startsWith("+")
                                || value.matches("1[3-9]\\d{9}")
                                || value.contains("-")
                                || value.contains("("));
        return phones ? free("mobile", taken).or(() -> free("phone", taken)) : Optional.empty();
    }

    private Optional<String> free(String name, Set<String> taken) {
        return object.readable(name).filter(object::canWrite).map(Field::name).filter(path -> !taken.contains(path));
    }

    private static double share(List<String> values, Pattern pattern) {
        return (double) values.stream()
                        .filter(value -> pattern.matcher(value).matches())
                        .count()
                / values.size();
    }

    /** A record needs its name: without a column for it, the best key serves as the name too. */
    private void fillName(List<String> header, Map<String, List<String>> mapping, Set<String> taken) {
        var naming = object.definition().naming();
        boolean named =
                taken.stream().anyMatch(path -> path.equals(naming.name()) || path.startsWith(naming.name() + "."));
        if (named || !naming.is(Trait.REQUIRED) || !object.canWrite(naming)) return;
        Map<Integer, String> candidates = new HashMap<>();
        for (var column : header) {
            var word = normalised(column);
            boolean free = list(mapping, column).isEmpty();
            if (free && (word.endsWith("name") || word.endsWith("名") || word.endsWith("名称")))
                candidates.putIfAbsent(0, column);
            if (word.contains("unique")) candidates.putIfAbsent(1, column);
            if (list(mapping, column).contains("externalId")
                    || list(mapping, column).contains("code")) candidates.putIfAbsent(2, column);
        }
        candidates.keySet().stream().sorted().findFirst().ifPresent(best -> {
            var column = candidates.get(best);
            if (column != null) list(mapping, column).add(naming.name());
        });
    }

    private static String normalised(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }
}
