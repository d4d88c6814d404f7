package dev.rapport.exchange.web;

import dev.rapport.exchange.Exports;
import dev.rapport.exchange.Exports.Export;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Lists into files. */
@RestController
class ExportController {
    private final Exports exports;

    ExportController(Exports exports) {
        this.exports = exports;
    }

    @Route("Prepare an export")
    @PostMapping("/api/exports")
    ResponseEntity<JsonNode> create(Actor actor, JsonBody body) {
        var export = exports.create(actor, body.node());
        var file = "/api/exports/" + export.id() + "/file";
        return ResponseEntity.created(URI.create(file)).body(describe(export).put("file", file));
    }

    private static tools.jackson.databind.node.ObjectNode describe(Export export) {
        return Json.object()
                .put("id", export.id().toString())
                .put("object", export.object())
                .put("format", export.format());
    }

    @Route("The exported file, streamed")
    @GetMapping("/api/exports/{id}/file")
    void file(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        var export = exports.get(actor, RecordId.parse(id).orElseThrow(Refusal::notFound));
        var query = exports.query(actor, export);
        boolean xlsx = export.format().equals("xlsx");
        response.setContentType(
                xlsx ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv;charset=UTF-8");
        response.setHeader(
                "Content-Disposition", "attachment; filename=\"" + export.object() + "." + export.format() + "\"");
        response.setHeader("Cache-Control", "no-store");
        exports.write(actor, export, query, response.getOutputStream());
    }
}
