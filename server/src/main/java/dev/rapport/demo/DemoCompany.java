package dev.rapport.demo;

import dev.rapport.activity.Call;
import dev.rapport.activity.Note;
import dev.rapport.activity.Task;
import dev.rapport.customer.Account;
import dev.rapport.customer.Contact;
import dev.rapport.customer.Order;
import dev.rapport.customer.OrderLine;
import dev.rapport.customer.Product;
import dev.rapport.database.Database;
import dev.rapport.database.Tx;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Catalogue;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.Batches;
import dev.rapport.record.RecordImporter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Fills an installation with a bilingual company: accounts, contacts, products, orders and activities, reproducibly. */
@Component
public class DemoCompany {
    private static final Logger log = LoggerFactory.getLogger(DemoCompany.class);
    private static final long SEED = 20_260_917;
    private static final int MAX_ORDERS = 200_000;
    private static final Currency CNY = Currency.getInstance("CNY");
    private static final List<String> LIFECYCLES = List.of(
            "subscriber", "lead", "marketingQualified", "salesQualified", "opportunity", "customer", "advocate");
    private static final List<String> STATUSES =
            List.of("created", "approved", "shipped", "delivered", "delivered", "delivered", "canceled");

    private final Database database;
    private final Catalogue catalogue;
    private final RecordImporter importer;
    private final Batches batches;
    private final DemoPeople staff;
    private final DemoSales sales;

    DemoCompany(
            Database database,
            Catalogue catalogue,
            RecordImporter importer,
            Batches batches,
            DemoPeople staff,
            DemoSales sales) {
        this.staff = staff;
        this.sales = sales;
        this.database = database;
        this.catalogue = catalogue;
        this.importer = importer;
        this.batches = batches;
    }

    /** Creates {@code contacts} people and what belongs to them, with staff, on behalf of {@code actor}. */
    public void fill(Actor actor, int contacts) {
        long began = System.nanoTime();
        var writer = DemoWriter.inChunks(catalogue, importer, database, batches, actor);
        sales.prepare(actor);
        var sellers = staff.sellers(actor);
        var people = new People(SEED, "");
        var parties = customers(writer, actor, people, contacts, sellers);
        var leads = sales.fill(writer, actor, people, contacts, parties);
        staff.pool(actor, sellers, leads);
        sales.targets(writer, actor, people, contacts, sellers);
        log.info("The demo company stands after {} s", (System.nanoTime() - began) / 1_000_000_000);
    }

    /** A company of {@code contacts} people, all theirs who asks for it, within a transaction and batch of the caller. */
    void sample(Tx tx, RecordId batch, Actor actor, int contacts) {
        var writer = DemoWriter.within(tx, batch, catalogue, importer);
        // neither the company's own keys nor those of an earlier sample in the recycle bin are met
        var id = batch.toString();
        var people = new People(SEED, "S" + id.substring(id.length() - 6) + "-");
        var mine = List.of(actor.id());
        sales.fill(writer, actor, people, contacts, customers(writer, actor, people, contacts, mine));
    }

    private DemoSales.Parties customers(
            DemoWriter writer, Actor actor, People people, int contacts, List<RecordId> sellers) {
        var accounts =
                writer.create(actor, "account", Math.max(20, contacts / 20), n -> account(people, (int) n, sellers));
        var products = writer.create(actor, "product", 60, n -> product(people, n));
        var persons = writer.create(actor, "contact", contacts, n -> contact(people, n, accounts, sellers));
        int most = Math.min(MAX_ORDERS, contacts / 3);
        var orders = writer.create(actor, "order", most, n -> order(people, persons));
        writer.create(actor, "orderLine", 2 * most, n -> line(people, orders, products));
        writer.create(actor, "note", Math.min(MAX_ORDERS, contacts / 2), n -> note(people, persons));
        writer.create(actor, "task", Math.min(MAX_ORDERS, contacts / 4), n -> task(people, n, persons, sellers));
        writer.create(actor, "call", Math.min(MAX_ORDERS, contacts / 4), n -> call(people, persons));
        return new DemoSales.Parties(sellers, accounts, persons, products);
    }

