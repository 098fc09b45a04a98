CREATE INDEX answer_by_place ON answer (assessment_id, item, rater, seq);

CREATE INDEX assessment_by_client ON assessment (client_id, opened, closed);

CREATE INDEX assessment_case_by_client ON assessment_case (client_id, opened, closed);

CREATE INDEX audit_by_client ON audit (client_id, seq);

CREATE INDEX audit_by_rare_action ON audit (action, seq)
WHERE action = 'clock back' OR action = 'old copy' OR action = 'foreign';

CREATE INDEX case_meeting_by_case ON case_meeting (case_id, position);

CREATE INDEX clarification_by_case ON clarification (case_id, ordered);

CREATE INDEX client_by_hetu ON client (hetu);

CREATE INDEX client_by_name ON client (sort_key);

CREATE INDEX consent_by_client ON consent (client_id, purpose, date);

CREATE INDEX contribution_by_case ON contribution (case_id, date);

CREATE INDEX correction_by_client ON correction (client_id, id);

CREATE INDEX document_by_client ON document (client_id, created);

CREATE INDEX meeting_by_client ON meeting (client_id, date, attended, booked, started, ended);

CREATE INDEX meeting_by_date ON meeting (date);

CREATE INDEX other_result_by_client ON other_result (client_id, date);

CREATE INDEX plan_by_client ON plan (client_id, signed, frozen_at, review_due, reviewed);

CREATE INDEX plan_goal_by_plan ON plan_goal (plan_id, position);

CREATE INDEX plan_review_by_plan ON plan_review (plan_id, date);

CREATE INDEX plan_step_by_plan ON plan_step (plan_id, position);

CREATE INDEX rating_by_place ON rating (assessment_id, domain, aspect, seq);

CREATE INDEX search_text_by_client ON search_text (client_id);

CREATE INDEX sending_by_client ON sending (client_id, at);

CREATE INDEX told_fact_by_client ON told_fact (client_id, date);

CREATE INDEX ura_entry_by_client ON ura_entry (client_id, entered, at);

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
, reason TEXT NOT NULL DEFAULT '', entered TEXT NOT NULL DEFAULT 'coach'
CHECK (entered IN ('coach', 'client', 'paper', 'import'))) STRICT;

CREATE TABLE assessment (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    instrument TEXT NOT NULL,
    form TEXT NOT NULL CHECK (form IN ('full', 'quick')),
    opened TEXT NOT NULL,
    closed TEXT
, case_id TEXT REFERENCES assessment_case ON DELETE SET NULL, mode TEXT NOT NULL DEFAULT 'helped' CHECK (mode IN ('alone', 'helped', 'interpreter')), language TEXT NOT NULL DEFAULT '') STRICT;

CREATE TABLE assessment_case (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('single', 'multi')),
    question TEXT NOT NULL,
    opened TEXT NOT NULL,
    closed TEXT CHECK (closed >= opened),
    outcome TEXT NOT NULL DEFAULT ''
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
, actor TEXT, mac BLOB) STRICT;

CREATE TABLE audit_pending (
    n INTEGER PRIMARY KEY,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    client_id TEXT NOT NULL
) STRICT;

CREATE TABLE audit_ratchet (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    key BLOB NOT NULL CHECK (length(key) = 32)
) STRICT;

