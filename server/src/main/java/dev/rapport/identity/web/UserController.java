package dev.rapport.identity.web;

import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Route;
import dev.rapport.identity.UserAdministration;
import dev.rapport.identity.Users;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Accounts of further users. */
@RestController
class UserController {
    private final Database database;
    private final Users users;
    private final UserAdministration administration;

    UserController(Database database, Users users, UserAdministration administration) {
        this.database = database;
        this.users = users;
        this.administration = administration;
    }

    @Route("Create a user")
    @PostMapping("/api/users")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode create(Actor actor, JsonBody body) {
        administration.require(actor);
        var members = body.members();
        var user = new NewUser(
                members.text("username"),
                members.text("name"),
                members.text("password"),
                members.text("role"),
                members.oneOf("language", "en", Set.of("en", "zh-CN")));
        members.done();
        var id = database.transact(tx -> users.create(tx, user));
        return Json.object().put("id", id.toString()).put("username", user.username());
    }

    @Route("Change a user's team or mail address, or let nobody sign in as them")
    @PatchMapping("/api/users/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(Actor actor, @PathVariable String id, JsonBody body) {
        administration.require(actor);
        var members = body.members();
        var active = members.member("active").isEmpty() || members.flag("active");
        var team = members.optionalText("team").orElse(null);
        var teamId = team == null ? null : RecordId.parse(team).orElse(null);
        if (team != null && teamId == null) members.violations().add(Violation.of("team", "id"));
        var user = RecordId.parse(id).orElseThrow(Refusal::notFound);
        var email =
                members.member("email").isEmpty() ? users.email(user).orElse(null) : SessionController.address(members);
        members.done();
        database.run(tx -> users.change(tx, user, active, teamId, email));
    }
}
