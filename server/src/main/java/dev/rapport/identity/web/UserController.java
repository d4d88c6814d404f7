package dev.rapport.identity.web;

import dev.rapport.audit.Audit;
import dev.rapport.database.Database;
import dev.rapport.http.Json;
import dev.rapport.http.JsonBody;
import dev.rapport.http.Members;
import dev.rapport.http.Route;
import dev.rapport.identity.PasswordLinkMade;
import dev.rapport.identity.PasswordLinks;
import dev.rapport.identity.SecondFactor;
import dev.rapport.identity.Sessions;
import dev.rapport.identity.UserAdministration;
import dev.rapport.identity.Users;
import dev.rapport.identity.Users.NewUser;
import dev.rapport.identity.Users.Standing;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Accounts of people: who may sign in, with which roles, and where they stand in the company. */
@RestController
class UserController {
    private final Database database;
    private final Users users;
    private final Sessions sessions;
    private final PasswordLinks links;
    private final SecondFactor secondFactor;
    private final UserAdministration administration;
    private final Audit audit;
    private final ApplicationEventPublisher events;

    UserController(
            Database database,
            Users users,
            Sessions sessions,
            PasswordLinks links,
            SecondFactor secondFactor,
            UserAdministration administration,
            Audit audit,
            ApplicationEventPublisher events) {
        this.database = database;
        this.users = users;
        this.sessions = sessions;
        this.links = links;
        this.secondFactor = secondFactor;
        this.administration = administration;
        this.audit = audit;
        this.events = events;
    }

    @Route("Create a user; without a password the answer holds a link by which they choose one")
    @PostMapping("/api/users")
    @ResponseStatus(HttpStatus.CREATED)
    JsonNode create(Actor actor, JsonBody body) {
        administration.require(actor);
        var members = body.members();
        var username = members.text("username");
        var name = members.text("name");
        var password = members.optionalText("password").orElse(null);
        var roles = roles(members);
        var language = members.oneOf("language", "en", Set.of("en", "zh-CN"));
        if (roles.isEmpty()) members.violations().add(Violation.of("role", "required"));
        var standing = standing(members, new Standing(true, null, null, null, Set.of()), roles);
        members.done();
        var user = new NewUser(username, name, password, roles.iterator().next(), language);
        var answer = Json.object();
        database.run(tx -> {
            var id = users.create(tx, user);
            users.change(tx, id, standing);
            if (password == null) invite(answer, links.create(tx, id, PasswordLinks.INVITATION));
            audit.write(
                    tx,
                    Audit.Event.of(actor, "user.create")
                            .on("user", id)
                            .with("username", username)
                            .with("roles", String.join(", ", standing.roles())));
            answer.put("id", id.toString()).put("username", user.username());
        });
        administration.changed();
        var email = standing.email();
        if (password == null && email != null)
            events.publishEvent(new PasswordLinkMade(
                    email, name, answer.path("token").asString(), true, Locale.forLanguageTag(language)));
        answer.remove("token");
        return answer;
    }

    private static void invite(ObjectNode answer, String token) {
        answer.put("invitation", "/join?token=" + token).put("token", token);
    }

    private static Set<String> roles(Members members) {
        var roles = new LinkedHashSet<String>();
        members.optionalText("role").ifPresent(roles::add);
        if (members.has("roles")) roles.addAll(members.texts("roles"));
        return roles;
    }

    private static Standing standing(Members members, Standing before, Set<String> roles) {
        var team = reference(members, "team", before.team());
        var department = reference(members, "department", before.department());
        var email = members.has("email") ? SessionController.address(members) : before.email();
        var active = members.member("active").isEmpty() ? before.active() : members.flag("active");
        return new Standing(active, team, department, email, roles);
    }

    /** Null to take the person out of it; a member that is not there leaves it as it is. */
    private static @Nullable RecordId reference(Members members, String name, @Nullable RecordId before) {
        if (!members.has(name)) return before;
        var text = members.optionalText(name).orElse(null);
        if (text == null) return null;
        var id = RecordId.parse(text).orElse(null);
        if (id == null) members.violations().add(Violation.of(name, "id"));
        return id;
    }

