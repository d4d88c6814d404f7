package dev.rapport.http;

import dev.rapport.database.Database;
import dev.rapport.kernel.Refusal;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Tells load balancers and people whether the process lives and whether it can serve. */
@RestController
class HealthController {
    private final Database database;

    HealthController(Database database) {
        this.database = database;
    }

    @Route("Whether the process is alive")
    @GetMapping("/api/health")
    JsonNode health() {
        return Json.object().put("status", "up");
    }

    /** The schema is current when this answers at all: the server migrates before it listens. */
    @Route("Whether the database is reachable and its schema current")
    @GetMapping("/api/ready")
    ResponseEntity<JsonNode> ready() {
        boolean reachable;
        try {
            reachable = database.read(tx -> tx.dsl().selectOne().fetchOne() != null);
        } catch (Refusal refusal) {
            reachable = false;
        }
        return ResponseEntity.status(reachable ? 200 : 503)
                .body(Json.object().put("status", reachable ? "ready" : "database-away"));
    }
}
