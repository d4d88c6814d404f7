package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rapport.mining.association.Apriori;
import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.association.Eclat;
import dev.rapport.mining.association.FpGrowth;
import dev.rapport.mining.association.ItemsetMiner;
import dev.rapport.mining.cluster.KMeans;
import dev.rapport.mining.cluster.Silhouette;
import dev.rapport.mining.evaluate.BinaryReport;
import dev.rapport.mining.evaluate.CrossValidation;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.series.Accuracy;
import dev.rapport.mining.series.Arima;
import dev.rapport.mining.series.HoltWinters;
import dev.rapport.mining.series.SeasonalNaive;
import dev.rapport.mining.series.Series;
import dev.rapport.mining.value.BgNbd;
import dev.rapport.mining.value.GammaGamma;
import dev.rapport.mining.value.ParetoNbd;
import dev.rapport.mining.value.Purchases;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The known answers of the data's README, by their numbers there. */
@Tag("realdata")
class KnownAnswersTest {
    private static final Run RUN = Run.of(1);

    @Test
    void answer1GroceriesAreReadInFull() {
        var baskets = RealData.groceries();
        assertThat(baskets.size()).isEqualTo(9835);
        assertThat(baskets.names()).hasSize(169);
        assertThat(baskets.items()).hasSize(43367);
        int[] counts = baskets.counts();
        var top = IntStream.range(0, counts.length)
                .boxed()
                .sorted((a, b) -> counts[b] - counts[a])
                .limit(5)
                .collect(Collectors.toMap(baskets.names()::get, i -> counts[i]));
        assertThat(top)
                .containsEntry("whole milk", 2513)
                .containsEntry("other vegetables", 1903)
                .containsEntry("rolls/buns", 1809)
                .containsEntry("soda", 1715)
                .containsEntry("yogurt", 1372);
    }

    @Test
    void answer2RulesOfGroceries() {
        var sets = new Eclat(0.001, 10).find(RealData.groceries(), RUN);
        var strong = AssociationRules.of(sets, 0.8, 1, RUN).rules();
        assertThat(strong).hasSize(410);
        assertThat(IntStream.rangeClosed(3, 6).map(size -> (int) strong.stream()
                        .filter(rule -> rule.when().size() + 1 == size)
                        .count()))
                .containsExactly(29, 229, 140, 12);
        assertThat(AssociationRules.of(sets, 0.5, 1, RUN).rules()).hasSize(5668);
        var frequent = AssociationRules.of(new Eclat(0.006, 10).find(RealData.groceries(), RUN), 0.25, 2, RUN)
                .rules();
        assertThat(frequent).hasSize(463);
        assertThat(frequent.get(0).when()).isEqualTo(List.of("herbs"));
        assertThat(frequent.get(0).then()).isEqualTo("root vegetables");
        assertThat(frequent.get(0).lift()).isCloseTo(3.956, within(0.0005));
    }

    @Test
    void answer3ItemsetsOfGroceriesByAllThreeAlgorithms() {
        var baskets = RealData.groceries();
        for (ItemsetMiner miner : List.of(new Apriori(0.001, 20), new Eclat(0.001, 20), new FpGrowth(0.001, 20))) {
            assertThat(miner.find(baskets, RUN).sets()).as(miner.toString()).hasSize(13492);
        }
        assertThat(new Eclat(0.01, 20).find(baskets, RUN).sets()).hasSize(333);
        assertThat(new Eclat(0.05, 20).find(baskets, RUN).sets()).hasSize(31);
        var eclat = new Eclat(0.001, 20).find(baskets, RUN).asMap();
        assertThat(new Apriori(0.001, 20).find(baskets, RUN).asMap()).isEqualTo(eclat);
        assertThat(new FpGrowth(0.001, 20).find(baskets, RUN).asMap()).isEqualTo(eclat);
        assertThat(eclat).containsEntry(Set.of("whole milk"), 2513);
    }

    @Test
    void answer4ItemsetsOfMushroom() {
        var baskets = RealData.mushroom();
        assertThat(baskets.size()).isEqualTo(8124);
        assertThat(new Eclat(0.5, 30).find(baskets, RUN).sets()).hasSize(153);
        assertThat(new FpGrowth(0.4, 30).find(baskets, RUN).sets()).hasSize(565);
        assertThat(new Apriori(0.3, 30).find(baskets, RUN).sets()).hasSize(2735);
        assertThat(new Eclat(0.2, 30).find(baskets, RUN).asMap())
                .hasSize(53583)
                .isEqualTo(new FpGrowth(0.2, 30).find(baskets, RUN).asMap());
    }

