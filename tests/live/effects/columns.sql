-- Columns: several actions in one ALTER TABLE, inheritance, domains, collations, expression
-- indexes, generated columns, typed tables.

CREATE TABLE accounts (id int PRIMARY KEY, email varchar(40) NOT NULL, note text, balance numeric(10,2), created timestamp, tags text[]);
INSERT INTO accounts SELECT g, 'a' || g || '@example.org', 'n', g, '2024-01-01', '{}' FROM generate_series(1, 200) g;

-- case column-add-and-drop
-- statement
ALTER TABLE accounts ADD COLUMN nickname text, DROP COLUMN note;

-- case column-type-and-not-null
-- statement
ALTER TABLE accounts ALTER COLUMN balance TYPE numeric(12,2), ALTER COLUMN balance SET NOT NULL;

-- case column-rewrite-and-check
-- statement
ALTER TABLE accounts ALTER COLUMN balance TYPE float8, ADD CONSTRAINT balance_positive CHECK (id > 0);

-- case column-validate-with-add
ALTER TABLE accounts ADD CONSTRAINT id_positive CHECK (id > 0) NOT VALID;
-- statement
ALTER TABLE accounts VALIDATE CONSTRAINT id_positive, ADD COLUMN nickname text;

-- case column-statistics-with-default
-- statement
ALTER TABLE accounts ALTER COLUMN note SET STATISTICS 500, ALTER COLUMN note SET DEFAULT 'x';

-- case column-two-types-one-index
CREATE INDEX accounts_both_idx ON accounts (email, note);
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80), ALTER COLUMN note TYPE varchar;

-- case column-type-include-index
CREATE INDEX accounts_id_idx ON accounts (id) INCLUDE (email);
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE text;

-- case column-type-include-index-rewrite
CREATE INDEX accounts_id_idx ON accounts (id) INCLUDE (balance);
-- statement
ALTER TABLE accounts ALTER COLUMN balance TYPE float8;

-- case column-type-partial-index
CREATE INDEX accounts_active_idx ON accounts (id) WHERE email IS NOT NULL;
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case column-type-expression-elsewhere
CREATE INDEX accounts_note_idx ON accounts (lower(note));
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case column-type-gin-index
CREATE INDEX accounts_tags_idx ON accounts USING gin (tags);
-- statement
ALTER TABLE accounts ALTER COLUMN tags TYPE varchar[];

-- case column-type-pattern-index
CREATE INDEX accounts_email_idx ON accounts (email varchar_pattern_ops);
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE text;

-- case column-type-statistics-object
CREATE STATISTICS accounts_stats ON email, note FROM accounts;
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case column-collation-same-type
CREATE INDEX accounts_email_idx ON accounts (email);
CREATE INDEX accounts_email_c_idx ON accounts (email COLLATE "C");
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(40) COLLATE "C";

-- case column-collation-unique
ALTER TABLE accounts ADD CONSTRAINT accounts_email_key UNIQUE (email);
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(40) COLLATE "POSIX";

-- case column-collation-check
ALTER TABLE accounts ADD CONSTRAINT email_low CHECK (email < 'z');
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(40) COLLATE "C";

-- case column-type-foreign-key-both-ends
CREATE TABLE logins (id int PRIMARY KEY, account_id int REFERENCES accounts (id));
INSERT INTO logins SELECT g, g FROM generate_series(1, 200) g;
-- statement
ALTER TABLE logins ALTER COLUMN account_id TYPE bigint;

-- case column-type-self-reference
ALTER TABLE accounts ADD COLUMN parent_id int REFERENCES accounts (id);
-- statement
ALTER TABLE accounts ALTER COLUMN id TYPE bigint;

-- case column-type-foreign-key-not-valid
CREATE TABLE logins (id int PRIMARY KEY, account_id int);
INSERT INTO logins SELECT g, g FROM generate_series(1, 200) g;
ALTER TABLE logins ADD CONSTRAINT logins_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;
-- statement
ALTER TABLE logins ALTER COLUMN account_id TYPE bigint;

-- case column-type-view-free-column
CREATE VIEW account_notes AS SELECT id, note FROM accounts;
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case column-type-trigger-when
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON accounts FOR EACH ROW WHEN (OLD.note IS DISTINCT FROM NEW.note) EXECUTE FUNCTION touch();
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case column-inherited-type
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
INSERT INTO vip_accounts SELECT g, 'v', 'n', g, '2024-01-01', '{}', 1 FROM generate_series(201, 400) g;
CREATE INDEX vip_email_idx ON vip_accounts (email);
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(30);

-- case column-inherited-add-exists
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts ADD COLUMN level int;

