package dev.rapport.record.web;

import dev.rapport.access.Access;
import dev.rapport.file.FileStore;
import dev.rapport.file.FileStore.StoredFile;
import dev.rapport.http.Json;
import dev.rapport.http.RateLimits;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.record.Attachments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.JsonNode;

/**
 * Files come in and go out here. A download is always an attachment, with a type decided from its bytes and a policy under
 * which no browser runs anything in it.
 */
@RestController
class FileController {
    private static final long MAX_SIZE = 100L << 20;

    private final FileStore files;
    private final Attachments attachments;
    private final Access access;
    private final RateLimits limits;

    FileController(FileStore files, Attachments attachments, Access access, RateLimits limits) {
        this.files = files;
        this.attachments = attachments;
        this.access = access;
        this.limits = limits;
    }

    @Route("Upload a file; its id goes into an attachment field")
    @PostMapping("/api/files")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode upload(Actor actor, @RequestParam("file") MultipartFile file) throws IOException {
        limits.take("upload " + actor.id(), 100, Duration.ofSeconds(1));
        if (file.getSize() > MAX_SIZE) throw Refusal.of(Refusal.Kind.TOO_LARGE, "too-large");
        try (var content = file.getInputStream()) {
            return describe(files.store(actor, Objects.requireNonNullElse(file.getOriginalFilename(), ""), content));
        }
    }

    @Route("Download a file that I uploaded or that a record I may see holds")
    @GetMapping("/api/files/{id}")
    ResponseEntity<InputStreamResource> download(Actor actor, @PathVariable String id) {
        var file = RecordId.parse(id)
                .flatMap(files::find)
                .filter(found ->
                        isOwn(actor, found) || attachments.isVisible(actor, found.id(), access.catalogue(actor)))
                .orElseThrow(Refusal::notFound);
        var disposition = ContentDisposition.attachment()
                .filename(file.name(), StandardCharsets.UTF_8)
                .build();
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(file.size())
                .header(HttpHeaders.CONTENT_DISPOSITION, disposition.toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header(HttpHeaders.CACHE_CONTROL, "private, no-store")
                .body(new InputStreamResource(files.open(file)));
    }

    /** A program that is limited to some objects sees files by way of their records alone. */
    private static boolean isOwn(Actor actor, StoredFile file) {
        return file.createdBy().equals(actor.id()) && actor.limits().isEmpty();
    }

    private static JsonNode describe(StoredFile file) {
        return Json.object()
                .put("id", file.id().toString())
                .put("name", file.name())
                .put("type", file.type())
                .put("size", file.size());
    }
}
