-- Views, functions, triggers, policies, rules, publications, sequences and the like.

CREATE TABLE accounts (id int PRIMARY KEY, email varchar(40) NOT NULL, note text);
INSERT INTO accounts SELECT g, 'a' || g, 'n' FROM generate_series(1, 200) g;
CREATE TABLE orders (id bigint PRIMARY KEY, account_id int REFERENCES accounts (id), total int);
INSERT INTO orders SELECT g, g, g FROM generate_series(1, 200) g;

-- case view-over-view
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
CREATE VIEW short_mails AS SELECT id, left(email, 5) AS email FROM mails;

-- case view-replace-used
CREATE VIEW mails AS SELECT id, email FROM accounts;
CREATE VIEW short_mails AS SELECT id, left(email, 5) AS email FROM mails;
-- statement
CREATE OR REPLACE VIEW mails AS SELECT id, email, note FROM accounts;

-- case view-drop-cascade
CREATE VIEW mails AS SELECT id, email FROM accounts;
CREATE VIEW short_mails AS SELECT id, left(email, 5) AS email FROM mails;
-- statement
DROP VIEW mails CASCADE;

-- case view-drop-if-exists-missing
-- statement
DROP VIEW IF EXISTS missing;

-- case view-security-invoker min 15
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
ALTER VIEW mails SET (security_invoker = true);

-- case view-recursive
-- statement
CREATE RECURSIVE VIEW chain (id) AS SELECT id FROM accounts WHERE id = 1 UNION ALL SELECT id + 1 FROM chain WHERE id < 5;

-- case matview-over-view
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
CREATE MATERIALIZED VIEW mail_copy AS SELECT * FROM mails;

-- case matview-refresh-over-view
CREATE VIEW mails AS SELECT id, email FROM accounts;
CREATE MATERIALIZED VIEW mail_copy AS SELECT * FROM mails;
-- statement
REFRESH MATERIALIZED VIEW mail_copy;

-- case matview-refresh-join
CREATE MATERIALIZED VIEW totals AS SELECT a.id, sum(o.total) AS total FROM accounts a JOIN orders o ON o.account_id = a.id GROUP BY a.id;
CREATE INDEX totals_id_idx ON totals (id);
-- statement
REFRESH MATERIALIZED VIEW totals;

-- case matview-refresh-no-data
CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
-- statement
REFRESH MATERIALIZED VIEW totals WITH NO DATA;

-- case matview-drop
CREATE MATERIALIZED VIEW totals AS SELECT id FROM orders;
CREATE INDEX totals_id_idx ON totals (id);
-- statement
DROP MATERIALIZED VIEW totals;

-- case trigger-replace
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();
-- statement
CREATE OR REPLACE TRIGGER accounts_touch BEFORE INSERT OR UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();

-- case trigger-drop
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();
-- statement
DROP TRIGGER accounts_touch ON accounts;

-- case trigger-drop-missing-table
-- statement
DROP TRIGGER IF EXISTS accounts_touch ON missing;

-- case trigger-rename
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();
-- statement
ALTER TRIGGER accounts_touch ON accounts RENAME TO accounts_stamp;

-- case trigger-disable
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
CREATE TRIGGER accounts_touch BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION touch();
-- statement
ALTER TABLE accounts DISABLE TRIGGER accounts_touch;

-- case trigger-instead-of
CREATE VIEW mails AS SELECT id, email FROM accounts;
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$;
-- statement
CREATE TRIGGER mails_insert INSTEAD OF INSERT ON mails FOR EACH ROW EXECUTE FUNCTION touch();

-- case policy-subquery-view
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
CREATE POLICY own ON orders USING (account_id IN (SELECT id FROM mails));

-- case policy-alter
CREATE POLICY own ON orders USING (account_id > 0);
-- statement
ALTER POLICY own ON orders USING (account_id IN (SELECT id FROM accounts));

-- case policy-rename
CREATE POLICY own ON orders USING (account_id > 0);
-- statement
ALTER POLICY own ON orders RENAME TO mine;

-- case policy-drop
CREATE POLICY own ON orders USING (account_id IN (SELECT id FROM accounts));
-- statement
DROP POLICY own ON orders;

-- case policy-drop-if-exists-missing
-- statement
DROP POLICY IF EXISTS missing ON orders;

-- case row-security-two
-- statement
ALTER TABLE orders ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- case rule-create
CREATE TABLE audit (id bigint);
-- statement
CREATE RULE orders_log AS ON DELETE TO orders DO ALSO INSERT INTO audit VALUES (OLD.id);

-- case rule-drop
CREATE TABLE audit (id bigint);
CREATE RULE orders_log AS ON DELETE TO orders DO ALSO INSERT INTO audit VALUES (OLD.id);
-- statement
DROP RULE orders_log ON orders;