-- case column-inherited-drop-local
CREATE TABLE vip_accounts (note text, level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts DROP COLUMN note;

-- case column-inherited-drop-only
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE ONLY accounts DROP COLUMN note;

-- case column-inherited-default
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts ALTER COLUMN note SET DEFAULT 'x';

-- case column-inherited-volatile-add
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
INSERT INTO vip_accounts SELECT g, 'v', 'n', g, '2024-01-01', '{}', 1 FROM generate_series(201, 400) g;
-- statement
ALTER TABLE accounts ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case column-inherited-set-not-null
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
INSERT INTO vip_accounts SELECT g, 'v', 'n', g, '2024-01-01', '{}', 1 FROM generate_series(201, 400) g;
ALTER TABLE accounts ADD CONSTRAINT note_known CHECK (note IS NOT NULL);
-- statement
ALTER TABLE accounts ALTER COLUMN note SET NOT NULL;

-- case column-inherited-drop-not-null
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts ALTER COLUMN email DROP NOT NULL;

-- case column-inherited-statistics
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts ALTER COLUMN note SET STATISTICS 300;

-- case column-inherited-storage
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts ALTER COLUMN note SET STORAGE EXTERNAL;

-- case column-inherited-rename
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts RENAME COLUMN note TO remark;

-- case column-no-inherit
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
ALTER TABLE vip_accounts NO INHERIT accounts;

-- case column-inherit
CREATE TABLE vip_accounts (LIKE accounts INCLUDING ALL);
-- statement
ALTER TABLE vip_accounts INHERIT accounts;

-- case column-domain-over-array-add
CREATE DOMAIN labels AS text[] CHECK (cardinality(VALUE) < 10);
-- statement
ALTER TABLE accounts ADD COLUMN more labels;

-- case column-domain-over-array-type
CREATE DOMAIN labels AS text[];
-- statement
ALTER TABLE accounts ALTER COLUMN tags TYPE labels;

-- case column-array-of-domain-type
CREATE DOMAIN label AS text CHECK (VALUE <> '');
-- statement
ALTER TABLE accounts ALTER COLUMN tags TYPE label[];

-- case column-domain-nested
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN small_positive AS positive CHECK (VALUE < 1000);
-- statement
ALTER TABLE accounts ALTER COLUMN id TYPE small_positive;

-- case column-domain-drop
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
ALTER TABLE accounts ALTER COLUMN id TYPE positive;
-- statement
ALTER TABLE accounts ALTER COLUMN id TYPE int;

-- case column-domain-widened
CREATE DOMAIN short AS varchar(10);
ALTER TABLE accounts ADD COLUMN code short;
-- statement
ALTER TABLE accounts ALTER COLUMN code TYPE varchar(20);

-- case domain-check-on-array
CREATE DOMAIN label AS text;
CREATE TABLE parcels (id int, marks label[]);
INSERT INTO parcels SELECT g, '{a}' FROM generate_series(1, 200) g;
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-check-in-composite
CREATE DOMAIN label AS text;
CREATE TYPE mark AS (name label, at date);
CREATE TABLE parcels (id int, stamp mark);
INSERT INTO parcels SELECT g, ROW('a', '2024-01-01')::mark FROM generate_series(1, 200) g;
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-not-null-matview
CREATE DOMAIN label AS text;
ALTER TABLE accounts ADD COLUMN mark label DEFAULT 'a';
CREATE MATERIALIZED VIEW marks AS SELECT id, mark FROM accounts;
-- statement
ALTER DOMAIN label SET NOT NULL;

-- case domain-default
CREATE DOMAIN label AS text;
ALTER TABLE accounts ADD COLUMN mark label;
-- statement
ALTER DOMAIN label SET DEFAULT 'a';

-- case domain-rename
CREATE DOMAIN label AS text;
ALTER TABLE accounts ADD COLUMN mark label;
-- statement
ALTER DOMAIN label RENAME TO tag;

-- case generated-stored-source-widened
ALTER TABLE accounts ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) STORED;
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case generated-stored-type
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) STORED;
-- statement
ALTER TABLE accounts ALTER COLUMN doubled TYPE bigint;

-- case generated-drop-expression
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) STORED;
-- statement
ALTER TABLE accounts ALTER COLUMN doubled DROP EXPRESSION;

-- case generated-set-not-null
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) STORED;
-- statement
ALTER TABLE accounts ALTER COLUMN doubled SET NOT NULL;

-- case generated-virtual-type min 18
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) VIRTUAL;
-- statement
ALTER TABLE accounts ALTER COLUMN doubled TYPE bigint;