    private static Map<Field<?>, @Nullable Object> account(People people, int number, List<RecordId> sellers) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        boolean chinese = people.chance(50);
        values.put(Account.NAME, people.company(chinese, number));
        values.put(Account.EXTERNAL_ID, people.key("A", number));
        values.put(Account.KIND, people.one(List.of("prospect", "customer", "customer", "partner")));
        values.put(Account.INDUSTRY, people.one(People.INDUSTRIES));
        values.put(Account.ADDRESS, people.address(chinese));
        values.put(Account.EMPLOYEES, 5L + people.below(5_000));
        values.put(Account.REVENUE, new Money(100L * people.below(500_000_000), CNY));
        values.put(Account.WEBSITE, "https://example" + number + ".com");
        values.put(SystemFields.OWNER, ofTurn(sellers, number));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> product(People people, long number) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(
                Product.NAME,
                people.one(List.of(
                                "Sorting robot",
                                "Cold store",
                                "Label printer",
                                "Scanner",
                                "Conveyor",
                                "分拣机器人",
                                "智能货架",
                                "冷库",
                                "标签打印机",
                                "输送线"))
                        + " " + (number + 1));
        values.put(Product.CODE, people.key("P", number));
        values.put(Product.CATEGORY, people.one(List.of("hardware", "software", "service")));
        values.put(Product.PRICE, new Money(100L * (100 + people.below(90_000)), CNY));
        values.put(Product.UNIT, people.one(List.of("pc", "台", "套")));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> contact(
            People people, long number, List<RecordId> accounts, List<RecordId> sellers) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        boolean chinese = people.chance(50);
        var name = people.name(chinese);
        values.put(Contact.NAME, name);
        values.put(Contact.EXTERNAL_ID, people.key("C", number));
        int account = people.below(accounts.size());
        values.put(Contact.ACCOUNT, accounts.get(account));
        values.put(SystemFields.OWNER, ofTurn(sellers, account));
        values.put(Contact.TITLE, people.one(chinese ? People.TITLES_ZH : People.TITLES_EN));
        values.put(Contact.LIFECYCLE, people.one(LIFECYCLES));
        values.put(Contact.EMAIL, people.email(name, number));
        values.put(Contact.MOBILE, people.mobile(chinese));
        values.put(Contact.ADDRESS, people.address(chinese));
        values.put(Contact.SOURCE, people.one(List.of("webinar", "referral", "trade fair", "web")));
        if (people.chance(20))
            values.put(Contact.TAGS, List.of(people.one(List.of("vip", "newsletter", "partner", "重点"))));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> order(People people, List<RecordId> persons) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Order.CONTACT, people.one(persons));
        values.put(Order.STATUS, people.one(STATUSES));
        values.put(Order.ORDERED_AT, past(people));
        values.put(Order.CHANNEL, people.one(List.of("direct", "agent", "ecommerce")));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> line(People people, List<RecordId> orders, List<RecordId> products) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(OrderLine.ORDER, people.one(orders));
        values.put(OrderLine.PRODUCT, people.one(products));
        values.put(OrderLine.QUANTITY, BigDecimal.valueOf(1L + people.below(5)));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> note(People people, List<RecordId> persons) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Note.CONTACT, people.one(persons));
        values.put(
                Note.BODY,
                people.one(List.of(
                        "Asked for a quote with phased payments.",
                        "Wants a reference customer in cold-chain.",
                        "客户希望分期付款，已发报价。",
                        "已确认下周三现场演示。",
                        "Budget is approved, legal is reviewing.",
                        "竞争对手报价低 8%，需要跟进。")));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> task(
            People people, long number, List<RecordId> persons, List<RecordId> sellers) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(
                Task.NAME,
                people.one(List.of("Send the annex to legal", "Call back", "准备报价单", "预约拜访", "Follow up on the demo")));
        values.put(Task.CONTACT, people.one(persons));
        values.put(SystemFields.OWNER, ofTurn(sellers, number));
        values.put(Task.STATUS, people.one(List.of("open", "inProgress", "done")));
        values.put(
                Task.DUE_ON, LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(people.below(60) - 20L));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> call(People people, List<RecordId> persons) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(
                Call.NAME, people.one(List.of("Introduction", "Follow-up call", "初次沟通", "需求确认", "Contract questions")));
        values.put(Call.CONTACT, people.one(persons));
        values.put(Call.STARTED_AT, past(people));
        values.put(Call.DURATION, Duration.ofMinutes(1L + people.below(45)));
        values.put(Call.OUTCOME, people.one(List.of("connected", "connected", "noAnswer", "voicemail")));
        return values;
    }

    private static RecordId ofTurn(List<RecordId> people, long number) {
        return people.get((int) (number % people.size()));
    }

    private static Instant past(People people) {
        return Instant.now()
                .minus(people.below(730 * 24 * 60), ChronoUnit.MINUTES)
                .truncatedTo(ChronoUnit.SECONDS);
    }
}
