package dev.rapport.sales;

import dev.rapport.access.Access;
import dev.rapport.access.Operation;
import dev.rapport.http.Json;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Settings;
import dev.rapport.kernel.Violation;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import java.time.Clock;
import java.time.LocalDate;
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
    private final Access access;
    private final Figures figures;
    private final Acts acts;
    private final Settings settings;
    private final Clock clock;

    Reports(List<ReportSource> sources, Access access, Figures figures, Acts acts, Settings settings, Clock clock) {
        this.access = access;
        this.reports = sources.stream().flatMap(source -> source.all().stream()).toList();
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
        var report = require(name);
        var answer = table(actor, report, body).json(actor.locale(), currency(actor));
        return describe(answer, report, actor.locale());
    }

    private ReadyReport require(String name) {
        return reports.stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(Refusal::notFound);
    }

    private ReportTable table(Actor actor, ReadyReport report, JsonNode body) {
        return report.make().apply(ReportScope.read(actor, figures, today(actor), body));
    }

    /** A report as a file of {@code format} csv or xlsx. @throws Refusal as {@link #make}, 403 for whoever may not export, 422 for another format */
    public byte[] file(Actor actor, String name, String format, JsonNode body) {
        var report = require(name);
        var table = table(actor, report, body);
        for (var object : table.objects())
            access.require(actor, Operation.EXPORT, access.object(actor, object).definition());
        return switch (format) {
            case "csv" -> ReportFile.csv(table, actor.locale());
            case "xlsx" -> ReportFile.xlsx(table, report.labels().in(actor.locale()), actor.locale());
            default -> throw Refusal.invalid(Violation.of("format", "choice", "allowed", "csv, xlsx"));
        };
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
