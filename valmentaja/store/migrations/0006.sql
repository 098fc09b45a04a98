-- Version 6: when a client's facts were typed into the national system, and what they said then.

CREATE TABLE ura_entry (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    entered TEXT NOT NULL,
    said TEXT NOT NULL CHECK (said <> ''),
    at TEXT NOT NULL
) STRICT;

CREATE INDEX ura_entry_by_client ON ura_entry (client_id, entered, at);

CREATE TRIGGER ura_entry_stays BEFORE UPDATE ON ura_entry
BEGIN SELECT RAISE(ABORT, 'what was entered never changes'); END;

CREATE TRIGGER handed_over_ura_entry_added BEFORE INSERT ON ura_entry
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_ura_entry_is_kept BEFORE DELETE ON ura_entry
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

-- The log is fed by triggers.

CREATE TRIGGER log_ura_entry_added AFTER INSERT ON ura_entry
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('ura_entry', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_ura_entry_changed AFTER UPDATE ON ura_entry
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('ura_entry', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_ura_entry_removed AFTER DELETE ON ura_entry
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('ura_entry', OLD.id, OLD.client_id); END;
