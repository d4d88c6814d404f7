package dev.rapport.kernel;

/** A postal address; every part may be empty. {@code country} is an ISO 3166-1 alpha-2 code. */
public record Address(String country, String province, String city, String district, String street, String postcode) {
    public boolean isEmpty() {
        return (country + province + city + district + street + postcode).isEmpty();
    }
}
