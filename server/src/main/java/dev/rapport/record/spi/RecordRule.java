package dev.rapport.record.spi;

/** One rule of the business about the records of one object. It decides inside the transaction and never writes. */
public interface RecordRule {
    /** Name of the object whose changes it decides. */
    String object();

    Verdict decide(Change change, Lookups lookups);
}
