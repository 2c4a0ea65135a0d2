-- Constraints and indexes: foreign keys on partitioned tables, exclusion, NOT VALID, deferrable,
-- indexes that take a constraint's place.

CREATE TABLE accounts (id int PRIMARY KEY, email varchar(40) NOT NULL, region int NOT NULL, note text);
INSERT INTO accounts SELECT g, 'a' || g, g, 'n' FROM generate_series(1, 200) g;
CREATE TABLE orders (id bigint NOT NULL, account_id int, placed_on date NOT NULL, stay daterange) PARTITION BY RANGE (placed_on);
CREATE TABLE orders_2024 PARTITION OF orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE orders_2025 PARTITION OF orders FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO orders SELECT g, g, '2024-05-01', NULL FROM generate_series(1, 200) g;
INSERT INTO orders SELECT g, g, '2025-05-01', NULL FROM generate_series(1, 200) g;

-- case foreign-key-from-partitioned
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);

-- case foreign-key-from-partitioned-not-valid min 18
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;

-- case foreign-key-from-partitioned-validate min 18
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;
-- statement
ALTER TABLE orders VALIDATE CONSTRAINT orders_account_fkey;

-- case foreign-key-from-partitioned-adopted
ALTER TABLE orders_2024 ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
ALTER TABLE orders_2025 ADD CONSTRAINT orders_other_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts;

-- case foreign-key-from-partitioned-adopted-in-part
ALTER TABLE orders_2024 ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);

-- case foreign-key-from-partitioned-adopted-not-valid
ALTER TABLE orders_2024 ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
ALTER TABLE orders_2025 ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT VALID;
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);

-- case foreign-key-from-partitioned-other-action
ALTER TABLE orders_2024 ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE;
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_account2_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);

-- case foreign-key-to-partitioned
ALTER TABLE orders ADD PRIMARY KEY (id, placed_on);
CREATE TABLE items (id int PRIMARY KEY, order_id bigint, placed_on date);
INSERT INTO items SELECT g, g, '2024-05-01' FROM generate_series(1, 200) g;
ANALYZE;
-- statement
ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id, placed_on) REFERENCES orders (id, placed_on);

-- case foreign-key-to-partitioned-not-valid
ALTER TABLE orders ADD PRIMARY KEY (id, placed_on);
CREATE TABLE items (id int PRIMARY KEY, order_id bigint, placed_on date);
-- statement
ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id, placed_on) REFERENCES orders (id, placed_on) NOT VALID;

-- case foreign-key-to-partitioned-drop
ALTER TABLE orders ADD PRIMARY KEY (id, placed_on);
CREATE TABLE items (id int PRIMARY KEY, order_id bigint, placed_on date);
ALTER TABLE items ADD CONSTRAINT items_order_fkey FOREIGN KEY (order_id, placed_on) REFERENCES orders (id, placed_on);
-- statement
ALTER TABLE items DROP CONSTRAINT items_order_fkey;

-- case foreign-key-from-partitioned-drop
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
ALTER TABLE orders DROP CONSTRAINT orders_account_fkey;

-- case foreign-key-partitioned-drop-table
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
DROP TABLE orders;

-- case foreign-key-partition-drop
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
DROP TABLE orders_2024;

-- case foreign-key-partition-detach
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
ALTER TABLE orders DETACH PARTITION orders_2024;

-- case foreign-key-partition-attach
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
CREATE TABLE orders_2026 (LIKE orders);
INSERT INTO orders_2026 SELECT g, g, '2026-05-01', NULL FROM generate_series(1, 200) g;
-- statement
ALTER TABLE orders ATTACH PARTITION orders_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- case foreign-key-partition-create
ALTER TABLE orders ADD CONSTRAINT orders_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id);
-- statement
CREATE TABLE orders_2026 PARTITION OF orders FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

-- case foreign-key-self-partitioned
ALTER TABLE orders ADD COLUMN parent_id bigint, ADD PRIMARY KEY (id, placed_on);
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_parent_fkey FOREIGN KEY (parent_id, placed_on) REFERENCES orders (id, placed_on);