    private static Purchases cdnow() {
        var summary = RealData.csv("cdnow_sample/cdnow_customers_summary.csv", ',');
        double[] repeats = summary.numeric("frequency").values();
        return Purchases.ofCounts(
                repeats,
                summary.numeric("recency").values(),
                summary.numeric("T").values(),
                new double[repeats.length]);
    }

    @Test
    void answer5BgNbdOfCdnow() {
        var model = new BgNbd().fit(cdnow(), RUN);
        assertThat(model.r()).isCloseTo(0.243, within(0.0005));
        assertThat(model.alpha()).isCloseTo(4.414, within(0.0015));
        assertThat(model.a()).isCloseTo(0.793, within(0.0005));
        assertThat(model.b()).isCloseTo(2.426, within(0.0015));
        assertThat(model.card().metrics().get("logLikelihood")).isCloseTo(-9582.4, within(0.05));
        assertThat(model.expected(39, 2, 30.43, 38.86)).isCloseTo(1.226, within(0.0005));
    }

    @Test
    void answer6GammaGammaAndParetoNbdOfCdnow() {
        var orders = RealData.cdnow();
        var summary = RealData.csv("cdnow_sample/cdnow_customers_summary_with_transactions.csv", ',');
        double[] repeats = summary.numeric("x").values();
        double[] value = summary.numeric("zbar").values();
        var purchases = Purchases.ofCounts(repeats, new double[repeats.length], new double[repeats.length], value);
        var worth = new GammaGamma().fit(purchases, RUN);
        assertThat(worth.card().rowsUsed()).isEqualTo(946);
        assertThat(worth.p()).isCloseTo(6.25, within(0.02));
        assertThat(worth.q()).isCloseTo(3.74, within(0.02));
        assertThat(worth.gamma()).isCloseTo(15.44, within(0.02));
        assertThat(worth.card().metrics().get("meanValue")).isCloseTo(35.08, within(0.005));

        var model = new ParetoNbd().fit(cdnow(), RUN);
        assertThat(model.r()).isCloseTo(0.553, within(0.001));
        assertThat(model.alpha()).isCloseTo(10.578, within(0.01));
        assertThat(model.s()).isCloseTo(0.606, within(0.001));
        assertThat(model.beta()).isCloseTo(11.669, within(0.03));

        // the same counts from the orders themselves
        var counted = Purchases.of(orders, "customer", "at", "amount", LocalDate.of(1997, 10, 1), 7);
        assertThat(counted.size()).isEqualTo(2357);
        assertThat(Arrays.stream(counted.repeats()).filter(each -> each > 0).count())
                .isEqualTo(946);
    }

    @Test
    void answer8TelcoChurn() {
        var telco = RealData.telco();
        assertThat(telco.rows()).isEqualTo(7043);
        var churn = telco.categorical("Churn");
        assertThat(Arrays.stream(churn.codes()).sum()).isEqualTo(1869);
        assertThat(Arrays.stream(telco.numeric("TotalCharges").values())
                        .filter(Double::isNaN)
                        .count())
                .isEqualTo(11);
        var features = telco.names().stream()
                .filter(name -> !name.equals("customerID") && !name.equals("Churn"))
                .toList();
        var scores = CrossValidation.classify(
                new LogisticRegression(), telco, Task.predict("Churn").from(features), 5, RUN);
        assertThat(scores.mean(BinaryReport::auc)).isBetween(0.83, 0.86);
        assertThat(scores.mean(BinaryReport::auc)).isCloseTo(0.845, within(0.003));
        assertThat(scores.mean(BinaryReport::accuracy)).isCloseTo(0.805, within(0.005));
        assertThat(scores.mean(BinaryReport::liftTopTenth)).isCloseTo(2.87, within(0.1));
    }

