package dev.rapport.exchange.web;

import dev.rapport.exchange.ImportFacade;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;

/** Files into records. */
@RestController
class ImportController {
    private final ImportFacade imports;

    ImportController(ImportFacade imports) {
        this.imports = imports;
    }

    @Route("Upload a file to import: CSV, TSV, XLSX, XLS or vCard")
    @PostMapping("/api/imports")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode upload(Actor actor, @RequestParam("file") MultipartFile file, @RequestParam("object") String object)
            throws IOException {
        try (var content = file.getInputStream()) {
            return imports.upload(actor, object, Objects.requireNonNullElse(file.getOriginalFilename(), ""), content);
        }
    }

    @Route("My newest imports")
    @GetMapping("/api/imports")
    JsonNode list(Actor actor) {
        var node = Json.object();
        imports.newest(actor).forEach(node.putArray("items")::add);
        return node;
    }

    @Route("One import: state, mapping, sample, counts, progress")
    @GetMapping("/api/imports/{id}")
    JsonNode get(Actor actor, @PathVariable String id) {
        return imports.get(actor, id(id));
    }

    @Route("Change the mapping and how rows are matched")
    @PatchMapping("/api/imports/{id}")
    JsonNode configure(Actor actor, @PathVariable String id, JsonBody body) {
        return imports.configure(actor, id(id), body.node());
    }

    @Route("Dry run over the whole file; 202 while it takes longer than a moment")
    @PostMapping("/api/imports/{id}/preview")
    ResponseEntity<JsonNode> preview(Actor actor, @PathVariable String id) {
        var outcome = imports.preview(actor, id(id));
        return ResponseEntity.status(outcome.over() ? 200 : 202).body(outcome.body());
    }

    @Route("Start the import in the background")
    @PostMapping("/api/imports/{id}/start")
    ResponseEntity<JsonNode> start(Actor actor, @PathVariable String id) {
        return ResponseEntity.accepted().body(imports.start(actor, id(id)));
    }

    @Route("Stop the import after its present batch")
    @PostMapping("/api/imports/{id}/cancel")
    ResponseEntity<JsonNode> cancel(Actor actor, @PathVariable String id) {
        return ResponseEntity.accepted().body(imports.cancel(actor, id(id)));
    }

    @Route("Take everything back that the import did")
    @PostMapping("/api/imports/{id}/undo")
    ResponseEntity<JsonNode> undo(Actor actor, @PathVariable String id) {
        return ResponseEntity.accepted().body(imports.undo(actor, id(id)));
    }

    @Route("The failed rows as CSV with the reason in the last column")
    @GetMapping("/api/imports/{id}/errors")
    void errors(Actor actor, @PathVariable String id, HttpServletResponse response) throws IOException {
        imports.requireOwn(actor, id(id));
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"import-errors.csv\"");
        response.setHeader("Cache-Control", "no-store");
        imports.writeErrors(actor, id(id), response.getOutputStream());
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
