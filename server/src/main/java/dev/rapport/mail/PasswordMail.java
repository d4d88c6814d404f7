package dev.rapport.mail;

import dev.rapport.identity.PasswordLinkMade;
import dev.rapport.kernel.Settings;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.mail.MailException;
import org.springframework.stereotype.Component;

/** Mails the links by which people choose their password. The address in them is the operator's alone, never a request's. */
@Component
class PasswordMail {
    private static final Logger log = LoggerFactory.getLogger(PasswordMail.class);

    private final OwnMail mail;
    private final MailServer server;
    private final Settings settings;

    PasswordMail(OwnMail mail, MailServer server, Settings settings) {
        this.mail = mail;
        this.server = server;
        this.settings = settings;
    }

    @EventListener
    void made(PasswordLinkMade link) {
        if (!server.isThere()) return;
        boolean chinese = "zh".equals(link.locale().getLanguage());
        var url = settings.url() + "/join?token=" + link.token();
        // a mail server that is slow or away must not hold up whoever invites
        Thread.ofVirtual().name("password-mail").start(() -> {
            try {
                mail.send(link.email(), subject(link, chinese), body(link, chinese, url));
            } catch (MailException e) {
                log.warn("A password link could not be mailed: {}", e.getMessage());
            }
        });
    }

    private static String subject(PasswordLinkMade link, boolean chinese) {
        if (link.invited()) return chinese ? "请设置您的 Rapport 密码" : "Choose your password for Rapport";
        return chinese ? "重置您的 Rapport 密码" : "A new password for Rapport";
    }

    private static String body(PasswordLinkMade link, boolean chinese, String url) {
        if (chinese)
            return "%s，您好：\n\n请通过以下链接设置密码（%s内有效，仅可使用一次）：\n%s\n\n如果不是您本人操作，请忽略此邮件。\n"
                    .formatted(link.name(), link.invited() ? "七天" : "一小时", url);
        return String.format(
                Locale.ROOT,
                "Hello %s,%n%nchoose your password here (the link works once, for %s):%n%s%n%nIf you did not ask for this, do nothing.%n",
                link.name(),
                link.invited() ? "seven days" : "an hour",
                url);
    }
}
