package dev.rapport.administration;

import dev.rapport.file.FileStore;
import dev.rapport.job.Recurring;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Makes certain that the bytes of destroyed files are gone. */
@Component
class FileUpkeep implements Recurring {
    private final FileStore files;

    FileUpkeep(FileStore files) {
        this.files = files;
    }

    @Override
    public String name() {
        return "destroyed-files";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(10);
    }

    @Override
    public void run() {
        files.finishDestroying();
    }
}
