-- For how many days entries of the audit log are kept; null for ever. Half a year at least: whoever wants traces gone must not
-- be able to have them taken out tomorrow, and laws ask for as much.
ALTER TABLE audit_head ADD COLUMN keep_days integer CHECK (keep_days BETWEEN 180 AND 36500);
