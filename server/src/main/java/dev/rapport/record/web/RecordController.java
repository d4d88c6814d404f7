package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.http.ETags;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.ProblemWriter;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.metadata.CatalogueView.ObjectView;
import dev.rapport.record.Aggregates;
import dev.rapport.record.Merge;
import dev.rapport.record.QueryReader;
import dev.rapport.record.RecordViews;
import dev.rapport.record.Records;
import dev.rapport.record.Reveal;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The records of every object, built-in or custom, under the same few routes. */
@RestController
@RequestMapping("/api/records/{object}")
class RecordController {
    private final Access access;
    private final Records records;
    private final RecordViews views;
    private final QueryReader queries;
    private final Aggregates aggregates;
    private final Merge merge;
    private final Reveal reveal;

    RecordController(
            Access access,
            Records records,
            RecordViews views,
            QueryReader queries,
            Aggregates aggregates,
            Merge merge,
            Reveal reveal) {
        this.reveal = reveal;
        this.access = access;
        this.records = records;
        this.views = views;
        this.queries = queries;
        this.aggregates = aggregates;
        this.merge = merge;
    }

    @Route("List records; the parameters are the members of a query")
    @GetMapping
    ResponseEntity<byte[]> list(
            Actor actor, @PathVariable String object, @RequestParam Map<String, String> parameters) {
        return page(actor, access.object(actor, object), new JsonBody(QueryParameters.read(parameters)));
    }

    @Route("Show values of one record that are masked or encrypted; each time is written down")
    @PostMapping("/{id}/reveal")
    JsonNode reveal(Actor actor, @PathVariable String object, @PathVariable String id, JsonBody body) {
        var members = body.members();
        var fields = new TreeSet<>(members.texts("fields"));
        var reason = members.optionalText("reason").orElse("");
        if (fields.isEmpty()) members.violations().add(Violation.of("fields", "required"));
        if (reason.length() > 500) members.violations().add(Violation.of("reason", "too-long", "max", 500));
        members.done();
        return Json.object()
                .set("values", reveal.reveal(actor, access.object(actor, object), QueryReader.id(id), fields, reason));
    }

    @Route("List records by a JSON query")
    @PostMapping("/query")
    ResponseEntity<byte[]> query(Actor actor, @PathVariable String object, JsonBody body) {
        return page(actor, access.object(actor, object), body);
    }

    private ResponseEntity<byte[]> page(Actor actor, ObjectView object, JsonBody body) {
        var page = records.find(actor, queries.read(actor, object, body.node()));
        return json(ResponseEntity.ok(), views.page(actor, page));
    }

    @Route("Create a record")
    @PostMapping
    ResponseEntity<byte[]> create(Actor actor, @PathVariable String object, JsonBody body) {
        var view = access.object(actor, object);
        var id = records.create(actor, view, body.node());
        var location = URI.create("/api/records/" + object + "/" + id);
        return record(ResponseEntity.created(location), actor, view, id, null);
    }

    @Route("What would speak against creating this record, while it is being written")
    @PostMapping("/check")
    JsonNode check(Actor actor, @PathVariable String object, JsonBody body) {
        var answer = Json.object();
        var violations = answer.putArray("violations");
        for (var violation : records.check(actor, access.object(actor, object), body.node()))
            ProblemWriter.write(violations.addObject(), violation, actor.locale());
        return answer;
    }

    @Route("One record")
    @GetMapping("/{id}")
    ResponseEntity<byte[]> get(
            Actor actor, @PathVariable String object, @PathVariable String id, @RequestParam Optional<String> fields) {
        var view = access.object(actor, object);
        var recordId = QueryReader.id(id);
        var found = views.record(actor, view, recordId, fields.orElse(null));
        if (found.isEmpty()) return moved(actor, view, recordId, fields);
        return json(
                ResponseEntity.ok().eTag(ETags.of(found.get().version())),
                found.get().json());
    }

