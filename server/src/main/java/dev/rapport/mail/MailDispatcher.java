package dev.rapport.mail;

import dev.rapport.customer.Consent;
import dev.rapport.file.FileStore;
import dev.rapport.http.Json;
import dev.rapport.identity.Users;
import dev.rapport.job.OneByOne;
import dev.rapport.job.Recurring;
import dev.rapport.kernel.Actor;
import dev.rapport.kernel.ActorSource;
import dev.rapport.kernel.Labels;
import dev.rapport.kernel.RecordId;
import dev.rapport.kernel.Refusal;
import dev.rapport.metadata.Field;
import dev.rapport.record.Act;
import dev.rapport.record.Acts;
import dev.rapport.record.Figures;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.io.InputStreamSource;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.MimeMessageHelper;
import org.springframework.stereotype.Component;

/**
 * Hands mails over to the mail server. A mail is marked before it is sent and again afterwards; one that was marked when
 * the server went down may have gone or not, and is not sent again by itself: it says so, and people decide.
 */
@Component
class MailDispatcher implements Recurring {
    private static final Logger log = LoggerFactory.getLogger(MailDispatcher.class);
    private static final String MAIL = "mail";
    private static final Labels UNKNOWN =
            new Labels("Rapport went down while it was sent: it may have arrived.", "发送时系统中断，邮件可能已经送达。");
    private static final Labels NOBODY = new Labels("Whoever wrote it may not sign in any more.", "撰写人的账号已停用。");
    private static final Labels WITHDRAWN =
            new Labels("The person has withdrawn their consent to marketing.", "对方已撤回营销授权。");
    private static final Labels BROKEN = new Labels(
            "It could not be put together: its attachment cannot be read, or something in it is damaged.",
            "邮件无法生成：附件无法读取，或内容已损坏。");
    private static final int AT_ONCE = 200;
    private static final Duration LOST_AFTER = Duration.ofMinutes(10);
    /** How long to wait after each attempt that failed; after the last there is no other. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6));

    private final ObjectProvider<Acts> acts;
    private final ObjectProvider<Figures> figures;
    private final MailServer server;
    private final FileStore files;
    private final Users users;
    private final ActorSource actors;
    private final Clock clock;

    MailDispatcher(
            ObjectProvider<Acts> acts,
            ObjectProvider<Figures> figures,
            MailServer server,
            FileStore files,
            Users users,
            ActorSource actors,
            Clock clock) {
        this.acts = acts;
        this.figures = figures;
        this.server = server;
        this.files = files;
        this.users = users;
        this.actors = actors;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "mails";
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(5);
    }

    @Override
    public void run() {
        if (server.isThere()) users.anyAdministrator().ifPresent(this::dispatch);
    }

    private void dispatch(Actor eye) {
        var round = new Round();
        OneByOne.run(
                due(eye, "queued", clock.instant()),
                due -> {
                    if (!round.isOver) sender(eye, due).ifPresent(it -> send(it, due.id(), round));
                },
                (due, cause) -> putAside(eye, due.id()));
        for (var lost : due(eye, "sending", clock.instant().minus(LOST_AFTER)))
            settle(eye, lost.id(), "sending", failed(UNKNOWN.in(eye.locale())));
    }

    /** Ends early once the mail server does not answer: the others would only wait for it too, and lose an attempt. */
    private static final class Round {
        private boolean isOver;
    }

    /** A mail that cannot even be put together is not tried for ever. */
    private void putAside(Actor eye, RecordId id) {
        for (var status : List.of("queued", "sending")) settle(eye, id, status, failed(BROKEN.in(eye.locale())));
    }

    private record Due(RecordId id, @Nullable RecordId writer) {}

    private List<Due> due(Actor eye, String status, Instant before) {
        var request = Json.object().put("limit", AT_ONCE);
        request.withArray("groupBy").addObject().put("field", "id");
        request.withArray("groupBy").addObject().put("field", "createdBy");
        var and = request.putObject("filter").putArray("and");
        and.addObject().put("field", "status").put("op", "eq").put("value", status);
        and.addObject().put("field", "nextAt").put("op", "lte").put("value", before.toString());
        return figures.getObject().groups(eye, MAIL, request).stream()
                .map(group -> new Due(
                        RecordId.parse(group.key(0)).orElseThrow(),
                        RecordId.parse(group.key(1)).orElse(null)))
                .toList();
    }

    /** Mails go out in the name of whoever wrote them, with their rights; an owner can be anybody whom the writer names. */
    private Optional<Actor> sender(Actor eye, Due due) {
        var writer = due.writer() == null ? Optional.<Actor>empty() : actors.find(due.writer());
        if (writer.isEmpty()) settle(eye, due.id(), "queued", failed(NOBODY.in(eye.locale())));
        return writer;
    }

    private void send(Actor writer, RecordId id, Round round) {
        try {
            var message =
                    acts.getObject().follow(writer, act -> act.find(MAIL, id).flatMap(mail -> claim(act, mail)));
            message.ifPresent(it -> settle(writer, id, "sending", attempt(it, round)));
        } catch (Refusal refusal) {
            log.warn("The mail {} was refused: {}", id, refusal.getMessage());
        }
    }