-- case generated-virtual-not-null min 18
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) VIRTUAL;
-- statement
ALTER TABLE accounts ALTER COLUMN doubled SET NOT NULL;

-- case generated-virtual-check min 18
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) VIRTUAL;
-- statement
ALTER TABLE accounts ADD CONSTRAINT doubled_positive CHECK (doubled > 0);

-- case generated-virtual-source-widened min 18
ALTER TABLE accounts ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) VIRTUAL;
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case generated-virtual-with-rewrite min 18
ALTER TABLE accounts ADD COLUMN doubled int GENERATED ALWAYS AS (id * 2) VIRTUAL;
-- statement
ALTER TABLE accounts ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case generated-virtual-and-stored min 18
-- statement
ALTER TABLE accounts ADD COLUMN a int GENERATED ALWAYS AS (id + 1) VIRTUAL, ADD COLUMN b int GENERATED ALWAYS AS (id + 2) STORED;

-- case typed-table-add-attribute
CREATE TYPE place AS (name text, zip varchar(5));
CREATE TABLE places OF place;
INSERT INTO places SELECT 'a', '1' FROM generate_series(1, 200);
-- statement
ALTER TYPE place ADD ATTRIBUTE country text CASCADE;

-- case typed-table-widen-attribute
CREATE TYPE place AS (name text, zip varchar(5));
CREATE TABLE places OF place;
INSERT INTO places SELECT 'a', '1' FROM generate_series(1, 200);
-- statement
ALTER TYPE place ALTER ATTRIBUTE zip TYPE varchar(10) CASCADE;

-- case typed-table-drop-attribute
CREATE TYPE place AS (name text, zip varchar(5));
CREATE TABLE places OF place;
CREATE INDEX places_zip_idx ON places (zip);
-- statement
ALTER TYPE place DROP ATTRIBUTE zip CASCADE;

-- case typed-table-rename-attribute
CREATE TYPE place AS (name text, zip varchar(5));
CREATE TABLE places OF place;
-- statement
ALTER TYPE place RENAME ATTRIBUTE zip TO postcode CASCADE;

-- case typed-table-of
CREATE TYPE place AS (name text, zip varchar(5));
CREATE TABLE places (name text, zip varchar(5));
-- statement
ALTER TABLE places OF place;

-- case typed-table-not-of
CREATE TYPE place AS (name text, zip varchar(5));
CREATE TABLE places OF place;
-- statement
ALTER TABLE places NOT OF;

-- case composite-add-attribute-in-use
CREATE TYPE place AS (name text, zip varchar(5));
ALTER TABLE accounts ADD COLUMN home place;
-- statement
ALTER TYPE place ADD ATTRIBUTE country text;

-- case composite-drop-attribute-in-use
CREATE TYPE place AS (name text, zip varchar(5));
ALTER TABLE accounts ADD COLUMN home place;
-- statement
ALTER TYPE place DROP ATTRIBUTE zip;

-- case column-row-type-of-table
CREATE TABLE places (name text, zip varchar(5));
ALTER TABLE accounts ADD COLUMN home places;
-- statement
ALTER TABLE places ADD COLUMN country text;

-- case column-compression
-- statement
ALTER TABLE accounts ALTER COLUMN note SET COMPRESSION pglz;

-- case column-identity-add-and-not-null
-- statement
ALTER TABLE accounts ADD COLUMN seq int, ALTER COLUMN seq SET NOT NULL, ALTER COLUMN seq ADD GENERATED ALWAYS AS IDENTITY;

-- case column-identity-restart
ALTER TABLE accounts ADD COLUMN seq int GENERATED ALWAYS AS IDENTITY;
-- statement
ALTER TABLE accounts ALTER COLUMN seq RESTART WITH 1000;

-- case column-identity-drop
ALTER TABLE accounts ADD COLUMN seq int GENERATED ALWAYS AS IDENTITY;
-- statement
ALTER TABLE accounts ALTER COLUMN seq DROP IDENTITY;

-- case column-serial-drop-default
CREATE TABLE counters (id serial PRIMARY KEY, n int);
-- statement
ALTER TABLE counters ALTER COLUMN id DROP DEFAULT;

-- case column-serial-type
CREATE TABLE counters (id serial PRIMARY KEY, n int);
INSERT INTO counters (n) SELECT g FROM generate_series(1, 200) g;
-- statement
ALTER TABLE counters ALTER COLUMN id TYPE bigint;

-- case column-serial-drop
CREATE TABLE counters (id serial PRIMARY KEY, n int);
-- statement
ALTER TABLE counters DROP COLUMN id;

