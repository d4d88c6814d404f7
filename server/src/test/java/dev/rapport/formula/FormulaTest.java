package dev.rapport.formula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.customer.Account;
import dev.rapport.customer.Contact;
import dev.rapport.formula.Formula.Purpose;
import dev.rapport.identity.UserObject;
import dev.rapport.kernel.Money;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectSource;
import dev.rapport.query.FieldPath;
import dev.rapport.query.PathResolver;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formula language, told by examples. */
class FormulaTest {
    private static final ObjectDef DEAL = ObjectDef.object(
                    "deal",
                    dev.rapport.kernel.Labels.labels("Deal", "商机"),
                    dev.rapport.kernel.Labels.labels("Deals", "商机"))
            .fields(
                    dev.rapport.metadata.Field.field("name", new dev.rapport.metadata.TextTypes.Text(), "Name", "名称"),
                    dev.rapport.metadata.Field.field(
                            "amount", new dev.rapport.metadata.NumberTypes.MoneyAmount(), "Amount", "金额"),
                    dev.rapport.metadata.Field.field(
                            "share", new dev.rapport.metadata.NumberTypes.Percent(), "Share", "比例"),
                    dev.rapport.metadata.Field.field(
                            "pieces", new dev.rapport.metadata.NumberTypes.Whole(), "Pieces", "件数"),
                    dev.rapport.metadata.Field.field(
                            "closes", new dev.rapport.metadata.TimeTypes.Day(), "Closes", "日期"),
                    dev.rapport.metadata.Field.field("won", new dev.rapport.metadata.NumberTypes.Flag(), "Won", "赢单"),
                    dev.rapport.metadata.Field.field("tags", new dev.rapport.metadata.TextTypes.Tags(), "Tags", "标签"),
                    dev.rapport.metadata.Field.field(
                            "contact", new dev.rapport.metadata.LinkTypes.Lookup("contact"), "Contact", "联系人"))
            .build();

    private static final Catalogue CATALOGUE = new Catalogue(List.<ObjectSource>of(
            () -> DEAL,
            new Contact(),
            new Account(),
            new UserObject(),
            new dev.rapport.identity.TeamObject(),
            new dev.rapport.identity.DepartmentObject()));

    private final Map<String, @Nullable Object> values = new HashMap<>(Map.of(
            "name",
            "Solar 太阳能",
            "amount",
            Money.of(new BigDecimal("1200.50"), Currency.getInstance("CNY")),
            "share",
            new BigDecimal("12.5"),
            "pieces",
            7L,
            "closes",
            LocalDate.of(2026, 2, 28),
            "won",
            false,
            "tags",
            List.of("vip", "north"),
            "contact.account.name",
            "云帆科技"));

    private @Nullable Object value(String text) throws FormulaError {
        return compiled(text, Purpose.RULE).value(new Scope() {
            @Override
            public @Nullable Object value(FieldPath path) {
                return values.get(path.text());
            }

            @Override
            public @Nullable Object before(FieldPath path) {
                return path.text().equals("pieces") ? 5L : value(path);
            }

            @Override
            public Instant now() {
                return Instant.parse("2026-03-01T20:00:00Z");
            }

            @Override
            public ZoneId zone() {
                return ZoneId.of("Asia/Shanghai");
            }
        });
    }

