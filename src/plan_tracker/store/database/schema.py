"""The database's tables, as the steps that lead to them.

``user_version`` in the file counts the steps that it has been through. A step that has landed is never changed:
what comes later is a step of its own.
"""

_FIRST = """
CREATE TABLE registers (
    version INTEGER PRIMARY KEY, fiscal_year INTEGER NOT NULL, loaded_at TEXT NOT NULL,
    source TEXT NOT NULL, sha256 TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE forms (
    form_id TEXT PRIMARY KEY, kind TEXT NOT NULL, based_on_version INTEGER NOT NULL, form_version TEXT NOT NULL,
    unit TEXT NOT NULL, fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, issued_at TEXT NOT NULL,
    register_version INTEGER NOT NULL, path TEXT NOT NULL, content TEXT NOT NULL);
CREATE INDEX forms_of_unit ON forms (fiscal_year, quarter, unit);
CREATE TABLE returns (
    id INTEGER PRIMARY KEY, unit TEXT NOT NULL, fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL,
    version INTEGER NOT NULL, form_id TEXT NOT NULL REFERENCES forms, sha256 TEXT NOT NULL, file TEXT NOT NULL,
    original TEXT NOT NULL, received_at TEXT NOT NULL, outcome TEXT NOT NULL, errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL, waived_because TEXT NOT NULL DEFAULT '', corrected INTEGER NOT NULL DEFAULT 0,
    UNIQUE (fiscal_year, quarter, unit, version));
CREATE INDEX returns_by_bytes ON returns (sha256);
CREATE INDEX returns_to_correct ON returns (corrected) WHERE outcome = 'incomplete' AND corrected = 0;
CREATE TABLE answers (
    return_id INTEGER NOT NULL REFERENCES returns, code TEXT NOT NULL, sheet TEXT NOT NULL, answers TEXT NOT NULL,
    PRIMARY KEY (return_id, code)) WITHOUT ROWID;
CREATE TABLE findings (
    return_id INTEGER NOT NULL REFERENCES returns, number INTEGER NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL,
    project TEXT NOT NULL, field TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL, value TEXT NOT NULL,
    status TEXT NOT NULL, params TEXT NOT NULL, PRIMARY KEY (return_id, number)) WITHOUT ROWID;
CREATE TABLE written (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL);
CREATE TABLE events (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, details TEXT NOT NULL,
    seal TEXT NOT NULL);
CREATE VIEW kept AS SELECT id, unit, fiscal_year, quarter, version, form_id, sha256, file, original, received_at,
    outcome, errors, warnings, waived_because, corrected FROM returns;
"""

_REVIEWS = """
CREATE TABLE letters (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, unit TEXT NOT NULL, fiscal_year INTEGER NOT NULL,
    quarter INTEGER NOT NULL, about TEXT NOT NULL, path TEXT NOT NULL, drafted_at TEXT NOT NULL,
    number TEXT NOT NULL DEFAULT '', day TEXT NOT NULL DEFAULT '');
CREATE INDEX letters_to ON letters (kind, unit, fiscal_year, quarter);
CREATE TABLE review_acts (
    id INTEGER PRIMARY KEY, fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, act TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL, day TEXT NOT NULL, reference TEXT NOT NULL, because TEXT NOT NULL,
    content TEXT NOT NULL DEFAULT '');
CREATE INDEX acts_on ON review_acts (fiscal_year, quarter);
CREATE TABLE comments (
    fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, number INTEGER NOT NULL, round INTEGER NOT NULL,
    reader TEXT NOT NULL, text TEXT NOT NULL, unit TEXT NOT NULL, project TEXT NOT NULL, field TEXT NOT NULL,
    at TEXT NOT NULL, who TEXT NOT NULL, after_return INTEGER NOT NULL, letter INTEGER REFERENCES letters,
    resolved_at TEXT NOT NULL DEFAULT '', because TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (fiscal_year, quarter, number)) WITHOUT ROWID;
CREATE TABLE orders (
    number INTEGER PRIMARY KEY, text TEXT NOT NULL, day TEXT NOT NULL, due TEXT NOT NULL, added_at TEXT NOT NULL,
    done_at TEXT NOT NULL DEFAULT '', because TEXT NOT NULL DEFAULT '');
CREATE TABLE order_units (
    number INTEGER NOT NULL REFERENCES orders, unit TEXT NOT NULL, PRIMARY KEY (number, unit)) WITHOUT ROWID;
"""

_REPORTS = """
CREATE TABLE reports (
    fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, number INTEGER NOT NULL, made_at TEXT NOT NULL,
    bases TEXT NOT NULL, settings TEXT NOT NULL, PRIMARY KEY (fiscal_year, quarter, number)) WITHOUT ROWID;
CREATE TABLE report_documents (
    fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, number INTEGER NOT NULL, plan TEXT NOT NULL,
    path TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (fiscal_year, quarter, number, plan)) WITHOUT ROWID;
"""

_REPORT_TEMPLATES = """
ALTER TABLE reports ADD COLUMN template TEXT NOT NULL DEFAULT '';
"""

_ORDERS_PERIODS = """
ALTER TABLE orders ADD COLUMN fiscal_year INTEGER NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN quarter INTEGER NOT NULL DEFAULT 0;
"""

