-- How far the search keys of each object have been made anew after what they are made of changed.
CREATE TABLE search_format (
    object text COLLATE "C" PRIMARY KEY,
    format text NOT NULL,
    done_to uuid,
    complete boolean NOT NULL DEFAULT false
);