-- case foreign-key-self
ALTER TABLE accounts ADD COLUMN parent_id int;
-- statement
ALTER TABLE accounts ADD CONSTRAINT accounts_parent_fkey FOREIGN KEY (parent_id) REFERENCES accounts (id);

-- case foreign-key-two-at-once
CREATE TABLE regions (id int PRIMARY KEY);
INSERT INTO regions SELECT generate_series(1, 200);
CREATE TABLE logins (id int, account_id int, region int);
INSERT INTO logins SELECT g, g, g FROM generate_series(1, 200) g;
-- statement
ALTER TABLE logins ADD FOREIGN KEY (account_id) REFERENCES accounts (id), ADD FOREIGN KEY (region) REFERENCES regions (id);

-- case foreign-key-with-check
CREATE TABLE logins (id int, account_id int);
INSERT INTO logins SELECT g, g FROM generate_series(1, 200) g;
-- statement
ALTER TABLE logins ADD FOREIGN KEY (account_id) REFERENCES accounts (id), ADD CHECK (id > 0);

-- case foreign-key-deferrable-alter
CREATE TABLE logins (id int, account_id int REFERENCES accounts (id));
-- statement
ALTER TABLE logins ALTER CONSTRAINT logins_account_id_fkey DEFERRABLE INITIALLY DEFERRED;

-- case foreign-key-not-enforced min 18
CREATE TABLE logins (id int, account_id int);
INSERT INTO logins SELECT g, g FROM generate_series(1, 200) g;
-- statement
ALTER TABLE logins ADD CONSTRAINT logins_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT ENFORCED;

-- case foreign-key-enforce min 18
CREATE TABLE logins (id int, account_id int);
INSERT INTO logins SELECT g, g FROM generate_series(1, 200) g;
ALTER TABLE logins ADD CONSTRAINT logins_account_fkey FOREIGN KEY (account_id) REFERENCES accounts (id) NOT ENFORCED;
-- statement
ALTER TABLE logins ALTER CONSTRAINT logins_account_fkey ENFORCED;

-- case foreign-key-unenforce min 18
CREATE TABLE logins (id int, account_id int REFERENCES accounts (id));
-- statement
ALTER TABLE logins ALTER CONSTRAINT logins_account_id_fkey NOT ENFORCED;

-- case foreign-key-validate-again
CREATE TABLE logins (id int, account_id int REFERENCES accounts (id));
-- statement
ALTER TABLE logins VALIDATE CONSTRAINT logins_account_id_fkey;

-- case referenced-key-drop-cascade
CREATE TABLE logins (id int, account_id int REFERENCES accounts (id));
-- statement
ALTER TABLE accounts DROP CONSTRAINT accounts_pkey CASCADE;

-- case check-on-partitioned
-- statement
ALTER TABLE orders ADD CONSTRAINT id_positive CHECK (id > 0);

-- case check-on-partitioned-validate
ALTER TABLE orders ADD CONSTRAINT id_positive CHECK (id > 0) NOT VALID;
-- statement
ALTER TABLE orders VALIDATE CONSTRAINT id_positive;

-- case check-partition-only
-- statement
ALTER TABLE orders_2024 ADD CONSTRAINT in_2024 CHECK (placed_on >= '2024-01-01');

-- case check-on-child-merges
ALTER TABLE orders_2024 ADD CONSTRAINT id_positive CHECK (id > 0);
-- statement
ALTER TABLE orders ADD CONSTRAINT id_positive CHECK (id > 0);

-- case check-no-inherit
CREATE TABLE vip (level int) INHERITS (accounts);
-- statement
ALTER TABLE accounts ADD CONSTRAINT id_positive CHECK (id > 0) NO INHERIT;

-- case check-inherited-drop
CREATE TABLE vip (level int) INHERITS (accounts);
ALTER TABLE accounts ADD CONSTRAINT id_positive CHECK (id > 0);
-- statement
ALTER TABLE accounts DROP CONSTRAINT id_positive;