-- case rule-disable
CREATE TABLE audit (id bigint);
CREATE RULE orders_log AS ON DELETE TO orders DO ALSO INSERT INTO audit VALUES (OLD.id);
-- statement
ALTER TABLE orders DISABLE RULE orders_log;

-- case publication-create
-- statement
CREATE PUBLICATION changes FOR TABLE accounts, orders;

-- case publication-schema min 15
-- statement
CREATE PUBLICATION changes FOR TABLES IN SCHEMA public;

-- case publication-add
CREATE PUBLICATION changes FOR TABLE accounts;
-- statement
ALTER PUBLICATION changes ADD TABLE orders;

-- case publication-drop-table
CREATE PUBLICATION changes FOR TABLE accounts, orders;
-- statement
ALTER PUBLICATION changes DROP TABLE orders;

-- case publication-set
CREATE PUBLICATION changes FOR TABLE accounts;
-- statement
ALTER PUBLICATION changes SET TABLE orders;

-- case publication-set-same
CREATE PUBLICATION changes FOR TABLE accounts, orders;
-- statement
ALTER PUBLICATION changes SET TABLE accounts, orders;

-- case publication-column-list min 15
-- statement
CREATE PUBLICATION changes FOR TABLE accounts (id, email) WHERE (id > 10);

-- case publication-drop
CREATE PUBLICATION changes FOR TABLE accounts;
-- statement
DROP PUBLICATION changes;

-- case sequence-owned-by
CREATE SEQUENCE numbers;
-- statement
ALTER SEQUENCE numbers OWNED BY orders.id;

-- case sequence-owned-by-and-restart
CREATE SEQUENCE numbers OWNED BY orders.id;
-- statement
ALTER SEQUENCE numbers RESTART WITH 100;

-- case sequence-create-owned
-- statement
CREATE SEQUENCE numbers OWNED BY orders.id;

-- case sequence-rename
CREATE SEQUENCE numbers OWNED BY orders.id;
-- statement
ALTER SEQUENCE numbers RENAME TO numerals;

-- case sequence-as-default
CREATE SEQUENCE numbers;
-- statement
ALTER TABLE orders ALTER COLUMN id SET DEFAULT nextval('numbers');

-- case sequence-setval-max
CREATE SEQUENCE numbers OWNED BY orders.id;
-- statement
SELECT setval('numbers', (SELECT max(id) FROM orders));

-- case sequence-drop-default
CREATE SEQUENCE numbers;
ALTER TABLE orders ALTER COLUMN id SET DEFAULT nextval('numbers');
-- statement
DROP SEQUENCE numbers CASCADE;

-- case statistics-create
-- statement
CREATE STATISTICS orders_stats (dependencies) ON account_id, total FROM orders;

-- case statistics-drop
CREATE STATISTICS orders_stats (dependencies) ON account_id, total FROM orders;
-- statement
DROP STATISTICS orders_stats;

-- case statistics-rename
CREATE STATISTICS orders_stats (dependencies) ON account_id, total FROM orders;
-- statement
ALTER STATISTICS orders_stats RENAME TO orders_numbers;

-- case comment-index
-- statement
COMMENT ON INDEX orders_pkey IS 'by id';

-- case comment-constraint
-- statement
COMMENT ON CONSTRAINT orders_account_id_fkey ON orders IS 'who paid';

-- case comment-view-column
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
COMMENT ON COLUMN mails.email IS 'where to write';

-- case comment-sequence
CREATE SEQUENCE numbers;
-- statement
COMMENT ON SEQUENCE numbers IS 'one by one';

-- case comment-statistics
CREATE STATISTICS orders_stats ON account_id, total FROM orders;
-- statement
COMMENT ON STATISTICS orders_stats IS 'both';

-- case comment-policy
CREATE POLICY own ON orders USING (account_id > 0);
-- statement
COMMENT ON POLICY own ON orders IS 'mine';

-- case function-sql-two-statements
-- statement
CREATE FUNCTION purge() RETURNS bigint LANGUAGE sql AS $$ DELETE FROM orders; SELECT count(*) FROM accounts $$;

-- case function-plpgsql
-- statement
CREATE FUNCTION purge() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; END $$;

-- case function-bodies-unchecked
-- session
SET check_function_bodies = off;
-- statement
CREATE FUNCTION purge() RETURNS bigint LANGUAGE sql AS $$ DELETE FROM orders; SELECT count(*) FROM accounts $$;

-- case function-row-type
-- statement
CREATE FUNCTION whole(accounts) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN $1.email; END $$;

-- case function-atomic
-- statement
CREATE FUNCTION purge() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM accounts; END;

-- case procedure-call
CREATE PROCEDURE purge() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM orders; ALTER TABLE accounts ADD COLUMN x int; END $$;
-- statement
CALL purge();