CREATE TABLE audit_start (
    seq INTEGER NOT NULL,
    role TEXT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (seq, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE backup_made (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('asked', 'scheduled', 'migration')),
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    rehearsed TEXT,
    sound INTEGER CHECK (sound IN (0, 1))
) STRICT;

CREATE TABLE benefit_reading (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    days INTEGER NOT NULL CHECK (days >= 0),
    source TEXT NOT NULL,
    PRIMARY KEY (client_id, date)
) STRICT, WITHOUT ROWID;

CREATE TABLE card_field (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (client_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_field (
    case_id TEXT NOT NULL REFERENCES assessment_case ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (case_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE case_meeting (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL REFERENCES assessment_case ON DELETE CASCADE,
    position INTEGER NOT NULL,
    date TEXT,
    purpose TEXT NOT NULL,
    meeting_id INTEGER REFERENCES meeting ON DELETE SET NULL
) STRICT;

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
, owner TEXT NOT NULL DEFAULT '', substitute TEXT NOT NULL DEFAULT '', handed_over TEXT) STRICT;

CREATE TABLE closed_month (
    period TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE coach_card (
    fingerprint TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    box_key TEXT NOT NULL,
    sign_key TEXT NOT NULL,
    trusted TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE consent (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    purpose TEXT NOT NULL CHECK (purpose <> ''),
    given INTEGER NOT NULL CHECK (given IN (0, 1)),
    date TEXT NOT NULL,
    expires TEXT,
    scope TEXT NOT NULL,
    withdrawn TEXT,
    at TEXT NOT NULL
) STRICT;

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

CREATE TABLE correction (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    field TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
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

CREATE TABLE erasure (
    record_key BLOB PRIMARY KEY CHECK (length(record_key) = 16),
    client_id TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    receipt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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

CREATE TABLE handover (
    package TEXT NOT NULL,
    client_id TEXT NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
    coach TEXT NOT NULL,
    at TEXT NOT NULL,
    receipt TEXT,
    PRIMARY KEY (package, client_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE instrument (
    id TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    source BLOB NOT NULL,
    kept TEXT NOT NULL
) STRICT;

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

CREATE VIRTUAL TABLE name_index USING fts5(
    folded, loosened, content='client', content_rowid='rowid', tokenize='unicode61 remove_diacritics 0', prefix='2 3'
);

CREATE TABLE 'name_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'name_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'name_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'name_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE VIRTUAL TABLE note_index USING fts5(
    folded, loosened, content='search_text', content_rowid='id', tokenize='unicode61 remove_diacritics 0',
    prefix='2 3'
);

CREATE TABLE 'note_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'note_index_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'note_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

CREATE TABLE 'note_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

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

CREATE TABLE paper_check (
    assessment_id TEXT NOT NULL REFERENCES assessment ON DELETE CASCADE,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (assessment_id, item)
) STRICT, WITHOUT ROWID;

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
, reached_when TEXT NOT NULL DEFAULT '', origin TEXT) STRICT;

CREATE TABLE plan_review (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    date TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL
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
, parallel INTEGER NOT NULL DEFAULT 0 CHECK (parallel IN (0, 1)), proposed_by TEXT CHECK (proposed_by IN ('CLIENT', 'COACH', 'TOGETHER', 'OTHER')), decision TEXT CHECK (decision IN ('YES', 'LATER', 'NO')), origin TEXT) STRICT;

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

CREATE TABLE retention_hold (
    client_id TEXT PRIMARY KEY REFERENCES client ON DELETE CASCADE,
    reason TEXT NOT NULL CHECK (reason <> ''),
    since TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE review_verdict (
    review_id TEXT NOT NULL REFERENCES plan_review ON DELETE CASCADE,
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    about TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('KEPT', 'CHANGED', 'REACHED', 'DROPPED', 'DONE', 'MOVED')),
    why TEXT NOT NULL,
    new_date TEXT,
    PRIMARY KEY (review_id, about)
) STRICT, WITHOUT ROWID;

CREATE TABLE rule_change (
    rule TEXT NOT NULL,
    at TEXT NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    least INTEGER,
    most INTEGER,
    valid_from TEXT,
    valid_to TEXT,
    source TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (reason <> ''),
    PRIMARY KEY (rule, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_text (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    folded TEXT NOT NULL,
    loosened TEXT NOT NULL,
    UNIQUE (entity, entity_id)
) STRICT;

CREATE TABLE secret (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE sending (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    document_id TEXT NOT NULL,
    file_name TEXT NOT NULL UNIQUE,
    recipient TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    at TEXT NOT NULL,
    picked_up TEXT,
    receipt TEXT NOT NULL DEFAULT ''
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

CREATE TABLE told_fact (
    id INTEGER PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    date TEXT NOT NULL,
    words TEXT NOT NULL,
    source_kind TEXT NOT NULL CHECK (source_kind IN ('authority', 'provider', 'employer', 'close', 'other')),
    source TEXT NOT NULL CHECK (source <> ''),
    recorder TEXT NOT NULL CHECK (recorder <> ''),
    at TEXT NOT NULL
) STRICT;

CREATE TABLE translation_check (
    language TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    at TEXT NOT NULL,
    PRIMARY KEY (language, fingerprint)
) STRICT, WITHOUT ROWID;

CREATE TABLE ura_entry (
    id TEXT PRIMARY KEY,
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    entered TEXT NOT NULL,
    said TEXT NOT NULL CHECK (said <> ''),
    at TEXT NOT NULL
) STRICT;

CREATE TRIGGER answer_is_searched_no_more AFTER DELETE ON answer
BEGIN DELETE FROM search_text WHERE entity = 'answer' AND entity_id = CAST(OLD.seq AS TEXT); END;

CREATE TRIGGER answer_stays
BEFORE UPDATE OF seq, assessment_id, item, rater, value, date, note, at, reason, entered ON answer
BEGIN SELECT RAISE(ABORT, 'an answer is never changed'); END;

CREATE TRIGGER assessment_case_is_searched_no_more AFTER DELETE ON assessment_case
BEGIN DELETE FROM search_text WHERE entity = 'assessment_case' AND entity_id = OLD.id; END;

CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER audit_start_is_kept BEFORE DELETE ON audit_start
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER audit_start_stays BEFORE UPDATE ON audit_start
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

CREATE TRIGGER case_field_is_searched_no_more AFTER DELETE ON case_field
BEGIN DELETE FROM search_text WHERE entity = 'case_field' AND entity_id = OLD.case_id || ' ' || OLD.field; END;

CREATE TRIGGER clarification_is_searched_no_more AFTER DELETE ON clarification
BEGIN DELETE FROM search_text WHERE entity = 'clarification' AND entity_id = OLD.id; END;

CREATE TRIGGER closed_month_is_kept BEFORE DELETE ON closed_month
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;

CREATE TRIGGER closed_month_stays BEFORE UPDATE ON closed_month
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;

CREATE TRIGGER consent_stays BEFORE UPDATE OF id, purpose, given, date, expires, scope, at ON consent
BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END;

CREATE TRIGGER contribution_is_searched_no_more AFTER DELETE ON contribution
BEGIN DELETE FROM search_text WHERE entity = 'contribution' AND entity_id = CAST(OLD.id AS TEXT); END;

CREATE TRIGGER contribution_stays BEFORE UPDATE ON contribution
BEGIN SELECT RAISE(ABORT, 'a contribution is never changed'); END;

CREATE TRIGGER correction_stays BEFORE UPDATE ON correction
BEGIN SELECT RAISE(ABORT, 'a correction never changes'); END;

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

CREATE TRIGGER frozen_goal_stays
BEFORE UPDATE OF id, plan_id, position, words, why, evidence_domain, evidence_item, reached_when, origin ON plan_goal
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
BEFORE UPDATE OF id, plan_id, goal_id, position, what, service, provider, responsible, planned_start, by_date,
parallel, proposed_by, decision, origin ON plan_step
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TRIGGER handed_over_answer_added BEFORE INSERT ON answer
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = NEW.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_answer_is_kept BEFORE DELETE ON answer
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_answer_stays BEFORE UPDATE ON answer
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_added BEFORE INSERT ON assessment
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_case_added BEFORE INSERT ON assessment_case
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_case_is_kept BEFORE DELETE ON assessment_case
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_case_stays BEFORE UPDATE ON assessment_case
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_is_kept BEFORE DELETE ON assessment
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_assessment_stays BEFORE UPDATE ON assessment
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_benefit_reading_added BEFORE INSERT ON benefit_reading
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_benefit_reading_is_kept BEFORE DELETE ON benefit_reading
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_benefit_reading_stays BEFORE UPDATE ON benefit_reading
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_card_field_added BEFORE INSERT ON card_field
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_card_field_is_kept BEFORE DELETE ON card_field
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_card_field_stays BEFORE UPDATE ON card_field
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_field_added BEFORE INSERT ON case_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_field_is_kept BEFORE DELETE ON case_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_field_stays BEFORE UPDATE ON case_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_meeting_added BEFORE INSERT ON case_meeting
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_meeting_is_kept BEFORE DELETE ON case_meeting
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_case_meeting_stays BEFORE UPDATE ON case_meeting
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_clarification_added BEFORE INSERT ON clarification
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_clarification_is_kept BEFORE DELETE ON clarification
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_clarification_stays BEFORE UPDATE ON clarification
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_client_stays BEFORE UPDATE ON client
WHEN OLD.handed_over IS NOT NULL AND NEW.handed_over IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_consent_added BEFORE INSERT ON consent
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_consent_is_kept BEFORE DELETE ON consent
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_consent_stays BEFORE UPDATE ON consent
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_contribution_added BEFORE INSERT ON contribution
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = NEW.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_contribution_is_kept BEFORE DELETE ON contribution
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_contribution_stays BEFORE UPDATE ON contribution
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment_case WHERE id = OLD.case_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_correction_added BEFORE INSERT ON correction
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_correction_is_kept BEFORE DELETE ON correction
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_correction_stays BEFORE UPDATE ON correction
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_document_added BEFORE INSERT ON document
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_document_is_kept BEFORE DELETE ON document
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_document_stays BEFORE UPDATE ON document
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_follow_up_added BEFORE INSERT ON follow_up
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_follow_up_is_kept BEFORE DELETE ON follow_up
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_follow_up_stays BEFORE UPDATE ON follow_up
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_labour_status_added BEFORE INSERT ON labour_status
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_labour_status_is_kept BEFORE DELETE ON labour_status
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_labour_status_stays BEFORE UPDATE ON labour_status
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_meeting_added BEFORE INSERT ON meeting
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_meeting_is_kept BEFORE DELETE ON meeting
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_meeting_stays BEFORE UPDATE ON meeting
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_other_result_added BEFORE INSERT ON other_result
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_other_result_is_kept BEFORE DELETE ON other_result
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_other_result_stays BEFORE UPDATE ON other_result
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_paper_check_added BEFORE INSERT ON paper_check
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = NEW.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_paper_check_is_kept BEFORE DELETE ON paper_check
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_paper_check_stays BEFORE UPDATE ON paper_check
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_added BEFORE INSERT ON plan
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_field_added BEFORE INSERT ON plan_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_field_is_kept BEFORE DELETE ON plan_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_field_stays BEFORE UPDATE ON plan_field
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_goal_added BEFORE INSERT ON plan_goal
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_goal_is_kept BEFORE DELETE ON plan_goal
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_goal_stays BEFORE UPDATE ON plan_goal
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_is_kept BEFORE DELETE ON plan
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_review_added BEFORE INSERT ON plan_review
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_review_is_kept BEFORE DELETE ON plan_review
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_review_stays BEFORE UPDATE ON plan_review
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_stays BEFORE UPDATE ON plan
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_step_added BEFORE INSERT ON plan_step
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_step_is_kept BEFORE DELETE ON plan_step
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_step_stays BEFORE UPDATE ON plan_step
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_rating_added BEFORE INSERT ON rating
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = NEW.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_rating_is_kept BEFORE DELETE ON rating
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_rating_stays BEFORE UPDATE ON rating
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM assessment WHERE id = OLD.assessment_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_review_verdict_added BEFORE INSERT ON review_verdict
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_review_verdict_is_kept BEFORE DELETE ON review_verdict
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_review_verdict_stays BEFORE UPDATE ON review_verdict
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_sending_added BEFORE INSERT ON sending
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_sending_is_kept BEFORE DELETE ON sending
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_service_period_added BEFORE INSERT ON service_period
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_service_period_is_kept BEFORE DELETE ON service_period
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_service_period_stays BEFORE UPDATE ON service_period
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_signature_added BEFORE INSERT ON signature
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_signature_is_kept BEFORE DELETE ON signature
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_signature_stays BEFORE UPDATE ON signature
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_told_fact_added BEFORE INSERT ON told_fact
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_told_fact_is_kept BEFORE DELETE ON told_fact
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_told_fact_stays BEFORE UPDATE ON told_fact
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_ura_entry_added BEFORE INSERT ON ura_entry
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_ura_entry_is_kept BEFORE DELETE ON ura_entry
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER instrument_stays BEFORE UPDATE ON instrument
BEGIN SELECT RAISE(ABORT, 'a released instrument never changes'); END;

CREATE TRIGGER log_answer_added AFTER INSERT ON answer
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('answer', NEW.item, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_answer_changed AFTER UPDATE ON answer
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('answer', NEW.item, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_answer_removed AFTER DELETE ON answer
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('answer', OLD.item, coalesce((SELECT client_id FROM assessment WHERE id = OLD.assessment_id), '')); END;

CREATE TRIGGER log_assessment_added AFTER INSERT ON assessment
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_assessment_case_added AFTER INSERT ON assessment_case
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment_case', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_assessment_case_changed AFTER UPDATE ON assessment_case
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment_case', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_assessment_case_removed AFTER DELETE ON assessment_case
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment_case', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_assessment_changed AFTER UPDATE ON assessment
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_assessment_removed AFTER DELETE ON assessment
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('assessment', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_backup_made_added AFTER INSERT ON backup_made
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('backup_made', NEW.id, ''); END;

CREATE TRIGGER log_backup_made_changed AFTER UPDATE ON backup_made
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('backup_made', NEW.id, ''); END;

CREATE TRIGGER log_backup_made_removed AFTER DELETE ON backup_made
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('backup_made', OLD.id, ''); END;

CREATE TRIGGER log_benefit_reading_added AFTER INSERT ON benefit_reading
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('benefit_reading', NEW.date, NEW.client_id); END;

CREATE TRIGGER log_benefit_reading_changed AFTER UPDATE ON benefit_reading
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('benefit_reading', NEW.date, NEW.client_id); END;

CREATE TRIGGER log_benefit_reading_removed AFTER DELETE ON benefit_reading
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('benefit_reading', OLD.date, OLD.client_id); END;

CREATE TRIGGER log_card_field_added AFTER INSERT ON card_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('card_field', NEW.field, NEW.client_id); END;

CREATE TRIGGER log_card_field_changed AFTER UPDATE ON card_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('card_field', NEW.field, NEW.client_id); END;

CREATE TRIGGER log_card_field_removed AFTER DELETE ON card_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('card_field', OLD.field, OLD.client_id); END;

CREATE TRIGGER log_case_field_added AFTER INSERT ON case_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_field', NEW.field, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_case_field_changed AFTER UPDATE ON case_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_field', NEW.field, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_case_field_removed AFTER DELETE ON case_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('case_field', OLD.field, coalesce((SELECT client_id FROM assessment_case WHERE id = OLD.case_id), '')); END;

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

CREATE TRIGGER log_client_added AFTER INSERT ON client
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('client', NEW.id, NEW.id); END;

CREATE TRIGGER log_client_changed AFTER UPDATE ON client
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('client', NEW.id, NEW.id); END;

CREATE TRIGGER log_client_removed AFTER DELETE ON client
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('client', OLD.id, OLD.id); END;

CREATE TRIGGER log_closed_month_added AFTER INSERT ON closed_month
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('closed_month', NEW.period, ''); END;

CREATE TRIGGER log_closed_month_changed AFTER UPDATE ON closed_month
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('closed_month', NEW.period, ''); END;

CREATE TRIGGER log_closed_month_removed AFTER DELETE ON closed_month
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('closed_month', OLD.period, ''); END;

CREATE TRIGGER log_coach_card_added AFTER INSERT ON coach_card
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('coach_card', NEW.fingerprint, ''); END;

CREATE TRIGGER log_coach_card_changed AFTER UPDATE ON coach_card
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('coach_card', NEW.fingerprint, ''); END;

CREATE TRIGGER log_coach_card_removed AFTER DELETE ON coach_card
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('coach_card', OLD.fingerprint, ''); END;

CREATE TRIGGER log_consent_added AFTER INSERT ON consent
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('consent', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_consent_changed AFTER UPDATE ON consent
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('consent', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_consent_removed AFTER DELETE ON consent
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('consent', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_contribution_added AFTER INSERT ON contribution
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('contribution', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_contribution_changed AFTER UPDATE ON contribution
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('contribution', NEW.id, coalesce((SELECT client_id FROM assessment_case WHERE id = NEW.case_id), '')); END;

CREATE TRIGGER log_contribution_removed AFTER DELETE ON contribution
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('contribution', OLD.id, coalesce((SELECT client_id FROM assessment_case WHERE id = OLD.case_id), '')); END;

CREATE TRIGGER log_correction_added AFTER INSERT ON correction
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('correction', NEW.field, NEW.client_id); END;

CREATE TRIGGER log_correction_changed AFTER UPDATE ON correction
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('correction', NEW.field, NEW.client_id); END;

CREATE TRIGGER log_correction_removed AFTER DELETE ON correction
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('correction', OLD.field, OLD.client_id); END;

CREATE TRIGGER log_document_added AFTER INSERT ON document
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('document', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_document_changed AFTER UPDATE ON document
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('document', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_document_removed AFTER DELETE ON document
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('document', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_erasure_added AFTER INSERT ON erasure
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('erasure', NEW.client_id, NEW.client_id); END;

CREATE TRIGGER log_erasure_changed AFTER UPDATE ON erasure
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('erasure', NEW.client_id, NEW.client_id); END;

CREATE TRIGGER log_erasure_removed AFTER DELETE ON erasure
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('erasure', OLD.client_id, OLD.client_id); END;

CREATE TRIGGER log_export_seal_added AFTER INSERT ON export_seal
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('export_seal', NEW.period, ''); END;

CREATE TRIGGER log_export_seal_changed AFTER UPDATE ON export_seal
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('export_seal', NEW.period, ''); END;

CREATE TRIGGER log_export_seal_removed AFTER DELETE ON export_seal
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('export_seal', OLD.period, ''); END;

CREATE TRIGGER log_follow_up_added AFTER INSERT ON follow_up
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('follow_up', NEW.date, NEW.client_id); END;

CREATE TRIGGER log_follow_up_changed AFTER UPDATE ON follow_up
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('follow_up', NEW.date, NEW.client_id); END;

CREATE TRIGGER log_follow_up_removed AFTER DELETE ON follow_up
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('follow_up', OLD.date, OLD.client_id); END;

CREATE TRIGGER log_handover_added AFTER INSERT ON handover
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('handover', NEW.package, NEW.client_id); END;

CREATE TRIGGER log_handover_changed AFTER UPDATE ON handover
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('handover', NEW.package, NEW.client_id); END;

CREATE TRIGGER log_handover_removed AFTER DELETE ON handover
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('handover', OLD.package, OLD.client_id); END;

CREATE TRIGGER log_instrument_added AFTER INSERT ON instrument
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('instrument', NEW.id, ''); END;

CREATE TRIGGER log_instrument_changed AFTER UPDATE ON instrument
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('instrument', NEW.id, ''); END;

CREATE TRIGGER log_instrument_removed AFTER DELETE ON instrument
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('instrument', OLD.id, ''); END;

CREATE TRIGGER log_labour_status_added AFTER INSERT ON labour_status
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('labour_status', NEW.date, NEW.client_id); END;

CREATE TRIGGER log_labour_status_changed AFTER UPDATE ON labour_status
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('labour_status', NEW.date, NEW.client_id); END;

CREATE TRIGGER log_labour_status_removed AFTER DELETE ON labour_status
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('labour_status', OLD.date, OLD.client_id); END;

CREATE TRIGGER log_meeting_added AFTER INSERT ON meeting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('meeting', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_meeting_changed AFTER UPDATE ON meeting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('meeting', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_meeting_removed AFTER DELETE ON meeting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('meeting', OLD.id, OLD.client_id); END;

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

CREATE TRIGGER log_plan_added AFTER INSERT ON plan
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_plan_changed AFTER UPDATE ON plan
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_plan_field_added AFTER INSERT ON plan_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_field', NEW.field, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_field_changed AFTER UPDATE ON plan_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_field', NEW.field, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_field_removed AFTER DELETE ON plan_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_field', OLD.field, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_plan_goal_added AFTER INSERT ON plan_goal
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_goal', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_goal_changed AFTER UPDATE ON plan_goal
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_goal', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_goal_removed AFTER DELETE ON plan_goal
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_goal', OLD.id, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_plan_removed AFTER DELETE ON plan
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_plan_review_added AFTER INSERT ON plan_review
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_review', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_review_changed AFTER UPDATE ON plan_review
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_review', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_review_removed AFTER DELETE ON plan_review
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_review', OLD.id, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_plan_step_added AFTER INSERT ON plan_step
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_step', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_step_changed AFTER UPDATE ON plan_step
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_step', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_step_removed AFTER DELETE ON plan_step
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_step', OLD.id, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_rating_added AFTER INSERT ON rating
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rating', NEW.domain, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_rating_changed AFTER UPDATE ON rating
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rating', NEW.domain, coalesce((SELECT client_id FROM assessment WHERE id = NEW.assessment_id), '')); END;

CREATE TRIGGER log_rating_removed AFTER DELETE ON rating
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rating', OLD.domain, coalesce((SELECT client_id FROM assessment WHERE id = OLD.assessment_id), '')); END;

CREATE TRIGGER log_retention_hold_added AFTER INSERT ON retention_hold
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('retention_hold', NEW.client_id, NEW.client_id); END;

CREATE TRIGGER log_retention_hold_changed AFTER UPDATE ON retention_hold
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('retention_hold', NEW.client_id, NEW.client_id); END;

CREATE TRIGGER log_retention_hold_removed AFTER DELETE ON retention_hold
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('retention_hold', OLD.client_id, OLD.client_id); END;

CREATE TRIGGER log_review_verdict_added AFTER INSERT ON review_verdict
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('review_verdict', NEW.about, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_review_verdict_changed AFTER UPDATE ON review_verdict
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('review_verdict', NEW.about, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_review_verdict_removed AFTER DELETE ON review_verdict
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('review_verdict', OLD.about, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_rule_change_added AFTER INSERT ON rule_change
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rule_change', NEW.rule, ''); END;

CREATE TRIGGER log_rule_change_changed AFTER UPDATE ON rule_change
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rule_change', NEW.rule, ''); END;

CREATE TRIGGER log_rule_change_removed AFTER DELETE ON rule_change
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rule_change', OLD.rule, ''); END;

CREATE TRIGGER log_secret_added AFTER INSERT ON secret
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('secret', NEW.name, ''); END;

CREATE TRIGGER log_secret_changed AFTER UPDATE ON secret
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('secret', NEW.name, ''); END;

CREATE TRIGGER log_secret_removed AFTER DELETE ON secret
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('secret', OLD.name, ''); END;

CREATE TRIGGER log_sending_added AFTER INSERT ON sending
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('sending', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_sending_changed AFTER UPDATE ON sending
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('sending', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_sending_removed AFTER DELETE ON sending
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('sending', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_service_period_added AFTER INSERT ON service_period
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('service_period', NEW.service, NEW.client_id); END;

CREATE TRIGGER log_service_period_changed AFTER UPDATE ON service_period
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('service_period', NEW.service, NEW.client_id); END;

CREATE TRIGGER log_service_period_removed AFTER DELETE ON service_period
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('service_period', OLD.service, OLD.client_id); END;

CREATE TRIGGER log_setting_added AFTER INSERT ON setting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('setting', NEW.name, ''); END;

CREATE TRIGGER log_setting_changed AFTER UPDATE ON setting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('setting', NEW.name, ''); END;

CREATE TRIGGER log_setting_removed AFTER DELETE ON setting
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('setting', OLD.name, ''); END;

CREATE TRIGGER log_signature_added AFTER INSERT ON signature
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('signature', NEW.party, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_signature_changed AFTER UPDATE ON signature
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('signature', NEW.party, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_signature_removed AFTER DELETE ON signature
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('signature', OLD.party, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_told_fact_added AFTER INSERT ON told_fact
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('told_fact', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_told_fact_changed AFTER UPDATE ON told_fact
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('told_fact', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_told_fact_removed AFTER DELETE ON told_fact
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('told_fact', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_translation_check_added AFTER INSERT ON translation_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('translation_check', NEW.language, ''); END;

CREATE TRIGGER log_translation_check_changed AFTER UPDATE ON translation_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('translation_check', NEW.language, ''); END;

CREATE TRIGGER log_translation_check_removed AFTER DELETE ON translation_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('translation_check', OLD.language, ''); END;

CREATE TRIGGER log_ura_entry_added AFTER INSERT ON ura_entry
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('ura_entry', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_ura_entry_changed AFTER UPDATE ON ura_entry
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('ura_entry', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_ura_entry_removed AFTER DELETE ON ura_entry
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('ura_entry', OLD.id, OLD.client_id); END;

CREATE TRIGGER meeting_is_searched_no_more AFTER DELETE ON meeting
BEGIN DELETE FROM search_text WHERE entity = 'meeting' AND entity_id = CAST(OLD.id AS TEXT); END;

CREATE TRIGGER name_index_added AFTER INSERT ON client
BEGIN INSERT INTO name_index (rowid, folded, loosened) VALUES (NEW.rowid, NEW.folded, NEW.loosened); END;

CREATE TRIGGER name_index_changed AFTER UPDATE OF folded, loosened ON client
BEGIN
    INSERT INTO name_index (name_index, rowid, folded, loosened) VALUES ('delete', OLD.rowid, OLD.folded, OLD.loosened);
    INSERT INTO name_index (rowid, folded, loosened) VALUES (NEW.rowid, NEW.folded, NEW.loosened);
END;

CREATE TRIGGER name_index_removed AFTER DELETE ON client
BEGIN INSERT INTO name_index (name_index, rowid, folded, loosened) VALUES ('delete', OLD.rowid, OLD.folded, OLD.loosened); END;

CREATE TRIGGER note_index_added AFTER INSERT ON search_text
BEGIN INSERT INTO note_index (rowid, folded, loosened) VALUES (NEW.id, NEW.folded, NEW.loosened); END;

CREATE TRIGGER note_index_changed AFTER UPDATE OF folded, loosened ON search_text
BEGIN
    INSERT INTO note_index (note_index, rowid, folded, loosened) VALUES ('delete', OLD.id, OLD.folded, OLD.loosened);
    INSERT INTO note_index (rowid, folded, loosened) VALUES (NEW.id, NEW.folded, NEW.loosened);
END;

CREATE TRIGGER note_index_removed AFTER DELETE ON search_text
BEGIN INSERT INTO note_index (note_index, rowid, folded, loosened) VALUES ('delete', OLD.id, OLD.folded, OLD.loosened); END;

CREATE TRIGGER other_result_is_searched_no_more AFTER DELETE ON other_result
BEGIN DELETE FROM search_text WHERE entity = 'other_result' AND entity_id = OLD.id; END;

CREATE TRIGGER other_result_stays
BEFORE UPDATE OF id, date, instrument, domain, score, scale, note, recorder, at, file_name, file ON other_result
BEGIN SELECT RAISE(ABORT, 'a recorded result is never changed'); END;

CREATE TRIGGER plan_goal_is_searched_no_more AFTER DELETE ON plan_goal
BEGIN DELETE FROM search_text WHERE entity = 'plan_goal' AND entity_id = CAST(OLD.id AS TEXT); END;

CREATE TRIGGER plan_review_is_searched_no_more AFTER DELETE ON plan_review
BEGIN DELETE FROM search_text WHERE entity = 'plan_review' AND entity_id = OLD.id; END;

CREATE TRIGGER plan_review_stays BEFORE UPDATE ON plan_review
BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;

CREATE TRIGGER plan_step_is_searched_no_more AFTER DELETE ON plan_step
BEGIN DELETE FROM search_text WHERE entity = 'plan_step' AND entity_id = CAST(OLD.id AS TEXT); END;

CREATE TRIGGER rating_is_searched_no_more AFTER DELETE ON rating
BEGIN DELETE FROM search_text WHERE entity = 'rating' AND entity_id = CAST(OLD.seq AS TEXT); END;

CREATE TRIGGER rating_stays BEFORE UPDATE OF seq, assessment_id, domain, aspect, value, reason, date, at ON rating
BEGIN SELECT RAISE(ABORT, 'a rating is never changed'); END;

CREATE TRIGGER review_verdict_stays BEFORE UPDATE ON review_verdict
BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;

CREATE TRIGGER rule_change_stays BEFORE UPDATE ON rule_change
BEGIN SELECT RAISE(ABORT, 'a change of a rule is never changed'); END;

CREATE TRIGGER seal_is_kept BEFORE DELETE ON export_seal
BEGIN SELECT RAISE(ABORT, 'a sealed month never changes'); END;

CREATE TRIGGER seal_stays BEFORE UPDATE ON export_seal
BEGIN SELECT RAISE(ABORT, 'a sealed month never changes'); END;

CREATE TRIGGER sending_stays
BEFORE UPDATE OF id, document_id, file_name, recipient, sha256, at ON sending
BEGIN SELECT RAISE(ABORT, 'what was sent never changes'); END;

CREATE TRIGGER told_fact_is_searched_no_more AFTER DELETE ON told_fact
BEGIN DELETE FROM search_text WHERE entity = 'told_fact' AND entity_id = CAST(OLD.id AS TEXT); END;

CREATE TRIGGER ura_entry_stays BEFORE UPDATE ON ura_entry
BEGIN SELECT RAISE(ABORT, 'what was entered never changes'); END;

CREATE VIEW current_answer AS
SELECT assessment_id, item, rater, value, date, meeting_id, note, at, reason, entered
FROM answer AS a
WHERE seq = (SELECT MAX(seq) FROM answer AS b
             WHERE b.assessment_id = a.assessment_id AND b.item = a.item AND b.rater = a.rater);

CREATE VIEW current_rating AS
SELECT assessment_id, domain, aspect, value, reason, date, meeting_id, at
FROM rating AS a
WHERE seq = (SELECT MAX(seq) FROM rating AS b
             WHERE b.assessment_id = a.assessment_id AND b.domain = a.domain AND b.aspect = a.aspect);

