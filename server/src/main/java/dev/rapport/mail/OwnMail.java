package dev.rapport.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.mail.MailPreparationException;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * What Rapport sends to its own people. It is no record: what is in it was made with one person's rights and is for their
 * eyes alone.
 */
@Component
public class OwnMail {
    private final MailServer server;

    OwnMail(MailServer server) {
        this.server = server;
    }

    /** One file with a few words. */
    public record Letter(String to, String subject, String body, String fileName, String type, byte[] content) {}

    /** Hands a few words over at once. @throws MailException if the mail server does not take them */
    void send(String to, String subject, String body) {
        try {
            var message = server.sender().createMimeMessage();
            var helper = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
            helper.setFrom(server.from());
            helper.setTo(new InternetAddress(to, true));
            helper.setSubject(subject);
            helper.setText(body);
            server.sender().send(message);
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
    }

    /** Hands the letter over at once. @throws MailException if the mail server does not take it, in words of its own */
    public void send(Letter letter) {
        try {
            var message = server.sender().createMimeMessage();
            var helper = new MimeMessageHelper(message, true, StandardCharsets.UTF_8.name());
            helper.setFrom(server.from());
            helper.setTo(new InternetAddress(letter.to(), true));
            helper.setSubject(letter.subject().replaceAll("\\s+", " "));
            helper.setText(letter.body());
            helper.addAttachment(
                    letter.fileName(),
                    new ByteArrayResource(letter.content()),
                    letter.type().toLowerCase(Locale.ROOT));
            server.sender().send(message);
        } catch (MessagingException e) {
            throw new MailPreparationException(e);
        }
    }
}
