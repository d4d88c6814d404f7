package dev.rapport.access;

import dev.rapport.identity.UserAdministration;
import dev.rapport.kernel.Actor;
import org.springframework.stereotype.Component;

/** Accounts are managed by those whose roles have the function {@code users}. */
@Component
class AccountAccess implements UserAdministration {
    private final Access access;

    AccountAccess(Access access) {
        this.access = access;
    }

    @Override
    public void require(Actor actor) {
        access.requireFunction(actor, "users");
    }

    @Override
    public void changed() {
        access.refresh();
    }
}
