package dev.rapport.demo;

import dev.rapport.activity.Visit;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Money;
import dev.rapport.kernel.RecordId;
import dev.rapport.metadata.Field;
import dev.rapport.metadata.SystemFields;
import dev.rapport.record.Acts;
import dev.rapport.record.RecordImporter.Matching;
import dev.rapport.record.RecordImporter.OnMatch;
import dev.rapport.record.RecordImporter.Row;
import dev.rapport.sales.Contract;
import dev.rapport.sales.Instalment;
import dev.rapport.sales.Lead;
import dev.rapport.sales.Opportunity;
import dev.rapport.sales.Pipeline;
import dev.rapport.sales.Quote;
import dev.rapport.sales.QuoteLine;
import dev.rapport.sales.Receipt;
import dev.rapport.sales.SalesExtensions;
import dev.rapport.sales.SalesSetup;
import dev.rapport.sales.Stage;
import dev.rapport.sales.Target;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The generated company sells: people in teams, leads, deals that move from stage to stage, quotes, contracts, receipts, visits. */
@Component
class DemoSales {
    private static final int MOST = 200_000;
    private static final Currency CNY = Currency.getInstance("CNY");
    private static final List<String> PROJECTS = List.of(
            "Warehouse rollout",
            "Seat expansion",
            "Analytics add-on",
            "冷链试点项目",
            "仓储系统升级",
            "分析模块增购",
            "Annual renewal",
            "经销商系统",
            "Carbon reporting",
            "数据中台建设",
            "Dock scheduling",
            "供应商协同门户");
    private static final List<String> STEPS = List.of(
            "Demo for ops team", "Chase signed NDA", "Invite CFO to review", "现场演示", "确认上线日期", "Draft order form");
    private static final List<String> REASONS = List.of("price", "product", "timing", "competitor", "noDecision");

    private final SalesSetup setup;
    private final Acts acts;

    DemoSales(SalesSetup setup, Acts acts) {
        this.setup = setup;
        this.acts = acts;
    }

    /** Who sells what to whom. */
    record Parties(List<RecordId> sellers, List<RecordId> accounts, List<RecordId> persons, List<RecordId> products) {}

    /** How deals go, who has them and where they come from. */
    private record Selling(Way way, List<RecordId> sellers, List<RecordId> leads) {}

    /** A pipeline's open stages in order, and where its deals end. */
    private record Way(RecordId pipeline, List<RecordId> open, RecordId won, RecordId lost) {}

    /** Makes sure that there are pipelines and whatever else selling needs. */
    void prepare(Actor actor) {
        setup.prepare(actor);
    }

    /** Everything that is sold, in a company that is {@linkplain #prepare prepared}. @return the leads */
    List<RecordId> fill(DemoWriter writer, Actor actor, People people, int contacts, Parties parties) {
        var sellers = parties.sellers();
        var way = way(actor);
        int deals = deals(contacts);
        var leads = writer.create(actor, "lead", deals, n -> lead(people, n, sellers));
        deals(writer, actor, people, deals, parties, new Selling(way, sellers, leads));
        int papers = Math.clamp(contacts / 50L, 10, 20_000);
        var quotes = writer.create(actor, "quote", papers, n -> quote(people, parties, sellers));
        writer.create(actor, "quoteLine", papers * 3, n -> quoteLine(people, quotes, parties));
        payments(writer, actor, people, papers / 2, parties);
        writer.create(actor, "visit", Math.clamp(contacts / 20L, 20, 50_000), n -> visit(people, parties, sellers));
        return leads;
    }

    private static int deals(int contacts) {
        return Math.clamp(contacts / 5L, 40, MOST);
    }

    /** What each seller shall bring in this year. */
    void targets(DemoWriter writer, Actor actor, People people, int contacts, List<RecordId> sellers) {
        int deals = deals(contacts);
        writer.create(actor, "target", sellers.size(), n -> target(people, (int) n, sellers.get((int) n), deals));
    }

    private Way way(Actor actor) {
        return acts.read(actor, act -> {
            var pipeline = act.where("pipeline", Pipeline.ACTIVE, true).stream()
                    .min(Comparator.comparing(item -> Objects.requireNonNull(item.get(Pipeline.POSITION))))
                    .orElseThrow();
            var stages = new ArrayList<>(act.where("stage", Stage.PIPELINE, pipeline.id()));
            stages.sort(Comparator.comparing(item -> Objects.requireNonNull(item.get(Stage.POSITION))));
            return new Way(
                    pipeline.id(),
                    ids(stages, "open"),
                    ids(stages, "won").getFirst(),
                    ids(stages, "lost").getFirst());
        });
    }

    private static List<RecordId> ids(List<dev.rapport.record.Act.Item> stages, String outcome) {
        return stages.stream()
                .filter(stage -> outcome.equals(stage.get(Stage.OUTCOME)))
                .map(dev.rapport.record.Act.Item::id)
                .toList();
    }

