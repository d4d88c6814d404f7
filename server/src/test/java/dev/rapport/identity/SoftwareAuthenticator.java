package dev.rapport.identity;

import dev.rapport.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** What a phone does with passkeys (WebAuthn Level 3, sections 6 and 7), with ES256; it can also be told to misbehave. */
final class SoftwareAuthenticator {
    private static final CBORMapper CBOR = new CBORMapper();
    private static final int PRESENT = 0x01;
    private static final int VERIFIED = 0x04;
    private static final int ATTESTED = 0x40;

    private final byte[] id = new byte[32];
    private final KeyPair keys;
    private byte[] handle = new byte[0];
    String origin;
    boolean verified = true;
    int count;

    SoftwareAuthenticator(String origin) throws Exception {
        this.origin = origin;
        new SecureRandom().nextBytes(id);
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
    }

    /** Answers {@code navigator.credentials.create}. */
    ObjectNode create(JsonNode options) throws Exception {
        handle = Base64.getUrlDecoder().decode(options.path("user").path("id").asString());
        var attested = new ByteArrayOutputStream();
        var out = new DataOutputStream(attested);
        out.write(new byte[16]);
        out.writeShort(id.length);
        out.write(id);
        out.write(publicKey());
        var data = data(options.path("rp").path("id").asString(), ATTESTED, attested.toByteArray());
        Map<String, Object> attestation = new LinkedHashMap<>();
        attestation.put("fmt", "none");
        attestation.put("attStmt", Map.of());
        attestation.put("authData", data);
        var answer = answer();
        answer.putObject("response")
                .put("clientDataJSON", text(client("webauthn.create", options)))
                .put("attestationObject", text(CBOR.writeValueAsBytes(attestation)))
                .putArray("transports")
                .add("internal");
        return answer;
    }

    /** Answers {@code navigator.credentials.get}. */
    ObjectNode get(JsonNode options) throws Exception {
        count++;
        var data = data(options.path("rpId").asString(), 0, new byte[0]);
        var client = client("webauthn.get", options);
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(data);
        signature.update(MessageDigest.getInstance("SHA-256").digest(client));
        var answer = answer();
        answer.putObject("response")
                .put("clientDataJSON", text(client))
                .put("authenticatorData", text(data))
                .put("signature", text(signature.sign()))
                .put("userHandle", text(handle));
        return answer;
    }

    private ObjectNode answer() {
        var answer = Json.object().put("id", text(id)).put("rawId", text(id)).put("type", "public-key");
        answer.putObject("clientExtensionResults");
        return answer;
    }

    private byte[] client(String type, JsonNode options) {
        return Json.object()
                .put("type", type)
                .put("challenge", options.path("challenge").asString())
                .put("origin", origin)
                .put("crossOrigin", false)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private byte[] data(String site, int flags, byte[] rest) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write(MessageDigest.getInstance("SHA-256").digest(site.getBytes(StandardCharsets.UTF_8)));
        out.writeByte(flags | PRESENT | (verified ? VERIFIED : 0));
        out.writeInt(count);
        out.write(rest);
        return bytes.toByteArray();
    }

    /** COSE (RFC 9053, 7.1.1): a point of P-256 for ES256. */
    private byte[] publicKey() {
        var point = ((ECPublicKey) keys.getPublic()).getW();
        Map<Integer, Object> key = new LinkedHashMap<>();
        key.put(1, 2);
        key.put(3, -7);
        key.put(-1, 1);
        key.put(-2, fixed(point.getAffineX().toByteArray()));
        key.put(-3, fixed(point.getAffineY().toByteArray()));
        return CBOR.writeValueAsBytes(key);
    }

    private static byte[] fixed(byte[] number) {
        var fixed = new byte[32];
        var from = number.length > 32 ? Arrays.copyOfRange(number, number.length - 32, number.length) : number;
        System.arraycopy(from, 0, fixed, 32 - from.length, from.length);
        return fixed;
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