    /** A record that was merged leads to the one that stands for it, if the caller may see that one. */
    private ResponseEntity<byte[]> moved(Actor actor, ObjectView object, RecordId id, Optional<String> fields) {
        var survivor = merge.survivor(object, id)
                .filter(other -> views.record(actor, object, other, "").isPresent())
                .orElseThrow(Refusal::notFound);
        var location = "/api/records/" + object.definition().name() + "/" + survivor;
        var query = fields.map(names -> "?fields=" + URLEncoder.encode(names, StandardCharsets.UTF_8));
        return ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT)
                .location(URI.create(location + query.orElse("")))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    @Route("Make one record of several; with dryRun a preview")
    @PostMapping("/merge")
    ResponseEntity<JsonNode> merge(Actor actor, @PathVariable String object, JsonBody body) {
        return ResponseEntity.ok(merge.run(actor, access.object(actor, object), body.node()));
    }

    @Route("Change some fields of a record")
    @PatchMapping("/{id}")
    ResponseEntity<byte[]> update(
            Actor actor,
            @PathVariable String object,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            JsonBody body) {
        var view = access.object(actor, object);
        var recordId = QueryReader.id(id);
        records.update(actor, view, recordId, ETags.required(ifMatch), body.node());
        return record(ResponseEntity.ok(), actor, view, recordId, null);
    }

    @Route("Put a record into the recycle bin")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(
            Actor actor,
            @PathVariable String object,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        var definition = access.object(actor, object).definition();
        records.delete(actor, definition, QueryReader.id(id), ETags.required(ifMatch));
        return ResponseEntity.noContent().build();
    }

    @Route("Take a record out of the recycle bin")
    @PostMapping("/{id}/restore")
    ResponseEntity<byte[]> restore(Actor actor, @PathVariable String object, @PathVariable String id) {
        var view = access.object(actor, object);
        var recordId = QueryReader.id(id);
        records.restore(actor, view.definition(), recordId);
        return record(ResponseEntity.ok(), actor, view, recordId, null);
    }

    @Route("Update or create the record with this value of a unique field")
    @PutMapping("/by/{field}/{value}")
    ResponseEntity<byte[]> upsert(
            Actor actor,
            @PathVariable String object,
            @PathVariable String field,
            @PathVariable String value,
            JsonBody body) {
        var view = access.object(actor, object);
        var done = records.upsert(actor, view, field, value, body.node());
        var location = URI.create("/api/records/" + object + "/" + done.id());
        var answer = done.created() ? ResponseEntity.created(location) : ResponseEntity.status(HttpStatus.OK);
        return record(answer, actor, view, done.id(), null);
    }

    @Route("Figures over records, in groups")
    @PostMapping("/aggregate")
    ResponseEntity<byte[]> aggregate(Actor actor, @PathVariable String object, JsonBody body) {
        var request = queries.readAggregate(actor, access.object(actor, object), body.node());
        return json(ResponseEntity.ok(), aggregates.read(actor, request));
    }

    @Route("Who changed which field from what to what")
    @GetMapping("/{id}/history")
    ResponseEntity<byte[]> history(
            Actor actor,
            @PathVariable String object,
            @PathVariable String id,
            @RequestParam Map<String, String> parameters) {
        var view = access.object(actor, object);
        int before = QueryParameters.whole(parameters, "after", Integer.MAX_VALUE);
        int limit = Math.clamp(QueryParameters.whole(parameters, "limit", 50), 1, 500);
        return json(ResponseEntity.ok(), views.history(actor, view, QueryReader.id(id), before, limit));
    }

    @Route("Everything that happened with a record, the newest first")
    @GetMapping("/{id}/timeline")
    ResponseEntity<byte[]> timeline(
            Actor actor,
            @PathVariable String object,
            @PathVariable String id,
            @RequestParam Map<String, String> parameters) {
        var view = access.object(actor, object);
        int limit = Math.clamp(QueryParameters.whole(parameters, "limit", 50), 1, 200);
        return json(ResponseEntity.ok(), views.timeline(actor, view, QueryReader.id(id), parameters, limit));
    }

    private ResponseEntity<byte[]> record(
            ResponseEntity.BodyBuilder answer, Actor actor, ObjectView object, RecordId id, @Nullable String fields) {
        var found = views.record(actor, object, id, fields).orElse(null);
        // made or changed for somebody else, and out of sight from then on
        if (found == null)
            return json(
                    answer, Json.object().put("id", id.toString()).toString().getBytes(StandardCharsets.UTF_8));
        return json(answer.eTag(ETags.of(found.version())), found.json());
    }

    private static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, byte[] body) {
        return answer.contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(body);
    }
}
