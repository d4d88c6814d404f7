package dev.rapport.sales;

import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.record.Acts;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Keeps the quarter's forecast once a week, so that it can be told later how right it was. */
@Component
class WeeklySnapshot implements Recurring {
    private final ObjectProvider<Forecasts> forecasts;
    private final ObjectProvider<Acts> acts;
    private final Users users;
    private final Clock clock;

    WeeklySnapshot(ObjectProvider<Forecasts> forecasts, ObjectProvider<Acts> acts, Users users, Clock clock) {
        this.forecasts = forecasts;
        this.acts = acts;
        this.users = users;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "forecast-snapshot";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        users.anyAdministrator().ifPresent(this::keep);
    }

    private void keep(Actor actor) {
        var today = LocalDate.ofInstant(clock.instant(), actor.zone());
        var monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        boolean kept = acts.getObject()
                .read(
                        actor,
                        act -> !act.since("forecastSnapshot", ForecastSnapshot.TAKEN_ON, monday)
                                .isEmpty());
        if (!kept) forecasts.getObject().snapshot(actor, Json.object());
    }
}
