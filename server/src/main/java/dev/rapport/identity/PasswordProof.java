package dev.rapport.identity;

import dev.rapport.http.RateLimits;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.Refusal;
import dev.rapport.kernel.Violation;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Asks whoever is signed in for their password before what a stolen session must not do. */
@Component
public class PasswordProof {
    private final Users users;
    private final PasswordDirectory directory;
    private final RateLimits limits;

    PasswordProof(Users users, PasswordDirectory directory, RateLimits limits) {
        this.users = users;
        this.directory = directory;
        this.limits = limits;
    }

    /** @throws Refusal 422 if it is not the actor's password, here or in the directory */
    public void require(Actor actor, String password) {
        var key = "password " + actor.id();
        limits.take(key, 10, Duration.ofSeconds(30));
        if (!proves(actor, password)) throw Refusal.invalid(Violation.of("password", "password-wrong"));
        limits.forget(key);
    }

    private boolean proves(Actor actor, String password) {
        if (users.proves(actor.id(), password)) return true;
        return directory
                .authenticate(users.username(actor.id()), password)
                .filter(found -> found.id().equals(actor.id()))
                .isPresent();
    }
}
