CREATE INDEX answer_by_place ON answer (assessment_id, item, rater, seq);

CREATE INDEX assessment_by_client ON assessment (client_id, opened);

CREATE INDEX audit_by_client ON audit (client_id, seq);

CREATE INDEX client_by_name ON client (sort_key);

CREATE INDEX document_by_client ON document (client_id, created);

CREATE INDEX meeting_by_client ON meeting (client_id, date);

CREATE INDEX meeting_by_date ON meeting (date);

CREATE INDEX plan_by_client ON plan (client_id);

CREATE INDEX plan_goal_by_plan ON plan_goal (plan_id, position);

CREATE INDEX plan_step_by_plan ON plan_step (plan_id, position);

CREATE TABLE answer (
    seq INTEGER PRIMARY KEY,
    assessment_id TEXT NOT NULL REFERENCES assessment ON DELETE CASCADE,
    item TEXT NOT NULL,
    rater TEXT NOT NULL,
    value TEXT NOT NULL,
    date TEXT NOT NULL,
    meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL,
    note TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE TABLE assessment (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    instrument TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('full', 'quick')),
    opened TEXT NOT NULL,
    closed TEXT
) STRICT;

CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    rows INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE benefit_reading (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days >= 0),
    source TEXT NOT NULL,
    PRIMARY KEY (client_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE client (
    id TEXT PRIMARY KEY,
    record_key BLOB NOT NULL UNIQUE CHECK (length(record_key) = 16),
    family_name TEXT NOT NULL,
    given_names TEXT NOT NULL,
    hetu TEXT NOT NULL,
    birth_date TEXT,
    municipality TEXT NOT NULL,
    language TEXT NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    address TEXT NOT NULL,
    non_disclosure INTEGER NOT NULL CHECK (non_disclosure IN (0, 1)),
    intake_date TEXT NOT NULL,
    referred_by TEXT NOT NULL,
    exit_date TEXT CHECK (exit_date >= intake_date),
    exit_reason TEXT,
    exclusion_risk INTEGER NOT NULL CHECK (exclusion_risk IN (0, 1)),
    exclusion_risk_reason TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    folded TEXT NOT NULL,
    loosened TEXT NOT NULL
) STRICT;

CREATE TABLE document (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    plan_id TEXT REFERENCES plan ON DELETE CASCADE,
    kind TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL UNIQUE,
    created TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    pdf BLOB NOT NULL
) STRICT;

CREATE TABLE export_seal (
    period TEXT NOT NULL,
    revision INTEGER NOT NULL,
    definitions TEXT NOT NULL,
    method TEXT NOT NULL,
    created TEXT NOT NULL,
    file_name TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    package BLOB NOT NULL,
    exact TEXT NOT NULL,
    PRIMARY KEY (period, revision)
) STRICT;

CREATE TABLE follow_up (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (client_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE labour_status (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (client_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE meeting (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    mode TEXT NOT NULL,
    minutes INTEGER NOT NULL CHECK (minutes >= 0),
    attended INTEGER NOT NULL CHECK (attended IN (0, 1)),
    planned_time TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    notes TEXT NOT NULL DEFAULT '',
    agreed TEXT NOT NULL DEFAULT '',
    started TEXT,
    ended TEXT,
    booked INTEGER NOT NULL DEFAULT 0 CHECK (booked IN (0, 1))
) STRICT;

CREATE TABLE plan (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version >= 1),
    follows TEXT REFERENCES plan ON DELETE SET NULL,
    drawn_up TEXT,
    review_due TEXT,
    frozen_at TEXT,
    fingerprint TEXT,
    signed TEXT,
    reviewed TEXT
) STRICT;

CREATE TABLE plan_field (
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (plan_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE plan_goal (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    position INTEGER NOT NULL,
    words TEXT NOT NULL,
    why TEXT NOT NULL,
    evidence_assessment TEXT REFERENCES assessment ON DELETE SET NULL,
    evidence_domain TEXT,
    evidence_item TEXT
) STRICT;

CREATE TABLE plan_step (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    goal_id TEXT REFERENCES plan_goal ON DELETE CASCADE,
    position INTEGER NOT NULL,
    what TEXT NOT NULL,
    service TEXT NOT NULL,
    provider TEXT NOT NULL,
    responsible TEXT,
    planned_start TEXT,
    by_date TEXT,
    realised_start TEXT,
    done TEXT
) STRICT;

CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE service_period (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    service TEXT NOT NULL,
    start_date TEXT NOT NULL,
    end_date TEXT CHECK (end_date >= start_date),
    sector TEXT,
    provider TEXT NOT NULL,
    PRIMARY KEY (client_id, service, start_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

CREATE TABLE signature (
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    party TEXT NOT NULL,
    state TEXT NOT NULL,
    name TEXT NOT NULL,
    capacity TEXT NOT NULL,
    on_date TEXT,
    reason TEXT NOT NULL,
    ink TEXT NOT NULL,
    PRIMARY KEY (plan_id, party)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER answer_stays BEFORE UPDATE OF seq, assessment_id, item, rater, value, date, note, at ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER document_stays BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'a signed document never changes'); END;

CREATE TRIGGER frozen_field_added BEFORE INSERT ON plan_field
WHEN (SELECT fingerprint FROM plan WHERE id = NEW.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_field_is_kept BEFORE DELETE ON plan_field
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_field_stays BEFORE UPDATE ON plan_field
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_goal_added BEFORE INSERT ON plan_goal
WHEN (SELECT fingerprint FROM plan WHERE id = NEW.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_goal_is_kept BEFORE DELETE ON plan_goal
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_goal_stays BEFORE UPDATE OF id, plan_id, position, words, why, evidence_domain, evidence_item ON plan_goal
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_plan_is_kept BEFORE DELETE ON plan
WHEN OLD.fingerprint IS NOT NULL AND EXISTS (SELECT 1 FROM client WHERE id = OLD.client_id)
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_plan_stays BEFORE UPDATE OF id, client_id, kind, version, drawn_up, review_due, frozen_at, fingerprint ON plan
WHEN OLD.fingerprint IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_step_added BEFORE INSERT ON plan_step
WHEN (SELECT fingerprint FROM plan WHERE id = NEW.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_step_is_kept BEFORE DELETE ON plan_step
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER frozen_step_stays
BEFORE UPDATE OF id, plan_id, goal_id, position, what, service, provider, responsible, planned_start, by_date ON plan_step
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER seal_is_kept BEFORE DELETE ON export_seal
BEGIN SELECT RAISE(ABORT, 'a sealed month never changes'); END;

CREATE TRIGGER seal_stays BEFORE UPDATE ON export_seal
BEGIN SELECT RAISE(ABORT, 'a sealed month never changes'); END;

CREATE VIEW current_answer AS
SELECT assessment_id, item, rater, value, date, meeting_id, note, at
FROM answer AS a
WHERE seq = (SELECT MAX(seq) FROM answer AS b
             WHERE b.assessment_id = a.assessment_id AND b.item = a.item AND b.rater = a.rater);

