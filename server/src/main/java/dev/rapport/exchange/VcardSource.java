package dev.rapport.exchange;

import ezvcard.VCard;
import ezvcard.io.text.VCardReader;
import ezvcard.parameter.TelephoneType;
import ezvcard.property.Address;
import ezvcard.property.TextProperty;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Contacts of a vCard file (2.1, 3.0 and 4.0), one row each. Photos and other links are never fetched. */
final class VcardSource implements TableSource {
    private static final List<String> HEADER = List.of(
            "Full name",
            "Family name",
            "Given name",
            "Account",
            "Job title",
            "Email",
            "Mobile",
            "Phone",
            "Street",
            "City",
            "Province",
            "Postcode",
            "Country",
            "Birthday",
            "Tags",
            "Description",
            "External id");

    private final Supplier<InputStream> file;

    VcardSource(Supplier<InputStream> file) {
        this.file = file;
    }

    @Override
    public List<String> header() {
        return HEADER;
    }

    @Override
    public void rows(Sink sink) {
        long number = 0;
        try (var reader = new VCardReader(file.get())) {
            for (VCard card = reader.readNext(); card != null; card = reader.readNext())
                if (!sink.row(++number, cells(card))) return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw Headers.Unreadable.because("vCard", "-");
        }
    }

    private static List<String> cells(VCard card) {
        var cells = new ArrayList<String>();
        var name = card.getStructuredName();
        cells.add(fullName(card));
        cells.add(name == null ? "" : orEmpty(name.getFamily()));
        cells.add(name == null ? "" : orEmpty(name.getGiven()));
        var organization = card.getOrganization();
        cells.add(
                organization == null || organization.getValues().isEmpty()
                        ? ""
                        : organization.getValues().getFirst());
        cells.add(
                card.getTitles().isEmpty()
                        ? ""
                        : orEmpty(card.getTitles().getFirst().getValue()));
        cells.add(
                card.getEmails().isEmpty()
                        ? ""
                        : orEmpty(card.getEmails().getFirst().getValue()));
        cells.add(phone(card, true));
        cells.add(phone(card, false));
        address(
                cells,
                card.getAddresses().isEmpty() ? null : card.getAddresses().getFirst());
        var birthday = card.getBirthday();
        cells.add(
                birthday == null || birthday.getDate() == null
                        ? ""
                        : birthday.getDate()
                                .toString()
                                .substring(
                                        0,
                                        Math.min(
                                                10,
                                                birthday.getDate().toString().length())));
        var categories = card.getCategories();
        cells.add(categories == null ? "" : String.join(";", categories.getValues()));
        cells.add(card.getNotes().stream().map(TextProperty::getValue).collect(Collectors.joining("\n")));
        cells.add(card.getUid() == null ? "" : orEmpty(card.getUid().getValue()));
        return cells;
    }

    private static String fullName(VCard card) {
        var formatted = card.getFormattedName();
        if (formatted != null
                && formatted.getValue() != null
                && !formatted.getValue().isBlank()) return formatted.getValue();
        var organization = card.getOrganization();
        if (organization != null && !organization.getValues().isEmpty())
            return organization.getValues().getFirst();
        return card.getEmails().isEmpty()
                ? ""
                : orEmpty(card.getEmails().getFirst().getValue());
    }

    private static String phone(VCard card, boolean mobile) {
        return card.getTelephoneNumbers().stream()
                .filter(number -> !number.getTypes().contains(TelephoneType.FAX))
                .filter(number -> number.getTypes().contains(TelephoneType.CELL) == mobile)
                .map(number -> number.getText() == null && number.getUri() != null
                        ? number.getUri().getNumber()
                        : orEmpty(number.getText()))
                .findFirst()
                .orElse("");
    }

    private static void address(List<String> cells, @Nullable Address address) {
        cells.add(address == null ? "" : orEmpty(address.getStreetAddressFull()));
        cells.add(address == null ? "" : orEmpty(address.getLocality()));
        cells.add(address == null ? "" : orEmpty(address.getRegion()));
        cells.add(address == null ? "" : orEmpty(address.getPostalCode()));
        cells.add(address == null ? "" : orEmpty(address.getCountry()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