-- case column-drop-used-by-view-cascade
CREATE VIEW account_notes AS SELECT id, note FROM accounts;
CREATE VIEW note_lengths AS SELECT length(note) FROM account_notes;
-- statement
ALTER TABLE accounts DROP COLUMN note CASCADE;

-- case column-drop-in-expression-index
CREATE INDEX accounts_lower_idx ON accounts (lower(note));
CREATE INDEX accounts_partial_idx ON accounts (id) WHERE note IS NOT NULL;
-- statement
ALTER TABLE accounts DROP COLUMN note;

-- case column-drop-referenced-cascade
CREATE TABLE logins (id int PRIMARY KEY, account_id int REFERENCES accounts (id));
-- statement
ALTER TABLE accounts DROP COLUMN id CASCADE;

-- case column-drop-if-exists-missing
-- statement
ALTER TABLE accounts DROP COLUMN IF EXISTS missing;

-- case column-add-if-not-exists-present
-- statement
ALTER TABLE accounts ADD COLUMN IF NOT EXISTS note text DEFAULT 'x' NOT NULL;

-- case column-alter-missing-table
-- statement
ALTER TABLE IF EXISTS missing ALTER COLUMN note SET NOT NULL;

-- case column-partitioned-identity min 17
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- statement
ALTER TABLE events ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;

-- case column-partitioned-widen-indexed
CREATE TABLE events (id bigint, name varchar(10), at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_name_idx ON events (name);
INSERT INTO events SELECT g, 'a', '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ALTER COLUMN name TYPE varchar(20);

-- case column-partitioned-rewrite-indexed
CREATE TABLE events (id int, name varchar(10), at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_id_idx ON events (id);
INSERT INTO events SELECT g, 'a', '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ALTER COLUMN id TYPE bigint;

-- case type-using-case-true
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING CASE WHEN true THEN note ELSE '' END;

-- case type-using-case-false
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING CASE WHEN false THEN 'x' WHEN NULL THEN 'y' ELSE note END;

-- case type-using-case-undecided
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING CASE WHEN id > 0 THEN note ELSE note END;

-- case type-using-case-widened
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80) USING CASE WHEN 1 = 1 THEN email ELSE '' END;

-- case type-using-case-other-type
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE text USING CASE WHEN true THEN email ELSE note END;

-- case type-using-coalesce-null
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING coalesce(note, NULL);

-- case type-using-inlined-function
CREATE FUNCTION same(value text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT value';
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING same(note);

-- case type-using-inlined-strict-function
CREATE FUNCTION same(text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1';
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING same(note);

-- case type-using-inlined-volatile-function
CREATE FUNCTION same(text) RETURNS text LANGUAGE sql AS 'SELECT $1';
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING same(note);

-- case type-using-plpgsql-function
CREATE FUNCTION same(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN RETURN $1; END';
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING same(note);

-- case type-using-atomic-function
CREATE FUNCTION same(value text) RETURNS text LANGUAGE sql IMMUTABLE RETURN value;
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text USING same(note);

-- case domain-not-null-in-array
CREATE DOMAIN label AS text;
CREATE TABLE parcels (id int, marks label[]);
-- statement
ALTER DOMAIN label SET NOT NULL;

-- case domain-check-in-array-not-valid
CREATE DOMAIN label AS text;
CREATE TABLE parcels (id int, marks label[]);
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '') NOT VALID;

-- case domain-validate-in-array
CREATE DOMAIN label AS text;
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '') NOT VALID;
CREATE TABLE parcels (id int, marks label[]);
-- statement
ALTER DOMAIN label VALIDATE CONSTRAINT label_filled;

-- case domain-check-in-array-of-view
CREATE DOMAIN label AS text;
CREATE VIEW marks AS SELECT ARRAY['a'::label] AS marks;
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-check-in-unused-composite
CREATE DOMAIN label AS text;
CREATE TYPE mark AS (name label, at date);
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-check-in-array-of-composite
CREATE DOMAIN label AS text;
CREATE TYPE mark AS (name label, at date);
CREATE TABLE parcels (id int, stamps mark[]);
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-check-below-domain-in-array
CREATE DOMAIN label AS text;
CREATE DOMAIN short_label AS label;
CREATE TABLE parcels (id int, marks short_label[]);
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-check-of-domain-over-array
CREATE DOMAIN label AS text;
CREATE DOMAIN labels AS label[];
CREATE TABLE parcels (id int, marks labels);
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');

-- case domain-check-in-partitioned
CREATE DOMAIN label AS text;
CREATE TABLE parcels (id int, marks label[]) PARTITION BY RANGE (id);
-- statement
ALTER DOMAIN label ADD CONSTRAINT label_filled CHECK (VALUE <> '');
