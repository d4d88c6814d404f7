package dev.rapport.search.web;

import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import dev.rapport.search.GlobalSearch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The search over all objects. */
@RestController
class SearchController {
    private final GlobalSearch search;

    SearchController(GlobalSearch search) {
        this.search = search;
    }

    @Route("Records of all objects that match what was typed, the best first")
    @GetMapping("/api/search")
    ResponseEntity<byte[]> search(
            Actor actor,
            @RequestParam Optional<String> q,
            @RequestParam Optional<String> objects,
            @RequestParam Optional<String> limit) {
        var names = objects.map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList())
                .orElse(List.of());
        int most = limit.map(SearchController::limit).orElse(20);
        var found = search.find(actor, q.orElse(""), names, most);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .body(found.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static int limit(String text) {
        if (!text.matches("\\d{1,6}")) throw Refusal.invalid(Violation.of("limit", "type", "expected", "whole"));
        return Math.clamp(Integer.parseInt(text), 1, 100);
    }
}
