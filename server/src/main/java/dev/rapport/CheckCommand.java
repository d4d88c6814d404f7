package dev.rapport;

import dev.rapport.identity.FirstAdministrator;
import dev.rapport.job.Jobs;
import dev.rapport.record.Recompute;
import dev.rapport.record.SummaryUpkeep;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;

/** {@code ./rapport check}: computes every computed field and every kept sum anew, tells how many differed and puts them right, and ends. */
final class CheckCommand {
    private static final Logger log = LoggerFactory.getLogger(CheckCommand.class);

    private CheckCommand() {}

    static void run() throws InterruptedException {
        var application = new SpringApplication(Rapport.class);
        application.setDefaultProperties(Map.of("server.port", 0, "server.address", "127.0.0.1"));
        try (var context = application.run()) {
            var jobs = context.getBean(Jobs.class);
            var actor = context.getBean(FirstAdministrator.class).ensure().actor();
            var job = context.getBean(Recompute.class).start(actor, null);
            while (!job.isOver()) {
                Thread.sleep(Duration.ofMillis(300));
                job = jobs.find(job.id()).orElseThrow();
            }
            long sums = context.getBean(SummaryUpkeep.class).mend();
            var result = job.result();
            log.info(
                    "{} records with computed fields were looked at; {} values differed and were put right, and {} kept sums",
                    result == null ? 0 : result.path("checked").asLong(0),
                    result == null ? 0 : result.path("differed").asLong(0),
                    sums);
        }
    }
}