    @Test
    void answer9MarketingCampaign() {
        var campaign = RealData.csv("marketing_campaign/marketing_campaign.csv", '\t');
        double[] response = campaign.numeric("Response").values();
        assertThat(response).hasSize(2240);
        assertThat(Arrays.stream(response).sum()).isEqualTo(334);
        // dates dd-mm-yyyy are no ISO dates; days since the first say the same
        double[] days = IntStream.range(0, campaign.rows())
                .mapToDouble(row -> {
                    String[] parts = campaign.column("Dt_Customer").written(row).split("-");
                    return LocalDate.of(
                                    Integer.parseInt(parts[2]), Integer.parseInt(parts[1]), Integer.parseInt(parts[0]))
                            .toEpochDay();
                })
                .toArray();
        Frame data = campaign.with(new Column.Numeric("Dt_Customer", days));
        var features = data.names().stream()
                .filter(name ->
                        !Set.of("ID", "Response", "Z_CostContact", "Z_Revenue").contains(name))
                .toList();
        var scores = CrossValidation.classify(
                new LogisticRegression(), data, Task.predict("Response").from(features), 5, RUN);
        assertThat(scores.mean(BinaryReport::auc)).isBetween(0.87, 0.91);
    }

    @Test
    void answer10GroupsOfMallCustomers() {
        var mall = RealData.mall();
        var task = Task.describe("Annual Income (k$)", "Spending Score (1-100)");
        var five = KMeans.of(5).unscaled().fit(mall, task, RUN);
        assertThat(five.card().metrics().get("inertia")).isCloseTo(44448.4554, within(0.0001));
        int[] labels = five.assign(mall);
        double[][] columns = {
            mall.numeric("Annual Income (k$)").values(),
            mall.numeric("Spending Score (1-100)").values()
        };
        assertThat(Silhouette.mean(columns, labels, 5, RUN)).isCloseTo(0.5539, within(0.0001));
        assertThat(five.profiles().groups().stream()
                        .map(Explanation.Profile::size)
                        .sorted())
                .containsExactly(22, 23, 35, 39, 81);
        var four = KMeans.of(4).unscaled().fit(mall, task, RUN);
        assertThat(four.card().metrics().get("inertia")).isCloseTo(73679.79, within(0.005));
    }

    private static Series airline() {
        var frame = RealData.csv("forecast/airline-passengers.csv", ',');
        return Series.monthly(
                LocalDate.of(1949, 1, 1), frame.numeric("Passengers").values());
    }

    @Test
    void answer11AirlinePassengers() {
        var all = airline();
        assertThat(all.size()).isEqualTo(144);
        var model = new Arima(0, 1, 1, 0, 1, 1, false).fit(all.log(), RUN);
        assertThat(model.ma()[0]).isCloseTo(-0.4018, within(0.0005));
        assertThat(model.seasonalMa()[0]).isCloseTo(-0.5569, within(0.0005));
        assertThat(model.variance()).isCloseTo(0.001348, within(0.000005));
        assertThat(model.card().metrics().get("logLikelihood")).isCloseTo(244.7, within(0.05));

        var past = all.head(132);
        double[] truth = all.tail(132).values();
        var airline = new Arima(0, 1, 1, 0, 1, 1, false)
                .fit(past.log(), RUN)
                .forecast(12)
                .exp();
        assertThat(mape(airline.means(), truth, past)).isCloseTo(2.90, within(0.01));
        // the weights that R's HoltWinters stops at; ours lie in a better minimum
        var given =
                new HoltWinters(HoltWinters.Season.MULTIPLIES, new double[] {0.8027404, 0.008501776, 1}).fit(past, RUN);
        assertThat(given.card().metrics().get("sse")).isCloseTo(20768.38, within(0.01));
        assertThat(mape(given.forecast(12).means(), truth, past)).isCloseTo(4.891, within(0.001));
        var found = new HoltWinters(HoltWinters.Season.MULTIPLIES).fit(past, RUN);
        assertThat(found.card().metrics().get("sse")).isLessThan(20768);
        assertThat(mape(found.forecast(12).means(), truth, past)).isLessThan(4.89);
        var naive = new SeasonalNaive().fit(past, RUN).forecast(12);
        assertThat(mape(naive.means(), truth, past)).isCloseTo(9.99, within(0.005));
    }

    private static double mape(double[] forecast, double[] truth, Series past) {
        return Accuracy.of(forecast, truth, past.values(), 12).mape();
    }
}
