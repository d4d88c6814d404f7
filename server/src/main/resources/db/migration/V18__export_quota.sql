-- How many rows each person has exported on a day.
CREATE TABLE export_usage (
    person uuid NOT NULL,
    day date NOT NULL,
    rows bigint NOT NULL,
    PRIMARY KEY (person, day)
);