-- case check-with-function
CREATE FUNCTION is_fine(int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN $1 > 0; END $$;
-- statement
ALTER TABLE accounts ADD CONSTRAINT id_fine CHECK (is_fine(id));

-- case not-null-constraint-on-partitioned
-- statement
ALTER TABLE orders ALTER COLUMN account_id SET NOT NULL;

-- case not-null-partition-proved
ALTER TABLE orders_2024 ADD CONSTRAINT account_known CHECK (account_id IS NOT NULL);
ALTER TABLE orders_2025 ADD CONSTRAINT account_known CHECK (account_id IS NOT NULL);
-- statement
ALTER TABLE orders ALTER COLUMN account_id SET NOT NULL;

-- case not-null-inherit-flag min 18
ALTER TABLE accounts ADD CONSTRAINT note_known NOT NULL note NO INHERIT;
-- statement
ALTER TABLE accounts ALTER CONSTRAINT note_known INHERIT;

-- case primary-key-nullable-column
CREATE TABLE plain (id int, name text);
INSERT INTO plain SELECT g, 'n' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE plain ADD PRIMARY KEY (id);

-- case primary-key-proved-not-null
CREATE TABLE plain (id int, name text);
INSERT INTO plain SELECT g, 'n' FROM generate_series(1, 200) g;
ALTER TABLE plain ADD CONSTRAINT id_known CHECK (id IS NOT NULL);
-- statement
ALTER TABLE plain ADD PRIMARY KEY (id);

-- case primary-key-using-index-nullable
CREATE TABLE plain (id int, name text);
INSERT INTO plain SELECT g, 'n' FROM generate_series(1, 200) g;
CREATE UNIQUE INDEX plain_id_idx ON plain (id);
-- statement
ALTER TABLE plain ADD PRIMARY KEY USING INDEX plain_id_idx;

-- case primary-key-swap
CREATE UNIQUE INDEX accounts_new_key ON accounts (id, region);
-- statement
ALTER TABLE accounts DROP CONSTRAINT accounts_pkey, ADD CONSTRAINT accounts_pkey PRIMARY KEY USING INDEX accounts_new_key;

-- case unique-on-partitioned
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE (id, placed_on);

-- case unique-on-partitioned-only-then-attach
ALTER TABLE orders_2024 ADD CONSTRAINT orders_2024_once UNIQUE (id, placed_on);
ALTER TABLE ONLY orders ADD CONSTRAINT orders_once UNIQUE (id, placed_on);
-- statement
ALTER INDEX orders_once ATTACH PARTITION orders_2024_once;

-- case unique-partition-has-index
CREATE UNIQUE INDEX orders_2024_once ON orders_2024 (id, placed_on);
-- statement
ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE (id, placed_on);

-- case unique-drop-partitioned
ALTER TABLE orders ADD CONSTRAINT orders_once UNIQUE (id, placed_on);
-- statement
ALTER TABLE orders DROP CONSTRAINT orders_once;

-- case exclusion
CREATE TABLE rooms (id int, stay daterange);
INSERT INTO rooms SELECT g, NULL FROM generate_series(1, 200) g;
-- statement
ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (stay WITH &&);

-- case exclusion-partial
CREATE TABLE rooms (id int, stay daterange);
INSERT INTO rooms SELECT g, NULL FROM generate_series(1, 200) g;
-- statement
ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (stay WITH &&) WHERE (id > 100);

-- case exclusion-column-type
CREATE TABLE rooms (id int, stay daterange);
INSERT INTO rooms SELECT g, NULL FROM generate_series(1, 200) g;
ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (stay WITH &&) WHERE (id > 100);
-- statement
ALTER TABLE rooms ALTER COLUMN id TYPE bigint;

-- case exclusion-drop
CREATE TABLE rooms (id int, stay daterange);
ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (stay WITH &&);
-- statement
ALTER TABLE rooms DROP CONSTRAINT no_overlap;

-- case exclusion-reindex
CREATE TABLE rooms (id int, stay daterange);
INSERT INTO rooms SELECT g, NULL FROM generate_series(1, 200) g;
ALTER TABLE rooms ADD CONSTRAINT no_overlap EXCLUDE USING gist (stay WITH &&);
-- statement
REINDEX INDEX no_overlap;

-- case without-overlaps min 18
CREATE EXTENSION btree_gist;
CREATE TABLE rooms (id int, stay daterange);
INSERT INTO rooms SELECT g, daterange('2024-01-01', '2024-02-01') FROM generate_series(1, 200) g;
-- statement
ALTER TABLE rooms ADD CONSTRAINT rooms_once UNIQUE (id, stay WITHOUT OVERLAPS);

-- case constraint-rename-unique
ALTER TABLE accounts ADD CONSTRAINT accounts_email_key UNIQUE (email);
-- statement
ALTER TABLE accounts RENAME CONSTRAINT accounts_email_key TO accounts_mail_key;

-- case constraint-rename-check-inherited
CREATE TABLE vip (level int) INHERITS (accounts);
ALTER TABLE accounts ADD CONSTRAINT id_positive CHECK (id > 0);
-- statement
ALTER TABLE accounts RENAME CONSTRAINT id_positive TO id_above_zero;

-- case constraint-drop-if-exists-missing
-- statement
ALTER TABLE accounts DROP CONSTRAINT IF EXISTS missing;

-- case index-on-partitioned
-- statement
CREATE INDEX orders_account_idx ON orders (account_id);

-- case index-on-partitioned-only
-- statement
CREATE INDEX orders_account_idx ON ONLY orders (account_id);

-- case index-on-partition-attached-elsewhere
CREATE INDEX orders_2024_account_idx ON orders_2024 (account_id);
-- statement
CREATE INDEX orders_account_idx ON orders (account_id);

-- case index-partitioned-drop
CREATE INDEX orders_account_idx ON orders (account_id);
-- statement
DROP INDEX orders_account_idx;

-- case index-partition-concurrently
-- statement
CREATE INDEX CONCURRENTLY orders_2024_account_idx ON orders_2024 (account_id);

-- case index-if-not-exists-present
CREATE INDEX accounts_email_idx ON accounts (email);
-- statement
CREATE INDEX IF NOT EXISTS accounts_email_idx ON accounts (email);

-- case index-on-matview
CREATE MATERIALIZED VIEW names AS SELECT id, email FROM accounts;
-- statement
CREATE UNIQUE INDEX names_id_idx ON names (id);

-- case index-parameters
CREATE INDEX accounts_email_idx ON accounts (email);
-- statement
ALTER INDEX accounts_email_idx SET (fillfactor = 70);

-- case index-statistics
CREATE INDEX accounts_lower_idx ON accounts (lower(email));
-- statement
ALTER INDEX accounts_lower_idx ALTER COLUMN 1 SET STATISTICS 500;

-- case index-rename
CREATE INDEX accounts_email_idx ON accounts (email);
-- statement
ALTER INDEX accounts_email_idx RENAME TO accounts_mail_idx;

-- case index-drop-if-exists-missing
-- statement
DROP INDEX IF EXISTS missing_idx;

-- case index-drop-two
CREATE INDEX accounts_email_idx ON accounts (email);
CREATE INDEX orders_2024_id_idx ON orders_2024 (id);
-- statement
DROP INDEX accounts_email_idx, orders_2024_id_idx;

-- case reindex-schema
-- statement
REINDEX SCHEMA public;

-- case reindex-matview
CREATE MATERIALIZED VIEW names AS SELECT id, email FROM accounts;
CREATE UNIQUE INDEX names_id_idx ON names (id);
-- statement
REINDEX TABLE names;

-- case replica-identity-index
ALTER TABLE accounts ADD CONSTRAINT accounts_email_key UNIQUE (email);
-- statement
ALTER TABLE accounts REPLICA IDENTITY USING INDEX accounts_email_key;