    private static Formula compiled(String text, Purpose purpose) throws FormulaError {
        var view = CATALOGUE.definitions().object("deal").orElseThrow();
        return Formula.compile(text, view, new PathResolver(CATALOGUE.definitions()), purpose);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + 2 * 3 | 7",
                "(1 + 2) * 3 | 9",
                "-pieces - -1 | -6",
                "10 / 4 | 2.5",
                "1 / 0 | ",
                "round(2.345, 2) | 2.35",
                "share * 200 | 25",
                "min(3, pieces, 9) | 3",
                "power(2, 10) | 1024",
                "amount | 1200.50 CNY",
                "amount * 2 | 2401.00 CNY",
                "amount * share | 150.06 CNY",
                "amount + money(0.5, 'CNY') | 1201.00 CNY",
                "amount + money(1, 'USD') | ",
                "amount / money(600.25, 'CNY') | 2",
                "amount > 1000 | true",
                "currency(amount) | CNY",
                "closes + 1 | 2026-03-01",
                "addmonths(closes, -1) | 2026-01-28",
                "date(2026, 3, 31) - closes | 31",
                "date(2026, 2, 30) | ",
                "year(closes) * 100 + month(closes) | 202602",
                "today() | 2026-03-02",
                "name & '/' & pieces | Solar 太阳能/7",
                "upper(left(name, 3)) & mid(name, 7, 2) | SOL太阳",
                "len(name) | 9",
                "contains(name, 'SOLAR') | true",
                "if(won, 'yes', 'no') | no",
                "if(pieces > 5 and not won, 'big', 'small') | big",
                "case(pieces, 1, 'one', 7, 'seven', 'many') | seven",
                "case(pieces, 1, 'one', 'many') | many",
                "coalesce(null, '', name) | Solar 太阳能",
                "includes(tags, 'vip') | true",
                "isblank(contact) | true",
                "contact.account.name & '' | 云帆科技",
                "ischanged(pieces) and prior(pieces) = 5 | true",
                "isblank(name) or pieces = 7.0 | true",
                "if（pieces ＞ 5，“大”，“小”） | 大",
                "\"a \"\"quoted\"\" word\" | a \"quoted\" word",
                "concat(1.50, '-', true) | 1.5-true",
            })
    void isWorthWhatPeopleExpect(String text, @Nullable String expected) throws FormulaError {
        assertThat(Operations.text(value(text))).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 + | unfinished | 4",
                "1 + * 2 | unexpected | 5",
                "name + 1 | kind | 1",
                "amount + 1 | kind | 10",
                "amount * amount | kind | 10",
                "won + 1 | kind | 1",
                "nothere > 1 | unknown-field | 1",
                "1 + contact.nothere | unknown-field | 5",
                "contact.account.owner.manager.name | unknown-field | 1",
                "sum(1, 2) | unknown-function | 1",
                "round() | arguments | 1",
                "if(pieces, 1, 2) | kind | 4",
                "if(won, 1, 'a') | kind | 12",
                "pieces ? 2 | unexpected | 8",
                "(1 + 2 | unfinished | 7",
                "null | result | 1",
                "prior(contact.account.name) | own-field | 7",
                "tags > 'a' | kind | 8",
            })
    void sayWhatIsWrongAtTheRightColumn(String text, String code, int column) {
        assertThatThrownBy(() -> compiled(text, Purpose.RULE)).isInstanceOfSatisfying(FormulaError.class, error -> {
            assertThat(error.violation("formula").code()).isEqualTo("formula-" + code);
            assertThat(error.column()).isEqualTo(column);
        });
    }

    @Test
    void aStoredFormulaCannotDependOnTheTime() {
        for (var text : List.of("today()", "closes < today()", "ischanged(name)", "isnew()"))
            assertThatThrownBy(() -> compiled(text, Purpose.STORED))
                    .isInstanceOfSatisfying(
                            FormulaError.class,
                            error -> assertThat(error.violation("f").code()).isEqualTo("formula-not-stored"));
    }

    @Test
    void nothingMakesNothingButNeverFails() throws FormulaError {
        values.clear();
        assertThat(value("pieces + 1")).isNull();
        assertThat(value("pieces > 1")).isNull();
        assertThat(value("if(pieces > 1, 'more', 'less')")).isEqualTo("less");
        assertThat(value("name & '!'")).isEqualTo("!");
        assertThat(value("power(10, 900) * power(10, 900)")).isNull();
    }

    @Test
    void hostileTextsAreRefusedQuickly() {
        assertThatThrownBy(() -> compiled("'open", Purpose.RULE)).hasMessage("unclosed");
        assertThatThrownBy(() -> compiled("(".repeat(3_000), Purpose.RULE)).isInstanceOf(FormulaError.class);
        assertThatThrownBy(() -> compiled("1+".repeat(5_000), Purpose.RULE)).isInstanceOf(FormulaError.class);
        assertThatThrownBy(() -> compiled("-".repeat(3_999) + "1", Purpose.RULE))
                .isInstanceOf(FormulaError.class);
        assertThatThrownBy(() -> compiled("name.getClass()", Purpose.RULE)).isInstanceOf(FormulaError.class);
    }

    @Test
    void noNumberGrowsWithoutBound() throws FormulaError {
        for (var text : List.of(
                "text(power(power(10, 900), 900))",
                "text(power(power(power(10, 50), 900), 900))",
                "number('1e999999999') * 1",
                "closes + power(10, 50) * power(10, 50) * power(10, 50)",
                "text(1 / power(10, 50) / power(10, 50))",
                "1" + " + 1".repeat(900)))
            assertThat(Operations.text(value(text)).length()).isLessThan(100);
    }

    @Test
    void aTextCannotGrowWithoutBound() throws FormulaError {
        values.put("name", "x".repeat(255));
        var text = "concat(" + "name,".repeat(49) + "name)";
        assertThat(Operations.text(value(text)).length()).isLessThanOrEqualTo(4_000);
    }
}
