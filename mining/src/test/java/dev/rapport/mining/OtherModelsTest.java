package dev.rapport.mining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rapport.mining.association.AssociationRules;
import dev.rapport.mining.association.Baskets;
import dev.rapport.mining.association.Eclat;
import dev.rapport.mining.association.ItemSimilarity;
import dev.rapport.mining.association.SequenceRules;
import dev.rapport.mining.frame.Column;
import dev.rapport.mining.frame.Frame;
import dev.rapport.mining.json.ModelJson;
import dev.rapport.mining.regression.LogisticRegression;
import dev.rapport.mining.series.Arima;
import dev.rapport.mining.series.AutoArima;
import dev.rapport.mining.series.BestForecaster;
import dev.rapport.mining.series.Croston;
import dev.rapport.mining.series.Ets;
import dev.rapport.mining.series.Forecaster;
import dev.rapport.mining.series.HoltWinters;
import dev.rapport.mining.series.SeasonalNaive;
import dev.rapport.mining.series.Series;
import dev.rapport.mining.series.Theta;
import dev.rapport.mining.service.Servqual;
import dev.rapport.mining.tree.Cart;
import dev.rapport.mining.tree.GradientBoosting;
import dev.rapport.mining.value.BgNbd;
import dev.rapport.mining.value.Cox;
import dev.rapport.mining.value.GammaGamma;
import dev.rapport.mining.value.ParetoNbd;
import dev.rapport.mining.value.Purchases;
import dev.rapport.mining.value.Rfm;
import dev.rapport.mining.value.Uplift;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every model that no {@link Trainer} makes: forecasts, rules, customer value, service quality. */
class OtherModelsTest {
    private static final Run RUN = Run.of(5);

    private static Series series() {
        var random = new SplittableRandom(1);
        double[] values = new double[60];
        for (int i = 0; i < 60; i++)
            values[i] = 100 + 2 * i + 20 * Math.sin(i * Math.PI / 6) + 3 * random.nextGaussian();
        return Series.monthly(LocalDate.of(2021, 11, 1), values);
    }

    static Stream<Forecaster> forecasters() {
        return Stream.of(
                new SeasonalNaive(),
                new HoltWinters(HoltWinters.Season.ADDS),
                new HoltWinters(HoltWinters.Season.MULTIPLIES),
                new Ets(Ets.Part.ADDS, Ets.Part.ADDS, Ets.Part.ADDS, true),
                Ets.automatic(),
                new Arima(1, 1, 1, 0, 1, 1, false),
                new AutoArima(),
                new Theta(),
                new Croston(0.2, Croston.Variant.SBA));
    }

    @ParameterizedTest
    @MethodSource("forecasters")
    void everyForecasterKeepsItsContract(Forecaster forecaster) {
        var model = forecaster.fit(series(), RUN);
        var forecast = model.forecast(15);
        assertThat(forecaster.fit(series(), RUN.withThreads(1)).forecast(15)).isEqualTo(forecast);
        assertThat(forecast.steps()).hasSize(15);
        assertThat(forecast.steps().get(0).date()).isEqualTo(LocalDate.of(2026, 11, 1));
        for (var at : forecast.steps()) {
            assertThat(at.low95()).isLessThanOrEqualTo(at.low80());
            assertThat(at.low80()).isLessThanOrEqualTo(at.high80());
            assertThat(at.high80()).isLessThanOrEqualTo(at.high95());
        }
        assertThat(model.fitted()).hasSize(60);
        var again = (Forecaster.Fitted) ModelJson.read(model.toJson());
        assertThat(again.forecast(15)).isEqualTo(forecast);
        said(model);
        assertThatThrownBy(() -> forecaster.fit(series().head(1), RUN)).isInstanceOf(Refusal.class);
        double[] hole = series().values().clone();
        hole[7] = Double.NaN;
        assertThatThrownBy(() -> forecaster.fit(series().with(hole), RUN))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("2022-06-01");
    }

    private static void said(Model model) {
        for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            assertThat(model.explanation().text(locale)).isNotBlank().doesNotContain("{", "\uE000");
        }
    }

    static Stream<Model> models() {
        double[] repeats = new double[120];
        double[] last = new double[120];
        double[] known = new double[120];
        double[] value = new double[120];
        double[] left = new double[120];
        String[] contacted = new String[120];
        String[] bought = new String[120];
        for (int i = 0; i < 120; i++) {
            repeats[i] = i % 5;
            known[i] = 30 + i % 7;
            last[i] = i % 5 == 0 ? 0 : 3 + i % 27;
            value[i] = i % 5 == 0 ? Double.NaN : 20 + i % 13;
            left[i] = i % 3 == 0 ? 1 : 0;
            contacted[i] = i % 2 == 0 ? "yes" : "no";
            bought[i] = i % 7 < 3 ? "yes" : "no";
        }
        var purchases = Purchases.ofCounts(repeats, last, known, value);
        var frame = Frame.of(
                Column.numeric("repeats", repeats),
                Column.numeric("known", known),
                Column.numeric("left", left),
                Column.categorical("contacted", contacted),
                Column.categorical("bought", bought));
        var baskets = Baskets.of(List.of(List.of("a", "b"), List.of("a", "b", "c"), List.of("a"), List.of("b", "c")));
        var survey = new Servqual(
                List.of(new Servqual.Dimension("empathy", List.of(new Servqual.Item("repeats", "left", false)), 1)),
                0,
                10);
        var task = Task.predict("bought").from("repeats", "known");
        return Stream.of(
                new BgNbd().fit(purchases, RUN),
                new ParetoNbd().fit(purchases, RUN),
                new GammaGamma().fit(purchases, RUN),
                Rfm.of(purchases, RUN),
                new Cox("left").fit(frame, Task.predict("known").from("repeats", "contacted"), RUN),
                new Uplift("contacted", "yes", "yes", new LogisticRegression()).fit(frame, task, RUN),
                new Uplift("contacted", "yes", "yes", new GradientBoosting(5, 0.3, 4, 5, 0)).fit(frame, task, RUN),
                new Uplift("contacted", "yes", "yes", new Cart().leavesOf(5)).fit(frame, task, RUN),
                AssociationRules.of(new Eclat(0.25, 3).find(baskets, RUN), 0.4, 1, RUN),
                ItemSimilarity.of(baskets, 5, 1, RUN),
                SequenceRules.of(List.of(List.of("a", "b"), List.of("a", "c", "b")), 0.5, 3, 0.5, RUN),
                survey.of(frame, RUN),
                new BestForecaster(6).fit(series(), RUN));
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyModelComesBackFromItsJsonAndSpeaksBothLanguages(Model model) {
        String json = model.toJson();
        Model again = ModelJson.read(json);
        assertThat(again.toJson()).isEqualTo(json);
        assertThat(again.card()).isEqualTo(model.card());
        said(again);
    }
}
