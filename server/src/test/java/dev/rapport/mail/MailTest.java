package dev.rapport.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMailUtil;
import dev.rapport.file.FileStore;
import dev.rapport.support.Client;
import dev.rapport.support.Mailbox;
import dev.rapport.support.RapportServer;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mails to customers, over a real mail server. */
class MailTest {
    private final Client client = RapportServer.get().as("admin");

    private static String address() {
        return "customer" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    }

    private String contact(String email, String more) {
        return client.create(
                        "contact",
                        "{\"name\":{\"family\":\"王\",\"given\":\"小明\"},\"email\":\"" + email + "\"" + more + "}")
                .path("id")
                .asString();
    }

    private String status(String mail) {
        return client.get("/api/records/mail/" + mail).json().path("status").asString();
    }

    private void awaitStatus(String mail, String status) throws InterruptedException {
        for (int i = 0; i < 300 && !status(mail).equals(status); i++) Thread.sleep(100);
        assertThat(client.get("/api/records/mail/" + mail).json().path("status").asString())
                .isEqualTo(status);
    }

    @Test
    void goesToTheContactInThePersonsName() throws Exception {
        var email = address();
        var contact = contact(email, "");
        var mail = client.create(
                "mail", "{\"contact\":\"" + contact + "\",\"name\":\"报价单 – your offer\",\"body\":\"您好，\\n…\"}");
        assertThat(mail.path("to").asString()).isEqualTo(email);
        assertThat(mail.path("status").asString()).isEqualTo("queued");
        var message = Mailbox.get().await(email);
        assertThat(message.getSubject()).isEqualTo("报价单 – your offer");
        assertThat(message.getContent().toString().strip()).isEqualToNormalizingNewlines("您好，\n…");
        assertThat(message.getFrom()[0].toString()).endsWith("<" + Mailbox.FROM + ">");
        assertThat(message.getMessageID()).isEqualTo("<" + mail.path("id").asString() + "@rapport.example>");
        awaitStatus(mail.path("id").asString(), "sent");
        var changed = client.patch(
                "/api/records/mail/" + mail.path("id").asString(),
                "{\"body\":\"Something else\"}",
                "If-Match",
                "\"3\"");
        assertThat(changed.violations()).containsExactly("body:mail-sent");
        var timeline =
                client.get("/api/records/contact/" + contact + "/timeline").text();
        assertThat(timeline).contains("报价单 – your offer");
    }

    @Test
    void carriesAFile() throws Exception {
        var email = address();
        var file = RapportServer.get()
                .bean(FileStore.class)
                .store(client.actor(), "报价.txt", new ByteArrayInputStream("42".getBytes(StandardCharsets.UTF_8)))
                .id();
        client.create(
                "mail",
                "{\"to\":\"" + email + "\",\"name\":\"With file\",\"body\":\"See below\",\"file\":\"" + file + "\"}");
        var parts = (MimeMultipart) Mailbox.get().await(email).getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(jakarta.mail.internet.MimeUtility.decodeText(
                        parts.getBodyPart(1).getFileName()))
                .isEqualTo("报价.txt");
        assertThat(GreenMailUtil.getBody(parts.getBodyPart(1)).strip()).isEqualTo("42");
    }

    @Test
    void whatCannotBePutTogetherIsPutAsideAndTheOthersGo() throws Exception {
        var files = RapportServer.get().bean(FileStore.class);
        var file = files.store(
                client.actor(), "lost.txt", new ByteArrayInputStream("42".getBytes(StandardCharsets.UTF_8)));
        var folder = Path.of(System.getProperty("RAPPORT_HOME"), "files");
        try (var all = Files.walk(folder)) {
            var bytes = all.filter(path -> path.endsWith(file.key())).findFirst();
            Files.delete(bytes.orElseThrow());
        }
        var broken = client.create(
                "mail",
                "{\"to\":\"" + address() + "\",\"name\":\"Lost\",\"body\":\"b\",\"file\":\"" + file.id() + "\"}");
        var email = address();
        client.create("mail", "{\"to\":\"" + email + "\",\"name\":\"Behind it\",\"body\":\"b\"}");
        assertThat(Mailbox.get().await(email).getSubject()).isEqualTo("Behind it");
        awaitStatus(broken.path("id").asString(), "failed");
        assertThat(client.get("/api/records/mail/" + broken.path("id").asString())
                        .json()
                        .path("failure")
                        .asString())
                .contains("attachment");
    }

