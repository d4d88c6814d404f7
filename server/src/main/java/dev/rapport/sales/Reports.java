package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The reports that come with sales. */
@Component
public class Reports {
    private final List<ReadyReport> reports;
    private final Figures figures;
    private final Acts acts;
    private final Settings settings;
    private final Clock clock;

    Reports(DealReports deals, OtherReports others, Figures figures, Acts acts, Settings settings, Clock clock) {
        var all = new ArrayList<>(deals.all());
        all.addAll(others.all());
        this.reports = List.copyOf(all);
        this.figures = figures;
        this.acts = acts;
        this.settings = settings;
        this.clock = clock;
    }

    /** What there is, each with its name and what it tells in the actor's language. */
    public ObjectNode list(Actor actor) {
        var node = Json.object();
        var items = node.putArray("items");
        for (var report : reports) describe(items.addObject(), report, actor.locale());
        return node;
    }

    private static ObjectNode describe(ObjectNode node, ReadyReport report, Locale locale) {
        node.put("name", report.name())
                .put("title", report.labels().in(locale))
                .put("about", report.about().in(locale));
        report.filters().stream().sorted().forEach(node.putArray("filters")::add);
        return node;
    }

    /**
     * Makes a report for {@code {"from"?, "to"?, "owner"?, "team"?, "pipeline"?}}.
     *
     * @throws Refusal 404 for an unknown report or objects that the actor may not read, 422 for a wrong scope
     */
    public ObjectNode make(Actor actor, String name, JsonNode body) {
        var report = reports.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(Refusal::notFound);
        var scope = ReportScope.read(actor, figures, today(actor), body);
        var answer = report.make().apply(scope).json(actor.locale(), currency(actor));
        return describe(answer, report, actor.locale());
    }

    LocalDate today(Actor actor) {
        return LocalDate.ofInstant(clock.instant(), actor.zone());
    }

    /** Code of the currency that values are counted in. */
    public String currency(Actor actor) {
        return acts.read(
                actor,
                act -> act.where("company", Company.KEY, Company.ONLY).stream()
                        .map(company -> company.get(Company.CURRENCY))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(settings.currency()));
    }
}
