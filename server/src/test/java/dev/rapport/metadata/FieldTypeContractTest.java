package dev.rapport.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.http.Json;
import dev.rapport.kernel.PersonName;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;

/** What every field type must do; a new type is added to the list and inherits it all. */
class FieldTypeContractTest {
    private static final ReadContext CONTEXT =
            new ReadContext("CN", Currency.getInstance("CNY"), ZoneId.of("Asia/Shanghai"));
    private static final Choice VIP = Choice.choice("vip", "VIP", "贵宾", "green");
    private static final Choice NEW = Choice.choice("new", "New", "新", "gray");

    private record Case(FieldType<?> type, List<String> json, List<String> refused) {}

    private static final List<Case> CASES = List.of(
            new Case(
                    new TextTypes.Text(),
                    List.of("\"a\"", "\"张三 😀\"", "\"a' OR 1=1 --\""),
                    List.of("1", "true", "[]", "{}", "\"a\\u0000b\"", "\"a\\nb\"", "\"\\ud800\"")),
            new Case(new TextTypes.LongText(), List.of("\"a\\nb\""), List.of("1", "\"\\u0000\"")),
            new Case(new TextTypes.RichText(), List.of("\"<p>a</p>\""), List.of("1")),
            new Case(
                    new TextTypes.Email(),
                    List.of("\"a.b+c@example.com\""),
                    List.of("\"a\"", "\"a@b\"", "\"@example.com\"", "\"a b@example.com\"", "1")),
            new Case(
                    new TextTypes.Phone(),
                    List.of("\"+8613800138000\"", "\"+442075701669\""),
                    List.of("\"12\"", "\"abc\"", "5")),
            new Case(
                    new TextTypes.Url(),
                    List.of("\"https://example.com/a?b=c\""),
                    List.of("\"javascript:alert(1)\"", "\"data:text/html,x\"", "\"ftp://a.b\"", "\"http://\"")),
            new Case(new TextTypes.Choices(VIP, NEW), List.of("\"vip\""), List.of("\"other\"", "\"VIP\"", "[\"vip\"]")),
            new Case(
                    new TextTypes.MultiChoice(NEW, VIP),
                    List.of("[\"new\",\"vip\"]"),
                    List.of("[\"x\"]", "\"vip\"", "[1]")),
            new Case(new TextTypes.Tags(), List.of("[\"a\",\"重点\"]"), List.of("\"a\"", "[1]")),
            new Case(new NumberTypes.Flag(), List.of("true", "false"), List.of("\"true\"", "1", "[]", "{}")),
            new Case(
                    new NumberTypes.Whole(),
                    List.of("0", "-5", "9223372036854775807"),
                    List.of("1.5", "\"1\"", "1e99", "9223372036854775808")),
            new Case(
                    new NumberTypes.Decimal(),
                    List.of("\"1.5\"", "\"-0.000001\"", "\"999999999999999999\""),
                    List.of("1.5", "\"x\"", "\"1.0000001\"", "\"1e30\"", "\"NaN\"")),
            new Case(new NumberTypes.Percent(), List.of("\"12.5\""), List.of("12.5", "\"a%\"")),
            new Case(
                    new NumberTypes.MoneyAmount(),
                    List.of("{\"amount\":\"1250.00\",\"currency\":\"CNY\"}", "{\"amount\":\"5\",\"currency\":\"JPY\"}"),
                    List.of(
                            "{\"amount\":\"1.005\",\"currency\":\"CNY\"}",
                            "{\"amount\":\"1.5\",\"currency\":\"JPY\"}",
                            "{\"amount\":1,\"currency\":\"CNY\"}",
                            "{\"amount\":\"1\",\"currency\":\"XXQ\"}",
                            "{\"amount\":\"1\",\"currency\":\"CNY\",\"x\":1}",
                            "\"5\"",
                            "{\"amount\":\"99999999999999999999\",\"currency\":\"CNY\"}")),
            new Case(
                    new TimeTypes.Day(),
                    List.of("\"2026-02-28\""),
                    List.of("\"2026-02-30\"", "\"x\"", "5", "\"+99999-01-01\"")),
            new Case(
                    new TimeTypes.Moment(),
                    List.of("\"2026-03-31T16:30:00Z\"", "\"2026-03-31T16:30:00.123456Z\""),
                    List.of("\"2026-03-31\"", "5")),
            new Case(new TimeTypes.Span(), List.of("\"PT1H30M\""), List.of("\"x\"", "\"-PT1H\"")),
            new Case(
                    new LinkTypes.Lookup("account"),
                    List.of("\"01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b\""),
                    List.of("\"x\"", "1", "[]")),
            new Case(
                    new LinkTypes.Lookups("account"),
                    List.of("[\"01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b\"]"),
                    List.of("[\"x\"]", "\"x\"")),
            new Case(
                    new CompoundTypes.PostalAddress(),
                    List.of("{\"country\":\"CN\",\"province\":\"广东省\",\"city\":\"深圳市\"}"),
                    List.of("{\"x\":\"y\"}", "{\"city\":1}", "{\"country\":\"Atlantis\"}", "\"x\"")),
            new Case(
                    new CompoundTypes.FullName(),
                    List.of(
                            "{\"family\":\"张\",\"given\":\"三\",\"full\":\"张三\"}",
                            "{\"family\":\"Lovelace\",\"given\":\"Ada\",\"full\":\"Ada Lovelace\"}"),
                    List.of("{}", "\"x\"", "{\"family\":1}", "{\"first\":\"x\"}")),
            new Case(new TextTypes.AutoNumber("ORD-"), List.of("\"ORD-000001\""), List.of("1")),
            new Case(
                    new LinkTypes.Attachment(), List.of("\"01a1fde8-2047-7e5b-8bdb-a1bdd3521d9b\""), List.of("\"x\"")));