    private static Map<Field<?>, @Nullable Object> lead(People people, long number, List<RecordId> sellers) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        boolean chinese = people.chance(50);
        var name = people.name(chinese);
        values.put(Lead.NAME, name);
        values.put(Lead.COMPANY, people.company(chinese, (int) number + 7));
        values.put(Lead.EXTERNAL_ID, people.key("L", number));
        values.put(Lead.EMAIL, people.email(name, number + 900_000));
        values.put(Lead.PHONE, people.mobile(chinese));
        values.put(Lead.ADDRESS, people.address(chinese));
        values.put(
                Lead.SOURCE,
                people.one(List.of("organicSearch", "paidSearch", "social", "referral", "event", "webForm")));
        values.put(Lead.STATUS, people.one(List.of("new", "new", "working", "nurturing", "qualified")));
        values.put(Lead.EMPLOYEES, 5L + people.below(2_000));
        values.put(Lead.FIRST_CONTACT, today().minusDays(people.below(300)));
        values.put(SystemFields.OWNER, people.one(sellers));
        return values;
    }

    private static LocalDate today() {
        return LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    }

    /** A deal and how far it will go: so many stages, and then perhaps its end. */
    private record Journey(
            String key, Instant start, int stages, @Nullable RecordId end, int days) {}

    /** Deals are made at the first stage and then moved, so that their facts are those of real moves. */
    private static void deals(
            DemoWriter writer, Actor actor, People people, int count, Parties parties, Selling selling) {
        var way = selling.way();
        var matching = new Matching(List.of(Opportunity.EXTERNAL_ID), OnMatch.UPDATE);
        var journeys = new ArrayList<Journey>();
        writer.create(actor, "opportunity", count, n -> {
            var journey = journey(people, n, way);
            journeys.add(journey);
            return deal(people, journey, parties, selling);
        });
        for (int step = 1; step <= way.open().size(); step++) {
            var moves = new ArrayList<Row>();
            for (var journey : journeys) {
                var values = move(people, journey, step, way);
                if (values != null) moves.add(new Row(values, new ArrayList<>()));
            }
            writer.update(actor, "opportunity", moves, matching);
        }
    }

    private static Journey journey(People people, long number, Way way) {
        boolean closed = people.chance(55);
        boolean won = closed && people.chance(42);
        int stages = won ? way.open().size() : people.below(way.open().size());
        int age = closed ? 60 + people.below(480) : 5 + people.below(110);
        var start = Instant.now().minus(age, ChronoUnit.DAYS).minus(people.below(1440), ChronoUnit.MINUTES);
        var end = closed ? (won ? way.won() : way.lost()) : null;
        return new Journey(
                people.key("O", number), start.truncatedTo(ChronoUnit.SECONDS), stages, end, 4 + people.below(14));
    }

    private static Map<Field<?>, @Nullable Object> deal(
            People people, Journey journey, Parties parties, Selling selling) {
        var way = selling.way();
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        if (people.chance(40)) values.put(Opportunity.LEAD, people.one(selling.leads()));
        values.put(Opportunity.NAME, people.one(PROJECTS));
        values.put(Opportunity.EXTERNAL_ID, journey.key());
        values.put(Opportunity.ACCOUNT, people.one(parties.accounts()));
        values.put(Opportunity.PIPELINE, way.pipeline());
        values.put(Opportunity.STAGE, way.open().getFirst());
        values.put(Opportunity.STAGE_SINCE, journey.start());
        values.put(Opportunity.AMOUNT, new Money(100_000L * (5 + people.below(900)), CNY));
        values.put(Opportunity.STARTED_ON, LocalDate.ofInstant(journey.start(), ZoneOffset.UTC));
        values.put(Opportunity.CLOSE_DATE, today().plusDays(people.below(120) - 10L));
        values.put(
                Opportunity.SOURCE, people.one(List.of("referral", "event", "organicSearch", "paidSearch", "partner")));
        values.put(Opportunity.CHANNEL, people.one(List.of("direct", "direct", "agent", "ecommerce")));
        values.put(Opportunity.KIND, people.one(List.of("new", "new", "existing", "renewal")));
        values.put(Opportunity.PRODUCT, people.one(parties.products()));
        if (people.chance(60)) values.put(Opportunity.NEXT_STEP, people.one(STEPS));
        values.put(SystemFields.OWNER, people.one(selling.sellers()));
        return values;
    }

    /** The deal's change at this step; null where it stays. */
    private static @Nullable Map<Field<?>, @Nullable Object> move(People people, Journey journey, int step, Way way) {
        var at = journey.start().plus((long) step * journey.days(), ChronoUnit.DAYS);
        if (at.isAfter(Instant.now())) return null;
        boolean ends = journey.end() != null && step == Math.max(1, journey.stages());
        if (!ends && (step > journey.stages() || step >= way.open().size())) return null;
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Opportunity.EXTERNAL_ID, journey.key());
        values.put(Opportunity.STAGE, ends ? journey.end() : way.open().get(step));
        values.put(Opportunity.STAGE_SINCE, at);
        if (ends) {
            values.put(Opportunity.CLOSE_DATE, LocalDate.ofInstant(at, ZoneOffset.UTC));
            values.put(Opportunity.REASON, people.one(REASONS));
        }
        return values;
    }

    private static Map<Field<?>, @Nullable Object> quote(People people, Parties parties, List<RecordId> sellers) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Quote.ACCOUNT, people.one(parties.accounts()));
        values.put(Quote.CONTACT, people.one(parties.persons()));
        values.put(Quote.PAYMENT, people.one(List.of("advance", "net30", "net60", "instalments")));
        values.put(SystemFields.OWNER, people.one(sellers));
        return values;
    }

    private static Map<Field<?>, @Nullable Object> quoteLine(People people, List<RecordId> quotes, Parties parties) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(QuoteLine.QUOTE, people.one(quotes));
        values.put(QuoteLine.PRODUCT, people.one(parties.products()));
        values.put(QuoteLine.QUANTITY, BigDecimal.valueOf(1L + people.below(10)));
        values.put(QuoteLine.TAX_RATE, BigDecimal.valueOf(13));
        if (people.chance(30)) values.put(QuoteLine.DISCOUNT, BigDecimal.valueOf(5L * (1 + people.below(4))));
        return values;
    }

    private static void payments(DemoWriter writer, Actor actor, People people, int count, Parties parties) {
        var sellers = parties.sellers();
        var amounts = new ArrayList<Money>();
        var begins = new ArrayList<LocalDate>();
        var owners = new ArrayList<RecordId>();
        var contracts = writer.create(actor, "contract", count, n -> {
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            amounts.add(new Money(100_000L * (10 + people.below(600)), CNY));
            begins.add(today().minusDays(people.below(200)));
            owners.add(people.one(sellers));
            values.put(Contract.NAME, people.one(PROJECTS));
            values.put(Contract.ACCOUNT, people.one(parties.accounts()));
            values.put(Contract.AMOUNT, amounts.getLast());
            values.put(Contract.STATUS, "active");
            values.put(Contract.SIGNED_ON, begins.getLast());
            values.put(Contract.STARTS_ON, begins.getLast());
            values.put(Contract.ENDS_ON, begins.getLast().plusYears(1));
            values.put(SystemFields.OWNER, owners.getLast());
            return values;
        });
        writer.create(actor, "instalment", contracts.size() * 3, n -> {
            int at = (int) n / 3;
            long whole = amounts.get(at).minorUnits();
            long part = n % 3 == 2 ? whole - 2 * (whole / 3) : whole / 3;
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            values.put(Instalment.NAME, "1/3,2/3,3/3".split(",")[(int) (n % 3)]);
            values.put(Instalment.CONTRACT, contracts.get(at));
            values.put(Instalment.DUE_ON, begins.get(at).plusMonths(1 + 2 * (n % 3)));
            values.put(Instalment.AMOUNT, new Money(part, CNY));
            values.put(SystemFields.OWNER, owners.get(at));
            return values;
        });
        writer.create(actor, "receipt", contracts.size() / 2, n -> {
            Map<Field<?>, @Nullable Object> values = new HashMap<>();
            int at = (int) n * 2;
            values.put(Receipt.CONTRACT, contracts.get(at));
            values.put(Receipt.ACCOUNT, people.one(parties.accounts()));
            values.put(Receipt.AMOUNT, new Money(amounts.get(at).minorUnits() / 3, CNY));
            values.put(Receipt.RECEIVED_ON, begins.get(at).plusDays(28));
            values.put(Receipt.METHOD, people.one(List.of("bank", "bank", "alipay", "acceptance")));
            values.put(SystemFields.OWNER, owners.get(at));
            return values;
        });
    }

    private static Map<Field<?>, @Nullable Object> visit(People people, Parties parties, List<RecordId> sellers) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        var at = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(people.below(40) - 20L, ChronoUnit.DAYS);
        boolean done = at.isBefore(Instant.now());
        values.put(
                Visit.NAME, people.one(List.of("On-site demo", "Quarterly review", "现场演示", "客户回访", "Contract talks")));
        values.put(Visit.ACCOUNT, people.one(parties.accounts()));
        values.put(Visit.PLANNED_AT, at.plus(1 + people.below(9), ChronoUnit.HOURS));
        values.put(Visit.STATUS, done ? "done" : "planned");
        if (done) {
            values.put(
                    Visit.RESULT, people.one(List.of("Agreed on the next phase.", "客户对方案满意。", "Needs a lower price.")));
            values.put(SalesExtensions.NEXT_STEP, people.one(STEPS));
        }
        values.put(SystemFields.OWNER, people.one(sellers));
        return values;
    }

    /** About as much as the generated deals of one seller bring in a year. */
    private static Map<Field<?>, @Nullable Object> target(People people, int number, RecordId seller, int deals) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        int year = today().getYear();
        values.put(Target.NAME, DemoPeople.SELLERS.get(number) + " " + year);
        values.put(Target.PERSON, seller);
        values.put(Target.STARTS_ON, LocalDate.of(year, 1, 1));
        values.put(Target.ENDS_ON, LocalDate.of(year, 12, 31));
        values.put(
                Target.AMOUNT, new Money(1_000_000L * deals / DemoPeople.SELLERS.size() * (4 + people.below(5)), CNY));
        return values;
    }
}
