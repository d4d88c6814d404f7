package dev.rapport;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

/** Each package directly below {@code dev.rapport} is a module, whose inner packages are its own business unless named. */
class ModulesTest {
    @Test
    void modulesUseOnlyWhatOthersOffer() {
        ApplicationModules.of(Rapport.class).verify();
    }
}
