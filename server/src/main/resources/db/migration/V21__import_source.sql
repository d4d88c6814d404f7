-- Whether the uploaded file of an import was destroyed: its rows are records by then, or were refused.
ALTER TABLE import ADD COLUMN source_released boolean NOT NULL DEFAULT false;

-- What stands in rows is kept with the import alone, and goes with it.
UPDATE job SET result = result - 'errors' - 'lookAlikes' WHERE result ? 'lookAlikes';
