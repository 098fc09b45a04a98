-- Version 4: the service-needs assessment as a case over several meetings, two raters, instruments kept in the vault,
-- results of other meters, paper forms entered twice.

CREATE TABLE instrument (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    source BLOB NOT NULL,
    kept TEXT NOT NULL
) STRICT;

CREATE TRIGGER instrument_stays BEFORE UPDATE ON instrument
BEGIN SELECT RAISE(ABORT, 'a released instrument never changes'); END;

CREATE TABLE assessment_case (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'multi')),
    question TEXT NOT NULL,
    opened TEXT NOT NULL,
    closed TEXT CHECK (closed >= opened),
    outcome TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX assessment_case_by_client ON assessment_case (client_id, opened, closed);

CREATE TABLE case_meeting (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES assessment_case ON DELETE CASCADE,
    position INTEGER NOT NULL,
    date TEXT,
    purpose TEXT NOT NULL,
    meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL
) STRICT;

CREATE INDEX case_meeting_by_case ON case_meeting (case_id, position);

CREATE TABLE clarification (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES assessment_case ON DELETE CASCADE,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    source TEXT NOT NULL,
    ordered TEXT,
    expected TEXT,
    received TEXT,
    result TEXT NOT NULL,
    cancelled TEXT
) STRICT;

CREATE INDEX clarification_by_case ON clarification (case_id, ordered);