    @TestFactory
    Stream<DynamicTest> jsonToColumnsAndBackIsTheIdentity() {
        return CASES.stream()
                .flatMap(c -> c.json().stream()
                        .map(json -> DynamicTest.dynamicTest(
                                c.type().code() + " " + json,
                                () -> assertThat(roundTrip(c.type(), Json.parse(json)))
                                        .isEqualTo(Json.parse(json)))));
    }

    @TestFactory
    Stream<DynamicTest> whatATypeCannotHoldIsRefused() {
        return CASES.stream()
                .flatMap(c -> c.refused().stream()
                        .map(json -> DynamicTest.dynamicTest(
                                c.type().code() + " " + json,
                                () -> assertThatThrownBy(() -> c.type().read(Json.parse(json), CONTEXT))
                                        .isInstanceOf(InvalidValue.class))));
    }

    @TestFactory
    Stream<DynamicTest> writtenTextIsReadBack() {
        return CASES.stream()
                .filter(c -> !(c.type() instanceof CompoundTypes.PostalAddress))
                .flatMap(c -> c.json().stream()
                        .map(json -> DynamicTest.dynamicTest(
                                c.type().code() + " " + json, () -> assertTextRoundTrip(c.type(), Json.parse(json)))));
    }

    private static <T> JsonNode roundTrip(FieldType<T> type, JsonNode json) throws InvalidValue {
        T value = type.fromColumns(type.toColumns(type.read(json, CONTEXT)));
        return Json.parse(new String(
                Json.write(out -> type.write(out, java.util.Objects.requireNonNull(value))), StandardCharsets.UTF_8));
    }

    private static <T> void assertTextRoundTrip(FieldType<T> type, JsonNode json) throws InvalidValue {
        T value = type.read(json, CONTEXT);
        assertThat(type.parse(type.text(value), CONTEXT)).isEqualTo(value);
    }

    @Test
    void chineseAddressesAreSplit() throws InvalidValue {
        var type = new CompoundTypes.PostalAddress();
        var address = type.parse("广东省深圳市南山区科技园路1号", CONTEXT);
        assertThat(List.of(address.province(), address.city(), address.district(), address.street()))
                .containsExactly("广东省", "深圳市", "南山区", "科技园路1号");
        var municipality = type.parse("北京市海淀区中关村大街5号", CONTEXT);
        assertThat(List.of(
                        municipality.province(), municipality.city(), municipality.district(), municipality.street()))
                .containsExactly("北京市", "北京市", "海淀区", "中关村大街5号");
        var region = type.parse("内蒙古自治区呼和浩特市新城区成吉思汗大街1号", CONTEXT);
        assertThat(List.of(region.province(), region.city(), region.district()))
                .containsExactly("内蒙古自治区", "呼和浩特市", "新城区");
    }

    @Test
    void phonesAreUnderstoodInAnyUsualForm() throws InvalidValue {
        var type = new TextTypes.Phone();
        for (var written :
                List.of("138 0013 8000", "138-0013-8000", "+86 138 0013 8000", "0086 13800138000", "１３８００１３８０００"))
            assertThat(type.parse(written, CONTEXT)).isEqualTo("+8613800138000");
    }

    @Test
    void namesAreSplitInEveryCulturesWay() throws InvalidValue {
        var type = new CompoundTypes.FullName();
        assertThat(type.parse("欧阳娜娜", CONTEXT).family()).isEqualTo("欧阳");
        assertThat(type.parse("张伟2", CONTEXT)).isEqualTo(new PersonName("张", "伟2"));
        assertThat(new PersonName("张", "伟2").full()).isEqualTo("张伟2");
        assertThat(type.parse("张三", CONTEXT).given()).isEqualTo("三");
        assertThat(type.parse("Lovelace, Ada", CONTEXT).full()).isEqualTo("Ada Lovelace");
        assertThat(type.parse("Ada King Lovelace", CONTEXT).family()).isEqualTo("Lovelace");
    }

    @Test
    void datesAreReadAsPeopleWriteThem() throws InvalidValue {
        var type = new TimeTypes.Day();
        for (var written : List.of(
                "2024-03-09",
                "2024/3/9",
                "2024年3月9日",
                "20240309",
                "9 Mar 2024",
                "Mar 9, 2024",
                "3/9/2024",
                "09-03-2024",
                "09.03.2024"))
            assertThat(type.parse(written, CONTEXT)).as(written).isEqualTo("2024-03-09");
        assertThatThrownBy(() -> type.parse("19371233", CONTEXT)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void scriptsDoNotSurviveInRichText() throws InvalidValue {
        var type = new TextTypes.RichText();
        for (var attack : List.of(
                "<img src=x onerror=alert(1)>",
                "<svg></p><style><a title='</style><img src onerror=alert(1)>'>",
                "<noscript><style></noscript><img src=x onerror=alert(1)>",
                "<a href='javascript:alert(1)'>x</a>",
                "<script>alert(1)</script>"))
            assertThat(type.parse(attack, CONTEXT))
                    .doesNotContain("<script", "<img", "onerror=alert(1)>", "javascript:", "<svg", "<style");
    }
}
