-- Cases for `record` and `compare-effects`: what each statement does on real servers must be what
-- `lockstep effects` says. What stands before the first case is the setup of all; a case adds its
-- own, and `-- statement` ends it. `min N` marks a form that older servers do not know. The other
-- files of this folder hold cases chosen where a server may surprise.

CREATE TABLE accounts (id int PRIMARY KEY, email varchar(40) NOT NULL, note text, balance numeric(10,2), created timestamp, state text);
INSERT INTO accounts SELECT g, 'a' || g || '@example.org', 'n', g, '2024-01-01', 'new' FROM generate_series(1, 200) g;
CREATE TABLE orders (id bigint PRIMARY KEY, account_id int, total int, placed_on date NOT NULL);
INSERT INTO orders SELECT g, g, g, '2024-01-01' FROM generate_series(1, 200) g;

-- case add-column
-- statement
ALTER TABLE accounts ADD COLUMN nickname text;

-- case add-column-constant-default
-- statement
ALTER TABLE accounts ADD COLUMN active boolean NOT NULL DEFAULT true;

-- case add-column-stable-default
-- statement
ALTER TABLE accounts ADD COLUMN seen timestamptz NOT NULL DEFAULT now();

-- case add-column-volatile-default
-- statement
ALTER TABLE accounts ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case add-column-two-actions
-- statement
ALTER TABLE accounts ADD COLUMN a int, ADD COLUMN b timestamptz DEFAULT clock_timestamp();

-- case add-column-identity
-- statement
ALTER TABLE accounts ADD COLUMN seq bigint GENERATED ALWAYS AS IDENTITY;

-- case add-column-stored-generated
-- statement
ALTER TABLE accounts ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) STORED;

-- case add-column-virtual-generated min 18
-- statement
ALTER TABLE accounts ADD COLUMN email_lower text GENERATED ALWAYS AS (lower(email)) VIRTUAL;

-- case add-column-check
-- statement
ALTER TABLE accounts ADD COLUMN score int CHECK (score > 0);

-- case add-column-references
-- statement
ALTER TABLE orders ADD COLUMN paid_by int REFERENCES accounts (id);

-- case add-column-unique
-- statement
ALTER TABLE accounts ADD COLUMN handle text UNIQUE;

-- case drop-column-indexed
CREATE INDEX orders_total_idx ON orders (total);
-- statement
ALTER TABLE orders DROP COLUMN total;

-- case set-not-null
-- statement
ALTER TABLE orders ALTER COLUMN account_id SET NOT NULL;

-- case set-not-null-proved
ALTER TABLE orders ADD CONSTRAINT account_known CHECK (account_id IS NOT NULL);
-- statement
ALTER TABLE orders ALTER COLUMN account_id SET NOT NULL;

-- case set-not-null-proved-beside-another
ALTER TABLE orders ADD CONSTRAINT account_known CHECK (account_id IS NOT NULL);
-- statement
ALTER TABLE orders ALTER COLUMN account_id SET NOT NULL, ALTER COLUMN total SET NOT NULL;

-- case not-null-not-valid min 18
-- statement
ALTER TABLE orders ADD CONSTRAINT account_known NOT NULL account_id NOT VALID;

-- case not-null-validate min 18
ALTER TABLE orders ADD CONSTRAINT account_known NOT NULL account_id NOT VALID;
-- statement
ALTER TABLE orders VALIDATE CONSTRAINT account_known;

-- case widen-varchar
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case widen-varchar-indexed
CREATE INDEX accounts_email_idx ON accounts (email);
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE text;

-- case widen-varchar-expression-index
CREATE INDEX accounts_email_idx ON accounts (lower(email));
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(80);

-- case narrow-varchar
-- statement
ALTER TABLE accounts ALTER COLUMN email TYPE varchar(30);

-- case widen-integer
CREATE INDEX orders_total_idx ON orders (total);
-- statement
ALTER TABLE orders ALTER COLUMN total TYPE bigint;

-- case widen-referenced-key
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
ALTER TABLE accounts ALTER COLUMN id TYPE bigint;

-- case widen-numeric
-- statement
ALTER TABLE accounts ALTER COLUMN balance TYPE numeric(12,2);

-- case numeric-scale
-- statement
ALTER TABLE accounts ALTER COLUMN balance TYPE numeric(12,4);

-- case timestamp-to-timestamptz-utc
-- session
SET TimeZone = 'UTC';
-- statement
ALTER TABLE accounts ALTER COLUMN created TYPE timestamptz;

-- case timestamp-to-timestamptz-elsewhere
-- session
SET TimeZone = 'Europe/Paris';
-- statement
ALTER TABLE accounts ALTER COLUMN created TYPE timestamptz;

