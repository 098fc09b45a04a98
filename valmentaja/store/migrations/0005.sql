-- Version 5: how goals and steps came about, reviews, what was sent out, consents, changed rules, confirmed translations, months that stay.

ALTER TABLE plan_goal ADD COLUMN reached_when TEXT NOT NULL DEFAULT '';
ALTER TABLE plan_goal ADD COLUMN origin TEXT;
ALTER TABLE plan_step ADD COLUMN parallel INTEGER NOT NULL DEFAULT 0 CHECK (parallel IN (0, 1));
ALTER TABLE plan_step ADD COLUMN proposed_by TEXT CHECK (proposed_by IN ('CLIENT', 'COACH', 'TOGETHER', 'OTHER'));
ALTER TABLE plan_step ADD COLUMN decision TEXT CHECK (decision IN ('YES', 'LATER', 'NO'));
ALTER TABLE plan_step ADD COLUMN origin TEXT;

DROP TRIGGER frozen_goal_stays;
CREATE TRIGGER frozen_goal_stays
BEFORE UPDATE OF id, plan_id, position, words, why, evidence_domain, evidence_item, reached_when, origin ON plan_goal
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

DROP TRIGGER frozen_step_stays;
CREATE TRIGGER frozen_step_stays
BEFORE UPDATE OF id, plan_id, goal_id, position, what, service, provider, responsible, planned_start, by_date,
parallel, proposed_by, decision, origin ON plan_step
WHEN (SELECT fingerprint FROM plan WHERE id = OLD.plan_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a frozen plan never changes'); END;

CREATE TABLE plan_review (
    id TEXT PRIMARY KEY,
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    date TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL
) STRICT;

CREATE INDEX plan_review_by_plan ON plan_review (plan_id, date);

CREATE TRIGGER plan_review_stays BEFORE UPDATE ON plan_review
BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;

CREATE TABLE review_verdict (
    review_id TEXT NOT NULL REFERENCES plan_review ON DELETE CASCADE,
    plan_id TEXT NOT NULL REFERENCES plan ON DELETE CASCADE,
    about TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('KEPT', 'CHANGED', 'REACHED', 'DROPPED', 'DONE', 'MOVED')),
    why TEXT NOT NULL,
    new_date TEXT,
    PRIMARY KEY (review_id, about)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER review_verdict_stays BEFORE UPDATE ON review_verdict
BEGIN SELECT RAISE(ABORT, 'a review is never changed'); END;

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

CREATE INDEX sending_by_client ON sending (client_id, at);

CREATE TRIGGER sending_stays
BEFORE UPDATE OF id, document_id, file_name, recipient, sha256, at ON sending
BEGIN SELECT RAISE(ABORT, 'what was sent never changes'); END;

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

CREATE INDEX consent_by_client ON consent (client_id, purpose, date);

CREATE TRIGGER consent_stays BEFORE UPDATE OF id, purpose, given, date, expires, scope, at ON consent
BEGIN SELECT RAISE(ABORT, 'a consent is never changed'); END;

CREATE TABLE card_field (
    client_id TEXT NOT NULL REFERENCES client ON DELETE CASCADE,
    field TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (client_id, field)
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

CREATE TRIGGER rule_change_stays BEFORE UPDATE ON rule_change
BEGIN SELECT RAISE(ABORT, 'a change of a rule is never changed'); END;

CREATE TABLE translation_check (
    language TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    name TEXT NOT NULL CHECK (name <> ''),
    at TEXT NOT NULL,
    PRIMARY KEY (language, fingerprint)
) STRICT, WITHOUT ROWID;

-- Months that were published with somebody who is erased: they are corrected no more.

CREATE TABLE closed_month (
    period TEXT PRIMARY KEY,
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER closed_month_stays BEFORE UPDATE ON closed_month
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;

CREATE TRIGGER closed_month_is_kept BEFORE DELETE ON closed_month
BEGIN SELECT RAISE(ABORT, 'a closed month stays closed'); END;

CREATE TRIGGER plan_review_is_searched_no_more AFTER DELETE ON plan_review
BEGIN DELETE FROM search_text WHERE entity = 'plan_review' AND entity_id = OLD.id; END;

-- A client who was handed over is read here and not changed; only receipts of what was sent still come in.

CREATE TRIGGER handed_over_plan_review_added BEFORE INSERT ON plan_review
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_review_stays BEFORE UPDATE ON plan_review
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_plan_review_is_kept BEFORE DELETE ON plan_review
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_review_verdict_added BEFORE INSERT ON review_verdict
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = NEW.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_review_verdict_stays BEFORE UPDATE ON review_verdict
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_review_verdict_is_kept BEFORE DELETE ON review_verdict
WHEN (SELECT handed_over FROM client WHERE id = (SELECT client_id FROM plan WHERE id = OLD.plan_id)) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_sending_added BEFORE INSERT ON sending
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_sending_is_kept BEFORE DELETE ON sending
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_consent_added BEFORE INSERT ON consent
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_consent_stays BEFORE UPDATE ON consent
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_consent_is_kept BEFORE DELETE ON consent
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_card_field_added BEFORE INSERT ON card_field
WHEN (SELECT handed_over FROM client WHERE id = NEW.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_card_field_stays BEFORE UPDATE ON card_field
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

CREATE TRIGGER handed_over_card_field_is_kept BEFORE DELETE ON card_field
WHEN (SELECT handed_over FROM client WHERE id = OLD.client_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a client handed over is not changed here'); END;

-- The log is fed by triggers.

CREATE TRIGGER log_plan_review_added AFTER INSERT ON plan_review
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_review', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_review_changed AFTER UPDATE ON plan_review
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_review', NEW.id, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_plan_review_removed AFTER DELETE ON plan_review
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('plan_review', OLD.id, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_review_verdict_added AFTER INSERT ON review_verdict
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('review_verdict', NEW.about, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_review_verdict_changed AFTER UPDATE ON review_verdict
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('review_verdict', NEW.about, coalesce((SELECT client_id FROM plan WHERE id = NEW.plan_id), '')); END;

CREATE TRIGGER log_review_verdict_removed AFTER DELETE ON review_verdict
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('review_verdict', OLD.about, coalesce((SELECT client_id FROM plan WHERE id = OLD.plan_id), '')); END;

CREATE TRIGGER log_sending_added AFTER INSERT ON sending
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('sending', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_sending_changed AFTER UPDATE ON sending
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('sending', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_sending_removed AFTER DELETE ON sending
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('sending', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_consent_added AFTER INSERT ON consent
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('consent', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_consent_changed AFTER UPDATE ON consent
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('consent', NEW.id, NEW.client_id); END;

CREATE TRIGGER log_consent_removed AFTER DELETE ON consent
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('consent', OLD.id, OLD.client_id); END;

CREATE TRIGGER log_card_field_added AFTER INSERT ON card_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('card_field', NEW.field, NEW.client_id); END;

CREATE TRIGGER log_card_field_changed AFTER UPDATE ON card_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('card_field', NEW.field, NEW.client_id); END;

CREATE TRIGGER log_card_field_removed AFTER DELETE ON card_field
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('card_field', OLD.field, OLD.client_id); END;

CREATE TRIGGER log_rule_change_added AFTER INSERT ON rule_change
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rule_change', NEW.rule, ''); END;

CREATE TRIGGER log_rule_change_changed AFTER UPDATE ON rule_change
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rule_change', NEW.rule, ''); END;

CREATE TRIGGER log_rule_change_removed AFTER DELETE ON rule_change
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('rule_change', OLD.rule, ''); END;

CREATE TRIGGER log_translation_check_added AFTER INSERT ON translation_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('translation_check', NEW.language, ''); END;

CREATE TRIGGER log_translation_check_changed AFTER UPDATE ON translation_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('translation_check', NEW.language, ''); END;

CREATE TRIGGER log_translation_check_removed AFTER DELETE ON translation_check
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('translation_check', OLD.language, ''); END;

CREATE TRIGGER log_closed_month_added AFTER INSERT ON closed_month
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('closed_month', NEW.period, ''); END;

CREATE TRIGGER log_closed_month_changed AFTER UPDATE ON closed_month
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('closed_month', NEW.period, ''); END;

CREATE TRIGGER log_closed_month_removed AFTER DELETE ON closed_month
BEGIN INSERT INTO audit_pending (entity, entity_id, client_id) VALUES ('closed_month', OLD.period, ''); END;
