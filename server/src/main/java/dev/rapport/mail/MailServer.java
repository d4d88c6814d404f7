package dev.rapport.mail;

import dev.rapport.kernel.CannotStart;
import dev.rapport.kernel.Settings;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.stereotype.Component;

/**
 * The mail server that the operator names in {@code RAPPORT_SMTP_URL}: {@code smtp://user:password@host:587} (STARTTLS is
 * required once a password is given) or {@code smtps://} (TLS from the start, RFC 8314). Mails come from
 * {@code RAPPORT_MAIL_FROM}.
 */
@Component
public class MailServer {
    private static final String TIMEOUT_MS = "20000";

    private final @Nullable JavaMailSenderImpl sender;
    private final @Nullable InternetAddress from;
    private final Duration recall;

    /** @throws CannotStart if one of the two variables cannot be used, or is there without the other */
    MailServer(Settings settings) {
        var url = settings.smtpUrl();
        this.from = address(settings.mailFrom());
        this.recall = Duration.ofSeconds(settings.mailRecallSeconds());
        if ((url == null) != (from == null))
            throw new CannotStart("RAPPORT_SMTP_URL and RAPPORT_MAIL_FROM go together: set both or none");
        this.sender = url == null ? null : sender(url);
    }

    private static @Nullable InternetAddress address(@Nullable String text) {
        if (text == null) return null;
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new CannotStart("RAPPORT_MAIL_FROM must be a mail address, but is: " + text, e);
        }
    }

    private static JavaMailSenderImpl sender(String text) {
        var url = parse(text);
        boolean tls = "smtps".equals(url.getScheme());
        var user = url.getRawUserInfo();
        var sender = new JavaMailSenderImpl();
        sender.setProtocol(url.getScheme());
        sender.setHost(url.getHost());
        sender.setPort(url.getPort() > 0 ? url.getPort() : tls ? 465 : 587);
        sender.setDefaultEncoding("UTF-8");
        if (user != null) {
            int colon = user.indexOf(':');
            sender.setUsername(decoded(colon < 0 ? user : user.substring(0, colon)));
            if (colon >= 0) sender.setPassword(decoded(user.substring(colon + 1)));
        }
        sender.setJavaMailProperties(properties("mail." + url.getScheme() + ".", user != null, tls));
        return sender;
    }

    private static Properties properties(String prefix, boolean signsIn, boolean tls) {
        var properties = new Properties();
        properties.put(prefix + "connectiontimeout", TIMEOUT_MS);
        properties.put(prefix + "timeout", TIMEOUT_MS);
        properties.put(prefix + "writetimeout", TIMEOUT_MS);
        properties.put(prefix + "auth", String.valueOf(signsIn));
        properties.put(prefix + "ssl.checkserveridentity", "true");
        if (!tls) {
            properties.put(prefix + "starttls.enable", "true");
            properties.put(prefix + "starttls.required", String.valueOf(signsIn));
        }
        return properties;
    }

    /** Does not repeat the text, which holds a password. */
    private static URI parse(String text) {
        try {
            var url = new URI(text);
            var scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
            if (url.getHost() != null && (scheme.equals("smtp") || scheme.equals("smtps"))) return url;
        } catch (URISyntaxException e) {
            throw unusable();
        }
        throw unusable();
    }

    private static CannotStart unusable() {
        return new CannotStart(
                "RAPPORT_SMTP_URL must be like smtp://user:password@host:587 or smtps://user:password@host");
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    /** Whether there is one. */
    public boolean isThere() {
        return sender != null;
    }

    /** So long a mail waits and can be kept back by deleting it. */
    Duration recall() {
        return recall;
    }

    JavaMailSenderImpl sender() {
        return Objects.requireNonNull(sender);
    }

    InternetAddress from() {
        return Objects.requireNonNull(from);
    }
}
