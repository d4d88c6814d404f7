package dev.rapport.sales.web;

import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.sales.Commissions;
import dev.rapport.sales.Forecasts;
import dev.rapport.sales.Reports;
import dev.rapport.sales.TargetProgress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Reports, forecast and targets. */
@RestController
class ReportController {
    private final Reports reports;
    private final Forecasts forecasts;
    private final TargetProgress targets;
    private final Commissions commissions;

    ReportController(Reports reports, Forecasts forecasts, TargetProgress targets, Commissions commissions) {
        this.commissions = commissions;
        this.reports = reports;
        this.forecasts = forecasts;
        this.targets = targets;
    }

    @Route("Reports that come ready")
    @GetMapping("/api/reports")
    JsonNode list(Actor actor) {
        return reports.list(actor);
    }

    @Route("Make a report for a period, people and a pipeline")
    @PostMapping("/api/reports/{name}")
    JsonNode make(Actor actor, @PathVariable String name, JsonBody body) {
        return reports.make(actor, name, body.node());
    }

    @Route("A report as a CSV or Excel file; the parameters are the members of its scope")
    @GetMapping("/api/reports/{name}/file")
    ResponseEntity<byte[]> file(Actor actor, @PathVariable String name, @RequestParam Map<String, String> parameters) {
        var scope = Json.object();
        parameters.forEach((key, value) -> {
            if (!key.equals("format")) scope.put(key, value);
        });
        var format = parameters.getOrDefault("format", "csv");
        var content = reports.file(actor, name, format, scope);
        return ResponseEntity.ok()
                .contentType(
                        format.equals("csv")
                                ? new MediaType("text", "csv", StandardCharsets.UTF_8)
                                : MediaType.parseMediaType(
                                        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"report." + format + "\"")
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(content);
    }

    @Route("What will be won in a period")
    @PostMapping("/api/forecast")
    JsonNode forecast(Actor actor, JsonBody body) {
        return forecasts.make(actor, body.node());
    }

    @Route("What people are due by the commission plans")
    @PostMapping("/api/commissions")
    JsonNode commissions(Actor actor, JsonBody body) {
        return commissions.make(actor, body.node());
    }

    @Route("Keep the forecast as it is today")
    @PostMapping("/api/forecast/snapshot")
    JsonNode snapshot(Actor actor, JsonBody body) {
        return forecasts.snapshot(actor, body.node());
    }

    @Route("How far targets have been reached")
    @PostMapping("/api/targets/progress")
    JsonNode progress(Actor actor, JsonBody body) {
        return targets.make(actor, body.node());
    }
}