    @Test
    void isKeptBackByDeletingItAtOnce() throws Exception {
        var email = address();
        var mail = client.create("mail", "{\"to\":\"" + email + "\",\"name\":\"Oh no\",\"body\":\"Wrong person\"}");
        client.delete("/api/records/mail/" + mail.path("id").asString(), "If-Match", "\"1\"");
        var later = address();
        client.create("mail", "{\"to\":\"" + later + "\",\"name\":\"Right\",\"body\":\"Right\"}");
        Mailbox.get().await(later);
        assertThat(Mailbox.get().to(email)).isEmpty();
        client.post("/api/records/mail/" + mail.path("id").asString() + "/restore", "{}");
        assertThat(Mailbox.get().await(email).getSubject()).isEqualTo("Oh no");
    }

    @Test
    void doesNotGoToWhoWishesNoContactNorWithoutAnAddressNorInTwoLines() {
        var contact = contact(address(), ",\"doNotContact\":true");
        var refused =
                client.post("/api/records/mail", "{\"contact\":\"" + contact + "\",\"name\":\"a\",\"body\":\"b\"}");
        assertThat(refused.violations()).containsExactly("contact:do-not-contact");
        var nobody = client.post("/api/records/mail", "{\"name\":\"a\",\"body\":\"b\"}");
        assertThat(nobody.violations()).containsExactly("to:required");
        var header = client.post(
                "/api/records/mail",
                "{\"to\":\"a@example.com\",\"name\":\"a\\r\\nBcc: b@example.com\",\"body\":\"b\"}");
        assertThat(header.status()).isBetween(400, 422);
        var list = client.post(
                "/api/records/mail", "{\"to\":\"a@example.com, b@example.com\",\"name\":\"a\",\"body\":\"b\"}");
        assertThat(list.violations()).containsExactly("to:email");
    }

    @Test
    void goesInTheNameOfWhoeverWroteItWhomeverItBelongsTo() throws Exception {
        var other = RapportServer.get().as("member").actor();
        var email = address();
        client.create(
                "mail", "{\"to\":\"" + email + "\",\"name\":\"a\",\"body\":\"b\",\"owner\":\"" + other.id() + "\"}");
        assertThat(Mailbox.get().await(email).getFrom()[0].toString())
                .startsWith(client.actor().name())
                .doesNotContain(other.name());
    }

    @Test
    void answersGoToThePersonsOwnAddressWhichTakesThePasswordToChange() throws Exception {
        assertThat(client.patch("/api/session", "{\"email\":\"me@example.com\",\"password\":\"wrong\"}")
                        .violations())
                .containsExactly("password:password-wrong");
        var answer = client.patch(
                "/api/session", "{\"email\":\"Me@Example.com\",\"password\":\"" + RapportServer.PASSWORD + "\"}");
        assertThat(answer.status()).as(answer::text).isEqualTo(204);
        assertThat(client.get("/api/session").json().at("/user/email").asString())
                .isEqualTo("me@example.com");
        var email = address();
        client.create("mail", "{\"to\":\"" + email + "\",\"name\":\"a\",\"body\":\"b\"}");
        var message = Mailbox.get().await(email);
        assertThat(message.getReplyTo()[0].toString()).isEqualTo("me@example.com");
        assertThat(message.getRecipients(Message.RecipientType.TO)).hasSize(1);
    }
}