-- case table-like-including-all
CREATE INDEX orders_total_idx ON orders (total);
-- statement
CREATE TABLE archive (LIKE orders INCLUDING ALL);

-- case table-like-view
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
CREATE TABLE archive (LIKE mails);

-- case table-as-join
-- statement
CREATE TABLE archive AS SELECT o.*, a.email FROM orders o JOIN accounts a ON a.id = o.account_id;

-- case table-as-no-data
-- statement
CREATE TABLE archive AS SELECT * FROM orders WITH NO DATA;

-- case table-inherits
-- statement
CREATE TABLE vip_accounts (level int) INHERITS (accounts);

-- case table-references-two
-- statement
CREATE TABLE payments (id int PRIMARY KEY, account_id int REFERENCES accounts (id), order_id bigint REFERENCES orders (id));

-- case table-if-not-exists-present
-- statement
CREATE TABLE IF NOT EXISTS orders (id int, account_id int REFERENCES accounts (id));

-- case table-drop-with-view-cascade
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
DROP TABLE accounts CASCADE;

-- case table-drop-if-exists-missing
-- statement
DROP TABLE IF EXISTS missing;

-- case table-drop-owned-sequence
CREATE SEQUENCE numbers OWNED BY orders.id;
-- statement
DROP TABLE orders;

-- case table-set-schema
CREATE SCHEMA archive;
CREATE SEQUENCE numbers OWNED BY orders.id;
-- statement
ALTER TABLE orders SET SCHEMA archive;

-- case table-owner
CREATE SEQUENCE numbers OWNED BY orders.id;
-- statement
ALTER TABLE orders OWNER TO lockstep_app;

-- case table-rename-with-view
CREATE VIEW mails AS SELECT id, email FROM accounts;
-- statement
ALTER TABLE accounts RENAME TO customers;

-- case table-rename-if-exists-missing
-- statement
ALTER TABLE IF EXISTS missing RENAME TO gone;

-- case grant-table
-- statement
GRANT SELECT ON orders TO lockstep_app;

-- case grant-all-in-schema
-- statement
GRANT SELECT ON ALL TABLES IN SCHEMA public TO lockstep_app;

-- case default-privileges
-- statement
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO lockstep_app;

-- case type-drop-cascade
CREATE TYPE state AS ENUM ('new', 'old');
ALTER TABLE orders ADD COLUMN state state DEFAULT 'new';
CREATE VIEW fresh AS SELECT id FROM orders WHERE state = 'new';
-- statement
DROP TYPE state CASCADE;

-- case type-rename-in-use
CREATE TYPE state AS ENUM ('new', 'old');
ALTER TABLE orders ADD COLUMN state state DEFAULT 'new';
-- statement
ALTER TYPE state RENAME TO order_state;

-- case schema-rename
CREATE SCHEMA archive;
CREATE TABLE archive.old_orders (id int);
-- statement
ALTER SCHEMA archive RENAME TO attic;

-- case schema-drop-cascade
CREATE SCHEMA archive;
CREATE TABLE archive.old_orders (id int PRIMARY KEY, account_id int REFERENCES accounts (id));
CREATE VIEW old_totals AS SELECT count(*) FROM archive.old_orders;
-- statement
DROP SCHEMA archive CASCADE;

-- case foreign-table-create
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
-- statement
CREATE FOREIGN TABLE remote_orders (id bigint, total int) SERVER elsewhere;

-- case foreign-table-add-column
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote_orders (id bigint, total int) SERVER elsewhere;
-- statement
ALTER FOREIGN TABLE remote_orders ADD COLUMN note text DEFAULT random()::text;

-- case foreign-table-type
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote_orders (id bigint, total int) SERVER elsewhere;
-- statement
ALTER FOREIGN TABLE remote_orders ALTER COLUMN total TYPE bigint;

-- case foreign-table-check
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote_orders (id bigint, total int) SERVER elsewhere;
-- statement
ALTER FOREIGN TABLE remote_orders ADD CONSTRAINT total_positive CHECK (total > 0);

-- case foreign-table-attach
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote_orders (id bigint, at date NOT NULL) SERVER elsewhere;
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
-- statement
ALTER TABLE events ATTACH PARTITION remote_orders FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case foreign-table-rename
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote_orders (id bigint, total int) SERVER elsewhere;
-- statement
ALTER FOREIGN TABLE remote_orders RENAME TO far_orders;

-- case foreign-table-drop
CREATE FOREIGN DATA WRAPPER nothing;
CREATE SERVER elsewhere FOREIGN DATA WRAPPER nothing;
CREATE FOREIGN TABLE remote_orders (id bigint, total int) SERVER elsewhere;
-- statement
DROP FOREIGN TABLE remote_orders;
