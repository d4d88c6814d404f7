package dev.rapport.support;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A real mail server that keeps what it is given, started once for all tests of a run. */
public final class Mailbox {
    public static final String FROM = "crm@rapport.example";

    private static final Mailbox INSTANCE = new Mailbox();

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    private Mailbox() {
        server.start();
    }

    public static Mailbox get() {
        return INSTANCE;
    }

    String url() {
        return "smtp://127.0.0.1:" + server.getSmtp().getPort();
    }

    /** The mails that have arrived for {@code address}. */
    public List<MimeMessage> to(String address) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(message -> isTo(message, address))
                .toList();
    }

    private static boolean isTo(MimeMessage message, String address) {
        try {
            return Arrays.stream(message.getAllRecipients())
                    .anyMatch(to -> to.toString().equals(address));
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }

    /** Waits for the first mail to {@code address}. */
    public MimeMessage await(String address) throws InterruptedException {
        var end = Instant.now().plus(Duration.ofSeconds(40));
        while (Instant.now().isBefore(end)) {
            Optional<MimeMessage> first = to(address).stream().findFirst();
            if (first.isPresent()) return first.get();
            Thread.sleep(100);
        }
        throw new AssertionError("No mail for " + address);
    }
}