_REGISTER_REASONS = """
ALTER TABLE registers ADD COLUMN because TEXT NOT NULL DEFAULT '';
"""

_ANSWER_STATES = """
CREATE TABLE answer_states (
    return_id INTEGER NOT NULL REFERENCES returns, code TEXT NOT NULL, state TEXT NOT NULL,
    waived_because TEXT NOT NULL DEFAULT '', PRIMARY KEY (return_id, code)) WITHOUT ROWID;
INSERT INTO answer_states (return_id, code, state) SELECT return_id, code, 'clean' FROM answers;
UPDATE answer_states SET state = 'waiting' WHERE EXISTS (SELECT 1 FROM findings
    WHERE findings.return_id = answer_states.return_id AND findings.project = answer_states.code
    AND findings.status = 'open' AND findings.severity IN ('error', 'warning'));
UPDATE answer_states SET state = 'waived',
    waived_because = (SELECT returns.waived_because FROM returns WHERE returns.id = answer_states.return_id)
    WHERE EXISTS (SELECT 1 FROM findings WHERE findings.return_id = answer_states.return_id
    AND findings.project = answer_states.code AND findings.status = 'waived');
INSERT OR IGNORE INTO answer_states (return_id, code, state)
    SELECT return_id, project, 'missing' FROM findings WHERE code = 'SHEET-MISSING';
DROP VIEW kept;
ALTER TABLE returns DROP COLUMN waived_because;
CREATE VIEW kept AS SELECT id, unit, fiscal_year, quarter, version, form_id, sha256, file, original, received_at,
    outcome, errors, warnings, corrected FROM returns;
"""

_WITHDRAWN = """
ALTER TABLE forms ADD COLUMN withdrawn_at TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN withdrawn_at TEXT NOT NULL DEFAULT '';
"""

_LAYOUTS = """
CREATE TABLE layouts (id TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID;
"""

_PLAN_DECISIONS = """
CREATE TABLE plan_decisions (
    number INTEGER PRIMARY KEY, fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, project TEXT NOT NULL,
    field TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, at TEXT NOT NULL, because TEXT NOT NULL,
    register_version INTEGER NOT NULL);
CREATE INDEX plan_decisions_of_year ON plan_decisions (fiscal_year);
"""

_MAILS = """
CREATE TABLE mails (
    id INTEGER PRIMARY KEY, letter INTEGER NOT NULL REFERENCES letters, part TEXT NOT NULL,
    message_id TEXT NOT NULL UNIQUE, recipients TEXT NOT NULL, path TEXT NOT NULL, state TEXT NOT NULL,
    at TEXT NOT NULL, because TEXT NOT NULL DEFAULT '');
CREATE INDEX mails_of_letter ON mails (letter);
CREATE TABLE fetched_mails (
    place TEXT NOT NULL, uid INTEGER NOT NULL, sha256 TEXT NOT NULL, sender TEXT NOT NULL, subject TEXT NOT NULL,
    fetched_at TEXT NOT NULL, file TEXT NOT NULL, PRIMARY KEY (place, uid)) WITHOUT ROWID;
CREATE INDEX fetched_bytes ON fetched_mails (sha256);
CREATE TABLE return_containers (return_id INTEGER PRIMARY KEY REFERENCES returns, container TEXT NOT NULL);
"""

_PLACEMENTS = """
CREATE TABLE placements (path TEXT PRIMARY KEY) WITHOUT ROWID;
"""

_JOURNAL = """
CREATE TABLE journal (id INTEGER PRIMARY KEY CHECK (id = 1), last INTEGER NOT NULL);
"""

_SECOND_VOLUMES = """
ALTER TABLE reports ADD COLUMN sheets_template TEXT NOT NULL DEFAULT '';
ALTER TABLE report_documents RENAME TO report_documents_of_one_volume;
CREATE TABLE report_documents (
    fiscal_year INTEGER NOT NULL, quarter INTEGER NOT NULL, number INTEGER NOT NULL, plan TEXT NOT NULL,
    volume TEXT NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (fiscal_year, quarter, number, plan, volume)) WITHOUT ROWID;
INSERT INTO report_documents SELECT fiscal_year, quarter, number, plan, 'report', path, sha256
    FROM report_documents_of_one_volume;
DROP TABLE report_documents_of_one_volume;
"""

_REMOVALS = """
CREATE TABLE removals (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL) WITHOUT ROWID;
"""

_FORMS_BY_LOAD = """
CREATE INDEX forms_by_load ON forms (fiscal_year, quarter, kind, register_version);
"""

STEPS = (
    _FIRST,
    _REVIEWS,
    _REPORTS,
    _REPORT_TEMPLATES,
    _ORDERS_PERIODS,
    _REGISTER_REASONS,
    _ANSWER_STATES,
    _LAYOUTS,
    _WITHDRAWN,
    _PLAN_DECISIONS,
    _MAILS,
    _PLACEMENTS,
    _JOURNAL,
    _SECOND_VOLUMES,
    _REMOVALS,
    _FORMS_BY_LOAD,
)
OUTER_SEAL_SINCE = STEPS.index(_REVIEWS) + 1  # the version from which a log's newest seal also stands outside
