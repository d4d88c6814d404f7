package dev.rapport.notify.web;

import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Violation;
import dev.rapport.notify.Notifications;
import java.util.ArrayList;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** The inbox of whoever is signed in. */
@RestController
class NotificationController {
    private static final int SHOWN = 50;

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    @Route("What the caller has been told, the newest first")
    @GetMapping("/api/notifications")
    JsonNode list(Actor actor) {
        return notifications.read(actor, SHOWN);
    }

    @Route("Mark what the caller has been told as read: the ids, or all without them")
    @PostMapping("/api/notifications/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void markRead(Actor actor, JsonBody body) {
        var members = body.members();
        var ids = new ArrayList<RecordId>();
        for (var node : members.list("ids"))
            RecordId.parse(node.asString(""))
                    .ifPresentOrElse(ids::add, () -> members.violations().add(Violation.of("ids", "id")));
        boolean all = members.member("ids").isEmpty();
        members.done();
        notifications.markRead(actor, all ? null : ids);
    }
}