CREATE TABLE contribution (
    id INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES assessment_case ON DELETE CASCADE,
    date TEXT NOT NULL,
    author TEXT NOT NULL CHECK (author <> ''),
    role TEXT NOT NULL,
    heading TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX contribution_by_case ON contribution (case_id, date);

CREATE TRIGGER contribution_stays BEFORE UPDATE ON contribution
BEGIN SELECT RAISE(ABORT, 'a contribution is never changed'); END;

CREATE TABLE case_field (
    case_id TEXT NOT NULL REFERENCES assessment_case ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (case_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
    seq INTEGER PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessment ON DELETE CASCADE,
    domain TEXT NOT NULL,
    aspect TEXT NOT NULL CHECK (aspect IN ('importance', 'wish', 'coach', 'worry', 'agreed', 'note')),
    value TEXT NOT NULL,
    reason TEXT NOT NULL,
    date TEXT NOT NULL,
    meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX rating_by_place ON rating (assessment_id, domain, aspect, seq);

CREATE TRIGGER rating_stays BEFORE UPDATE OF seq, assessment_id, domain, aspect, value, reason, date, at ON rating
BEGIN SELECT RAISE(ABORT, 'a rating is never changed'); END;

CREATE VIEW current_rating AS
SELECT assessment_id, domain, aspect, value, reason, date, meeting_id, at
FROM rating AS a
WHERE seq = (SELECT MAX(seq) FROM rating AS b
             WHERE b.assessment_id = a.assessment_id AND b.domain = a.domain AND b.aspect = a.aspect);

CREATE TABLE other_result (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    instrument TEXT NOT NULL CHECK (instrument <> ''),
    domain TEXT NOT NULL,
    score TEXT NOT NULL,
    scale TEXT NOT NULL,
    note TEXT NOT NULL,
    recorder TEXT NOT NULL,
    at TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file BLOB NOT NULL,
    void_reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE INDEX other_result_by_client ON other_result (client_id, date);

CREATE TRIGGER other_result_stays
BEFORE UPDATE OF id, date, instrument, domain, score, scale, note, recorder, at, file_name, file ON other_result
BEGIN SELECT RAISE(ABORT, 'a recorded result is never changed'); END;

CREATE TABLE paper_check (
    assessment_id TEXT NOT NULL REFERENCES assessment ON DELETE CASCADE,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, item)
) STRICT, WITHOUT ROWID;

ALTER TABLE assessment ADD COLUMN case_id TEXT REFERENCES assessment_case ON DELETE SET NULL;
ALTER TABLE assessment ADD COLUMN mode TEXT NOT NULL DEFAULT 'helped' CHECK (mode IN ('alone', 'helped', 'interpreter'));
ALTER TABLE assessment ADD COLUMN language TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN entered TEXT NOT NULL DEFAULT 'coach'
CHECK (entered IN ('coach', 'client', 'paper', 'import'));

DROP TRIGGER answer_stays;
CREATE TRIGGER answer_stays
BEFORE UPDATE OF seq, assessment_id, item, rater, value, date, note, at, reason, entered ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;

DROP VIEW current_answer;
CREATE VIEW current_answer AS
SELECT assessment_id, item, rater, value, date, meeting_id, note, at, reason, entered
FROM answer AS a
WHERE seq = (SELECT MAX(seq) FROM answer AS b
             WHERE b.assessment_id = a.assessment_id AND b.item = a.item AND b.rater = a.rater);

-- Searched like other notes.

CREATE TRIGGER clarification_is_searched_no_more AFTER DELETE ON clarification
BEGIN DELETE FROM search_text WHERE entity = 'clarification' AND entity_id = OLD.id; END;

CREATE TRIGGER contribution_is_searched_no_more AFTER DELETE ON contribution
BEGIN DELETE FROM search_text WHERE entity = 'contribution' AND entity_id = CAST(OLD.id AS TEXT); END;

CREATE TRIGGER case_field_is_searched_no_more AFTER DELETE ON case_field
BEGIN DELETE FROM search_text WHERE entity = 'case_field' AND entity_id = OLD.case_id || ' ' || OLD.field; END;

CREATE TRIGGER assessment_case_is_searched_no_more AFTER DELETE ON assessment_case
BEGIN DELETE FROM search_text WHERE entity = 'assessment_case' AND entity_id = OLD.id; END;

CREATE TRIGGER rating_is_searched_no_more AFTER DELETE ON rating
BEGIN DELETE FROM search_text WHERE entity = 'rating' AND entity_id = CAST(OLD.seq AS TEXT); END;

CREATE TRIGGER other_result_is_searched_no_more AFTER DELETE ON other_result
BEGIN DELETE FROM search_text WHERE entity = 'other_result' AND entity_id = OLD.id; END;

-- A client who was handed over is read here and not changed.

CREATE TRIGGER handed_over_assessment_case_added BEFORE INSERT ON assessment_case
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_case_stays BEFORE UPDATE ON assessment_case
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_case_is_kept BEFORE DELETE ON assessment_case
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_meeting_added BEFORE INSERT ON case_meeting
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_meeting_stays BEFORE UPDATE ON case_meeting
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_meeting_is_kept BEFORE DELETE ON case_meeting
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_clarification_added BEFORE INSERT ON clarification
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_clarification_stays BEFORE UPDATE ON clarification
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_clarification_is_kept BEFORE DELETE ON clarification
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_contribution_added BEFORE INSERT ON contribution
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_contribution_stays BEFORE UPDATE ON contribution
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_contribution_is_kept BEFORE DELETE ON contribution
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_field_added BEFORE INSERT ON case_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_field_stays BEFORE UPDATE ON case_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_field_is_kept BEFORE DELETE ON case_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_rating_added BEFORE INSERT ON rating
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = NEW.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_rating_stays BEFORE UPDATE ON rating
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_rating_is_kept BEFORE DELETE ON rating
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_other_result_added BEFORE INSERT ON other_result
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_other_result_stays BEFORE UPDATE ON other_result
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_other_result_is_kept BEFORE DELETE ON other_result
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_paper_check_added BEFORE INSERT ON paper_check
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = NEW.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_paper_check_stays BEFORE UPDATE ON paper_check
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_paper_check_is_kept BEFORE DELETE ON paper_check
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

-- The log is fed by triggers.

CREATE TRIGGER log_assessment_case_added AFTER INSERT ON assessment_case
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment_case', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_assessment_case_changed AFTER UPDATE ON assessment_case
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment_case', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_assessment_case_removed AFTER DELETE ON assessment_case
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment_case', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_case_meeting_added AFTER INSERT ON case_meeting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_meeting', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_case_meeting_changed AFTER UPDATE ON case_meeting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_meeting', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_case_meeting_removed AFTER DELETE ON case_meeting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_meeting', OLD.id, coalesce((SELECT client_id FROM assessment_case WHERE id = OLD.case_id), '')); END;

CREATE TRIGGER log_clarification_added AFTER INSERT ON clarification
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('clarification', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_clarification_changed AFTER UPDATE ON clarification
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('clarification', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_clarification_removed AFTER DELETE ON clarification
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('clarification', OLD.id, coalesce((SELECT client_id FROM assessment_case WHERE id = OLD.case_id), '')); END;

CREATE TRIGGER log_contribution_added AFTER INSERT ON contribution
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('contribution', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_contribution_changed AFTER UPDATE ON contribution
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('contribution', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_contribution_removed AFTER DELETE ON contribution
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('contribution', OLD.id, coalesce((SELECT client_id FROM assessment_case WHERE id = OLD.case_id), '')); END;

CREATE TRIGGER log_case_field_added AFTER INSERT ON case_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_field', NEW.field, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_case_field_changed AFTER UPDATE ON case_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_field', NEW.field, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_case_field_removed AFTER DELETE ON case_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_field', OLD.field, coalesce((SELECT client_id FROM assessment_case WHERE id = OLD.case_id), '')); END;

CREATE TRIGGER log_rating_added AFTER INSERT ON rating
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rating', NEW.domain, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_rating_changed AFTER UPDATE ON rating
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rating', NEW.domain, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_rating_removed AFTER DELETE ON rating
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rating', OLD.domain, coalesce((SELECT client_id FROM assessment WHERE id = OLD.assessment_id), '')); END;

CREATE TRIGGER log_other_result_added AFTER INSERT ON other_result
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('other_result', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_other_result_changed AFTER UPDATE ON other_result
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('other_result', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_other_result_removed AFTER DELETE ON other_result
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('other_result', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_paper_check_added AFTER INSERT ON paper_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('paper_check', NEW.item, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_paper_check_changed AFTER UPDATE ON paper_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('paper_check', NEW.item, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_paper_check_removed AFTER DELETE ON paper_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('paper_check', OLD.item, coalesce((SELECT client_id FROM assessment WHERE id = OLD.assessment_id), '')); END;

CREATE TRIGGER log_instrument_added AFTER INSERT ON instrument
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('instrument', NEW.id, ''); END;

CREATE TRIGGER log_instrument_changed AFTER UPDATE ON instrument
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('instrument', NEW.id, ''); END;

CREATE TRIGGER log_instrument_removed AFTER DELETE ON instrument
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('instrument', OLD.id, ''); END;