    /** What is sent, as it was when the mail was marked. */
    private record Outgoing(
            Actor writer,
            RecordId id,
            String to,
            String subject,
            String body,
            @Nullable RecordId file,
            long attempt) {}

    private Optional<Outgoing> claim(Act act, Act.Item mail) {
        if (!"queued".equals(mail.get(Mail.STATUS))) return Optional.empty();
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        if (Consent.MARKETING.equals(mail.get(Mail.PURPOSE))
                && ConsentCheck.isWithdrawn(mail::get, act.fields(MAIL), entries -> act.tally("consent", entries))) {
            act.update(MAIL, mail, failed(WITHDRAWN.in(act.actor().locale())));
            return Optional.empty();
        }
        long attempt = Objects.requireNonNullElse(mail.get(Mail.ATTEMPTS), 0L) + 1;
        values.put(Mail.STATUS, "sending");
        values.put(Mail.ATTEMPTS, attempt);
        values.put(Mail.NEXT_AT, now());
        act.update(MAIL, mail, values);
        return Optional.of(new Outgoing(
                act.actor(),
                mail.id(),
                Objects.requireNonNull(mail.get(Mail.TO)),
                Objects.requireNonNull(mail.get(Mail.NAME)),
                Objects.requireNonNull(mail.get(Mail.BODY)),
                mail.get(Mail.FILE),
                attempt));
    }

    /** Sends it, and returns what is to be kept of that. */
    private Map<Field<?>, @Nullable Object> attempt(Outgoing mail, Round round) {
        try {
            server.sender().send(message(mail));
        } catch (MailException | MessagingException | UnsupportedEncodingException e) {
            round.isOver = isSilence(e);
            log.info("The mail {} was not taken at attempt {}: {}", mail.id(), mail.attempt(), e.getMessage());
            return mail.attempt() > PAUSES.size() ? failed(reason(e)) : later(mail, reason(e));
        }
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Mail.STATUS, "sent");
        values.put(Mail.SENT_AT, now());
        values.put(Mail.NEXT_AT, null);
        values.put(Mail.FAILURE, null);
        return values;
    }

    private Map<Field<?>, @Nullable Object> later(Outgoing mail, String reason) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Mail.STATUS, "queued");
        values.put(Mail.NEXT_AT, now().plus(PAUSES.get((int) mail.attempt() - 1)));
        values.put(Mail.FAILURE, reason);
        return values;
    }

    private static Map<Field<?>, @Nullable Object> failed(String reason) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(Mail.STATUS, "failed");
        values.put(Mail.NEXT_AT, null);
        values.put(Mail.FAILURE, reason);
        return values;
    }

    /** Whether no answer came, as from a server that is down or hangs. */
    private static boolean isSilence(Throwable e) {
        if (e instanceof IOException) return true;
        if (e instanceof MailSendException several)
            for (var one : several.getMessageExceptions()) if (isSilence(one)) return true;
        var cause = e instanceof MessagingException messaging ? messaging.getNextException() : e.getCause();
        return cause != null && cause != e && isSilence(cause);
    }

    /** The first line of what the mail server said; it may name addresses, but no secrets of ours. */
    private static String reason(Exception e) {
        var text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return text.length() > 250 ? text.substring(0, 250) : text;
    }

    private MimeMessage message(Outgoing mail) throws MessagingException, UnsupportedEncodingException {
        var message = new NamedMessage(server.sender().getSession(), mail.id(), server.from());
        var helper = new MimeMessageHelper(message, mail.file() != null, StandardCharsets.UTF_8.name());
        helper.setFrom(
                new InternetAddress(server.from().getAddress(), mail.writer().name(), "UTF-8"));
        helper.setTo(new InternetAddress(mail.to(), true));
        helper.setSubject(mail.subject());
        helper.setText(mail.body());
        var replies = users.email(mail.writer().id());
        if (replies.isPresent()) helper.setReplyTo(new InternetAddress(replies.get(), true));
        if (mail.file() != null) {
            var file = files.find(mail.file())
                    .orElseThrow(() -> new MessagingException("The attachment is not there any more."));
            readable(file);
            InputStreamSource content = () -> files.open(file);
            helper.addAttachment(file.name(), content, file.type());
        }
        return message;
    }

    /** Found out before anything is sent: a mail server that got half a mail waits for the rest. */
    private void readable(FileStore.StoredFile file) {
        try (var content = files.open(file)) {
            content.read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A message whose id is the mail's own (RFC 5322, 3.6.4), so that whoever gets it twice can tell. */
    private static final class NamedMessage extends MimeMessage {
        private final String id;

        NamedMessage(jakarta.mail.Session session, RecordId id, InternetAddress from) {
            super(session);
            var address = from.getAddress();
            this.id = "<" + id + address.substring(address.indexOf('@')) + ">";
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private void settle(Actor actor, RecordId id, String expected, Map<Field<?>, @Nullable Object> values) {
        acts.getObject().follow(actor, act -> {
            act.find(MAIL, id)
                    .filter(mail -> expected.equals(mail.get(Mail.STATUS)))
                    .ifPresent(mail -> act.update(MAIL, mail, values));
            return true;
        });
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
