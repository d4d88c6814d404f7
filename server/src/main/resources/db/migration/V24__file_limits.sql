-- To what the program was limited that uploaded the file: it may attach its own uploads, not all of its owner's.
ALTER TABLE file ADD COLUMN limits text[] NOT NULL DEFAULT '{}';