    @Route("How a user stands: roles, team, department, second factor, open sessions")
    @GetMapping("/api/users/{id}")
    JsonNode get(Actor actor, @PathVariable String id) {
        administration.require(actor);
        var user = id(id);
        var standing = database.read(tx -> users.standing(tx, user));
        var node = Json.object().put("id", user.toString()).put("active", standing.active());
        node.put("email", standing.email());
        node.put("team", standing.team() == null ? null : standing.team().toString());
        node.put(
                "department",
                standing.department() == null ? null : standing.department().toString());
        var roles = node.putArray("roles");
        standing.roles().stream().sorted().forEach(roles::add);
        node.put("secondFactor", secondFactor.isOn(user));
        SessionController.write(node.putArray("sessions"), sessions.of(user, Optional.empty()));
        return node;
    }

    @Route("Change a user's roles, team, department or mail address, or let nobody sign in as them")
    @PatchMapping("/api/users/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(Actor actor, @PathVariable String id, JsonBody body) {
        administration.require(actor);
        var user = id(id);
        var members = body.members();
        database.run(tx -> {
            var before = users.standing(tx, user);
            var roles = roles(members);
            if (members.has("roles") && roles.isEmpty()) members.violations().add(Violation.of("roles", "required"));
            var standing = standing(members, before, roles);
            members.done();
            users.change(tx, user, standing);
            if (before.active() && !standing.active()) {
                sessions.closeAll(tx, user);
                sessions.revokeAll(tx, user);
            }
            audit.write(tx, changed(actor, user, before, standing));
        });
        sessions.forget();
        administration.changed();
    }

    private static Audit.Event changed(Actor actor, RecordId user, Standing before, Standing after) {
        var event = Audit.Event.of(actor, "user.change").on("user", user);
        if (before.active() != after.active()) event = event.with("active", String.valueOf(after.active()));
        if (!java.util.Objects.equals(before.team(), after.team())) event = event.with("team", text(after.team()));
        if (!java.util.Objects.equals(before.department(), after.department()))
            event = event.with("department", text(after.department()));
        if (!after.roles().isEmpty() && !before.roles().equals(after.roles()))
            event = event.with("roles", String.join(", ", after.roles()))
                    .with("rolesBefore", String.join(", ", before.roles()));
        if (!java.util.Objects.equals(before.email(), after.email())) event = event.with("email", "changed");
        return event;
    }

    private static String text(@Nullable RecordId id) {
        return id == null ? "" : id.toString();
    }

    @Route("A link by which a user chooses a new password; it is mailed where there is an address")
    @PostMapping("/api/users/{id}/password-link")
    ResponseEntity<JsonNode> link(Actor actor, @PathVariable String id) {
        administration.require(actor);
        var user = id(id);
        var person = users.find(user).orElseThrow(Refusal::notFound);
        var answer = Json.object();
        var token = database.transact(tx -> {
            audit.write(tx, Audit.Event.of(actor, "user.passwordLink").on("user", user));
            return links.create(tx, user, PasswordLinks.INVITATION);
        });
        invite(answer, token);
        answer.remove("token");
        users.email(user)
                .ifPresent(email ->
                        events.publishEvent(new PasswordLinkMade(email, person.name(), token, true, person.locale())));
        return ResponseEntity.status(HttpStatus.CREATED).body(answer);
    }

    @Route("End all sessions of a user and revoke their tokens")
    @DeleteMapping("/api/users/{id}/sessions")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSessions(Actor actor, @PathVariable String id) {
        administration.require(actor);
        var user = id(id);
        database.run(tx -> {
            users.standing(tx, user);
            sessions.closeAll(tx, user);
            sessions.revokeAll(tx, user);
            audit.write(tx, Audit.Event.of(actor, "user.endSessions").on("user", user));
        });
        sessions.forget();
    }

    @Route("Turn off a user's second factor, for somebody who lost phone and codes")
    @DeleteMapping("/api/users/{id}/second-factor")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void removeSecondFactor(Actor actor, @PathVariable String id) {
        administration.require(actor);
        var user = id(id);
        database.run(tx -> {
            users.standing(tx, user);
            secondFactor.remove(tx, user);
            sessions.closeAll(tx, user);
            audit.write(tx, Audit.Event.of(actor, "user.removeSecondFactor").on("user", user));
        });
        sessions.forget();
    }

    private static RecordId id(String text) {
        return RecordId.parse(text).orElseThrow(Refusal::notFound);
    }
}
