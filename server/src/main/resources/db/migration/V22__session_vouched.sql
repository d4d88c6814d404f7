-- Whether the identity provider let the person in: the second factor is its business then, and none is asked for here.
ALTER TABLE session ADD COLUMN vouched boolean NOT NULL DEFAULT false;