-- case type-using
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE jsonb USING to_jsonb(note);

-- case collation
CREATE INDEX accounts_note_idx ON accounts (note);
-- statement
ALTER TABLE accounts ALTER COLUMN note TYPE text COLLATE "C";

-- case foreign-key
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;

-- case foreign-key-validate
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;
-- statement
ALTER TABLE orders VALIDATE CONSTRAINT orders_account_fkey;

-- case check
-- statement
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0);

-- case check-not-valid
-- statement
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;

-- case check-validate
ALTER TABLE orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
-- statement
ALTER TABLE orders VALIDATE CONSTRAINT total_positive;

-- case unique-constraint
-- statement
ALTER TABLE accounts ADD CONSTRAINT accounts_email_key UNIQUE (email);

-- case unique-using-index
CREATE UNIQUE INDEX accounts_email_key ON accounts (email);
-- statement
ALTER TABLE accounts ADD CONSTRAINT accounts_email_key UNIQUE USING INDEX accounts_email_key;

-- case drop-foreign-key
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
ALTER TABLE orders DROP CONSTRAINT orders_account_fkey;

-- case drop-referencing-table
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
DROP TABLE orders;

-- case create-referencing-table
-- statement
CREATE TABLE logins (id bigint PRIMARY KEY, account_id int REFERENCES accounts (id));

-- case create-index
-- statement
CREATE INDEX orders_account_idx ON orders (account_id);

-- case create-index-concurrently
-- statement
CREATE INDEX CONCURRENTLY orders_account_idx ON orders (account_id);

-- case drop-index
CREATE INDEX orders_account_idx ON orders (account_id);
-- statement
DROP INDEX orders_account_idx;

-- case drop-index-concurrently
CREATE INDEX orders_account_idx ON orders (account_id);
-- statement
DROP INDEX CONCURRENTLY orders_account_idx;

-- case reindex-table
CREATE INDEX orders_account_idx ON orders (account_id);
-- statement
REINDEX TABLE orders;

-- case reindex-index-concurrently
CREATE INDEX orders_account_idx ON orders (account_id);
-- statement
REINDEX INDEX CONCURRENTLY orders_account_idx;

-- case rename-column
-- statement
ALTER TABLE accounts RENAME COLUMN note TO remark;

-- case rename-table
-- statement
ALTER TABLE accounts RENAME TO customers;

-- case set-storage-parameter
-- statement
ALTER TABLE accounts SET (fillfactor = 70);

-- case set-unlogged
-- statement
ALTER TABLE accounts SET UNLOGGED;

-- case truncate-referenced
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
TRUNCATE accounts CASCADE;

-- case vacuum
-- statement
VACUUM accounts;

-- case vacuum-full
-- statement
VACUUM FULL accounts;

-- case create-view
-- statement
CREATE VIEW account_names AS SELECT id, email FROM accounts;

-- case refresh-materialized-view
CREATE MATERIALIZED VIEW totals AS SELECT account_id, sum(total) AS total FROM orders GROUP BY account_id;
CREATE UNIQUE INDEX totals_account_idx ON totals (account_id);
-- statement
REFRESH MATERIALIZED VIEW CONCURRENTLY totals;

-- case create-trigger
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
-- statement
CREATE TRIGGER accounts_touch BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();

-- case enum-value
CREATE TYPE mood AS ENUM ('good', 'bad');
ALTER TABLE accounts ADD COLUMN mood mood;
-- statement
ALTER TYPE mood ADD VALUE 'fair';

-- case domain-constraint
CREATE DOMAIN amount AS int;
ALTER TABLE orders ADD COLUMN tax amount;
-- statement
ALTER DOMAIN amount ADD CONSTRAINT amount_positive CHECK (VALUE > 0);

-- case attach-partition
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 (id bigint, at date NOT NULL);
INSERT INTO events_2024 SELECT g, '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case attach-partition-proved
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 (id bigint, at date NOT NULL, CONSTRAINT in_2024 CHECK (at >= '2024-01-01' AND at < '2025-01-01'));
INSERT INTO events_2024 SELECT g, '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case detach-partition-concurrently
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO events SELECT g, '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events DETACH PARTITION events_2024 CONCURRENTLY;

-- case partitioned-add-column
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO events SELECT g, '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ADD COLUMN token uuid DEFAULT gen_random_uuid();

-- case partitioned-primary-key
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO events SELECT g, '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ADD PRIMARY KEY (id, at);

-- case update
-- statement
UPDATE accounts SET state = 'old';

-- case insert-select
-- statement
INSERT INTO orders SELECT id + 1000, id, 1, '2024-02-01' FROM accounts;
