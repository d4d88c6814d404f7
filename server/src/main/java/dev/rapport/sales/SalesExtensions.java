package dev.rapport.sales;

import static dev.rapport.kernel.Labels.labels;
import static dev.rapport.metadata.Field.field;
import static dev.rapport.metadata.Trait.FILTERABLE;
import static dev.rapport.metadata.Trait.NO_HISTORY;
import static dev.rapport.metadata.Trait.READ_ONLY;

import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Computation;
import dev.rapport.metadata.Computation.RollUp;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.LinkTypes;
import dev.rapport.metadata.NumberTypes;
import dev.rapport.metadata.ObjectDef;
import dev.rapport.metadata.ObjectExtension;
import dev.rapport.metadata.TextTypes;
import dev.rapport.metadata.TimeTypes;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What sales adds to the objects of customers and activities. */
@Configuration(proxyBeanMethods = false)
public class SalesExtensions {
    public static final Field<RecordId> OPPORTUNITY =
            field("opportunity", new LinkTypes.Lookup("opportunity"), "Opportunity", "商机", FILTERABLE);
    public static final Field<RecordId> LEAD = field("lead", new LinkTypes.Lookup("lead"), "Lead", "线索", FILTERABLE);

    /** What a product costs us; margin is price less this. */
    public static final Field<Money> COST = field("cost", new NumberTypes.MoneyAmount(), "Cost", "成本价");

    public static final Field<BigDecimal> TAX_RATE = field("taxRate", new NumberTypes.Percent(), "Tax %", "税率 %");

    public static final Field<RecordId> ORDER_QUOTE =
            field("quote", new LinkTypes.Lookup("quote"), "Quote", "报价单", FILTERABLE);
    public static final Field<RecordId> ORDER_PARTNER =
            field("partner", new LinkTypes.Lookup("account"), "Partner", "合作伙伴");
    public static final Field<BigDecimal> DELIVERED = field(
                    "delivered", new NumberTypes.Decimal(), "Delivered", "已发货数量", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "delivery", "line", "signed", null));
    public static final Field<RecordId> QUOTE_LINE =
            field("quoteLine", new LinkTypes.Lookup("quoteLine"), "Quote line", "报价明细", READ_ONLY, FILTERABLE);

    public static final Field<BigDecimal> LATITUDE = field("latitude", new NumberTypes.Decimal(), "Latitude", "纬度");
    public static final Field<BigDecimal> LONGITUDE = field("longitude", new NumberTypes.Decimal(), "Longitude", "经度");
    public static final Field<RecordId> PHOTO = field("photo", new LinkTypes.Attachment(), "Photo", "照片");
    public static final Field<String> NEXT_STEP = field("nextStep", new TextTypes.Text(), "Next step", "下一步");
    public static final Field<LocalDate> NEXT_STEP_ON =
            field("nextStepOn", new TimeTypes.Day(), "Next step due", "下一步日期");

    public static final Field<RecordId> TERRITORY =
            field("territory", new LinkTypes.Lookup("territory"), "Territory", "销售区域", READ_ONLY, FILTERABLE);
    public static final Field<Long> OPEN_DEALS = deals("openDeals", "Open deals", "进行中商机", "open");
    public static final Field<Long> WON_DEALS = deals("wonDeals", "Deals won", "赢单数", "won");
    public static final Field<Money> WON_VALUE = field(
                    "wonValue", new NumberTypes.MoneyAmount(), "Value won", "赢单金额", READ_ONLY, NO_HISTORY)
            .computedBy(new RollUp(Computation.Function.SUM, "opportunity", "account", "value", status("won")));

    public static final Field<LocalDate> FIRST_WON = field(
                    "firstWonOn", new TimeTypes.Day(), "First deal won", "首次成交", READ_ONLY, NO_HISTORY, FILTERABLE)
            .computedBy(new RollUp(Computation.Function.MIN, "opportunity", "account", "closeDate", status("won")));

    private static Field<Long> deals(String name, String en, String zh, String status) {
        return field(name, new NumberTypes.Whole(), en, zh, READ_ONLY, NO_HISTORY)
                .computedBy(new RollUp(Computation.Function.COUNT, "opportunity", "account", null, status(status)));
    }

    private static tools.jackson.databind.JsonNode status(String code) {
        return dev.rapport.http.Json.object()
                .put("field", "status")
                .put("op", "eq")
                .put("value", code);
    }

    /** @param lists related lists that the object gets */
    private record Added(
            String object, List<Field<?>> fields, List<ObjectDef.Section> sections, List<String> relatedLists)
            implements ObjectExtension {
        @Override
        public List<String> parents() {
            return fields.stream()
                    .filter(field -> field == OPPORTUNITY || field == LEAD)
                    .map(Field::name)
                    .toList();
        }
    }

    private static ObjectExtension added(String object, List<String> lists, Field<?>... fields) {
        return new Added(object, List.of(fields), List.of(), lists);
    }

    private static ObjectExtension added(String object, String en, String zh, List<String> lists, Field<?>... fields) {
        var names = List.of(fields).stream().map(Field::name).toList();
        return new Added(object, List.of(fields), List.of(new ObjectDef.Section(labels(en, zh), names)), lists);
    }

    @Bean
    ObjectExtension tasksOfSales() {
        return added("task", "Sales", "销售", List.of(), OPPORTUNITY, LEAD);
    }

    @Bean
    ObjectExtension callsOfSales() {
        return added("call", "Sales", "销售", List.of(), OPPORTUNITY, LEAD);
    }

    @Bean
    ObjectExtension meetingsOfSales() {
        return added("meeting", "Sales", "销售", List.of(), OPPORTUNITY, LEAD);
    }

    @Bean
    ObjectExtension mailsOfSales() {
        return added("mail", "Sales", "销售", List.of(), OPPORTUNITY, LEAD);
    }

    @Bean
    ObjectExtension notesOfSales() {
        return added("note", "Sales", "销售", List.of(), OPPORTUNITY, LEAD);
    }

    @Bean
    ObjectExtension attachmentsOfSales() {
        return added("attachment", "Sales", "销售", List.of(), OPPORTUNITY);
    }

    @Bean
    ObjectExtension visitsOfSales() {
        return added(
                "visit",
                "Afterwards",
                "拜访后",
                List.of(),
                NEXT_STEP,
                NEXT_STEP_ON,
                OPPORTUNITY,
                LEAD,
                PHOTO,
                LATITUDE,
                LONGITUDE);
    }

    @Bean
    ObjectExtension productsOfSales() {
        return added("product", "Sales", "销售", List.of("priceBookEntry.product", "bundlePart.bundle"), COST, TAX_RATE);
    }

    @Bean
    ObjectExtension ordersOfSales() {
        return added(
                "order",
                "Sales",
                "销售",
                List.of("delivery.order", "instalment.order", "invoice.order", "contract.order"),
                OPPORTUNITY,
                ORDER_QUOTE,
                ORDER_PARTNER);
    }

    @Bean
    ObjectExtension orderLinesOfSales() {
        return added("orderLine", List.of("delivery.line"), DELIVERED, QUOTE_LINE);
    }

    @Bean
    ObjectExtension accountsOfSales() {
        return added(
                "account",
                "Sales",
                "销售",
                List.of("opportunity.account", "quote.account", "contract.account", "receipt.account", "need.account"),
                OPEN_DEALS,
                WON_DEALS,
                WON_VALUE,
                FIRST_WON,
                TERRITORY);
    }

    @Bean
    ObjectExtension contactsOfSales() {
        return added("contact", List.of("opportunity.contact", "opportunityRole.contact", "need.contact"));
    }
}
