-- Data and upkeep: locks through views, MERGE, COPY, TRUNCATE CASCADE, CLUSTER, row locks, DO
-- blocks, LOCK TABLE, tablespaces.

CREATE TABLE accounts (id int PRIMARY KEY, email varchar(40) NOT NULL, note text);
INSERT INTO accounts SELECT g, 'a' || g, 'n' FROM generate_series(1, 200) g;
CREATE TABLE orders (id bigint PRIMARY KEY, account_id int REFERENCES accounts (id) ON DELETE CASCADE, total int);
INSERT INTO orders SELECT g, g, g FROM generate_series(1, 200) g;
CREATE TABLE items (id int PRIMARY KEY, order_id bigint REFERENCES orders (id) ON DELETE SET NULL);
INSERT INTO items SELECT g, g FROM generate_series(1, 200) g;
CREATE VIEW mails AS SELECT id, email FROM accounts WHERE id > 0;
CREATE VIEW order_mails AS SELECT o.id, m.email FROM orders o JOIN mails m ON m.id = o.account_id;

-- case do-block-ddl
-- statement
DO $$ BEGIN ALTER TABLE accounts ADD COLUMN x int; CREATE INDEX ON orders (total); END $$;

-- case do-block-exception
-- statement
DO $$ BEGIN ALTER TABLE accounts ADD CONSTRAINT id_positive CHECK (id > 0); EXCEPTION WHEN duplicate_object THEN NULL; END $$;

-- case do-block-execute-constant
-- statement
DO $$ BEGIN EXECUTE 'ALTER TABLE accounts ADD COLUMN x int'; END $$;

-- case do-block-query
-- statement
DO $$ DECLARE n int; BEGIN SELECT count(*) INTO n FROM orders; PERFORM id FROM accounts; END $$;

-- case do-block-nested-new-table
-- statement
DO $$ BEGIN CREATE TABLE fresh (id int); CREATE INDEX ON fresh (id); INSERT INTO fresh SELECT id FROM accounts; END $$;

-- case lock-table
-- statement
LOCK TABLE accounts, orders IN SHARE ROW EXCLUSIVE MODE;

-- case lock-view
-- statement
LOCK TABLE mails IN ACCESS EXCLUSIVE MODE;

-- case lock-view-over-view
-- statement
LOCK TABLE order_mails IN SHARE MODE;

-- case lock-partitioned
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- statement
LOCK TABLE events IN EXCLUSIVE MODE;

-- case lock-only
CREATE TABLE vip_accounts (level int) INHERITS (accounts);
-- statement
LOCK TABLE ONLY accounts IN EXCLUSIVE MODE;

-- case select-for-update
-- statement
SELECT * FROM accounts WHERE id = 1 FOR UPDATE;

-- case select-for-update-of
-- statement
SELECT * FROM accounts a JOIN orders o ON o.account_id = a.id FOR UPDATE OF o;

-- case select-for-update-view
-- statement
SELECT * FROM mails FOR UPDATE;

-- case select-for-key-share-subquery
-- statement
SELECT * FROM (SELECT id FROM accounts) s FOR KEY SHARE;

-- case truncate-cascade-chain
-- statement
TRUNCATE accounts CASCADE;

-- case truncate-restart
CREATE TABLE counters (id serial PRIMARY KEY);
-- statement
TRUNCATE counters RESTART IDENTITY;

-- case truncate-two
-- statement
TRUNCATE orders, items;

-- case truncate-only-parent
CREATE TABLE notes (id int);
CREATE TABLE long_notes (body text) INHERITS (notes);
-- statement
TRUNCATE ONLY notes;

-- case truncate-partitioned
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX events_id_idx ON events (id);
-- statement
TRUNCATE events;

-- case delete-cascade
-- statement
DELETE FROM accounts WHERE id = 1;

-- case delete-using
-- statement
DELETE FROM items USING orders WHERE orders.id = items.order_id AND orders.total > 100;

-- case update-through-view
-- statement
UPDATE mails SET email = 'x' WHERE id = 1;

-- case update-key
UPDATE items SET order_id = NULL;
-- statement
UPDATE orders SET id = id + 1000 WHERE id > 100;

-- case update-foreign-key
-- statement
UPDATE orders SET account_id = 2;

-- case update-from-view
-- statement
UPDATE orders SET total = 1 FROM mails WHERE mails.id = orders.account_id;

-- case insert-through-view
-- statement
INSERT INTO mails VALUES (9000, 'x');

-- case insert-on-conflict
-- statement
INSERT INTO accounts VALUES (1, 'x', 'y') ON CONFLICT (id) DO UPDATE SET email = excluded.email;

-- case insert-foreign-key
-- statement
INSERT INTO orders VALUES (9000, 1, 1);

-- case insert-with-query
-- statement
WITH big AS (SELECT id FROM orders WHERE total > 100) INSERT INTO items SELECT 9000 + id, id FROM big;

-- case merge-all-actions min 15
-- statement
MERGE INTO items USING orders ON orders.id = items.id WHEN MATCHED AND orders.total > 150 THEN DELETE WHEN MATCHED THEN UPDATE SET order_id = orders.id WHEN NOT MATCHED THEN INSERT VALUES (orders.id, orders.id);

-- case merge-insert-only min 15
-- statement
MERGE INTO items USING orders ON orders.id + 1000 = items.id WHEN NOT MATCHED THEN INSERT VALUES (orders.id + 1000, orders.id);

-- case merge-through-view min 17
-- statement
MERGE INTO mails USING orders ON orders.id = mails.id WHEN MATCHED THEN UPDATE SET email = 'x';

-- case copy-out
-- statement
COPY orders TO '/dev/null';

-- case copy-query-out
-- statement
COPY (SELECT * FROM order_mails) TO '/dev/null';

-- case copy-in
-- statement
COPY accounts (id, email) FROM '/dev/null';

-- case cluster
CREATE INDEX orders_total_idx ON orders (total);
-- statement
CLUSTER orders USING orders_total_idx;

-- case cluster-marked
CREATE INDEX orders_total_idx ON orders (total);
ALTER TABLE orders CLUSTER ON orders_total_idx;
-- statement
CLUSTER orders;

-- case cluster-mark
CREATE INDEX orders_total_idx ON orders (total);
-- statement
ALTER TABLE orders CLUSTER ON orders_total_idx;

-- case tablespace-table
CREATE INDEX orders_total_idx ON orders (total);
-- statement
ALTER TABLE orders SET TABLESPACE ts_alt;

-- case tablespace-same
-- statement
ALTER TABLE orders SET TABLESPACE pg_default;

-- case tablespace-index
CREATE INDEX orders_total_idx ON orders (total);
-- statement
ALTER INDEX orders_total_idx SET TABLESPACE ts_alt;

-- case tablespace-all-tables
-- statement
ALTER TABLE ALL IN TABLESPACE pg_default SET TABLESPACE ts_alt;

-- case tablespace-all-back
ALTER TABLE orders SET TABLESPACE ts_alt;
-- statement
ALTER TABLE ALL IN TABLESPACE ts_alt SET TABLESPACE pg_default;

-- case tablespace-partitioned
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
-- statement
ALTER TABLE events SET TABLESPACE ts_alt;

-- case access-method-default min 15
-- statement
ALTER TABLE orders SET ACCESS METHOD heap;

-- case unlogged
CREATE TABLE counters (id serial PRIMARY KEY);
INSERT INTO counters SELECT generate_series(1, 200);
-- statement
ALTER TABLE counters SET UNLOGGED;

-- case logged-already
-- statement
ALTER TABLE items SET LOGGED;

-- case logged-from-unlogged
CREATE UNLOGGED TABLE scratch (id int PRIMARY KEY);
INSERT INTO scratch SELECT generate_series(1, 200);
-- statement
ALTER TABLE scratch SET LOGGED;

-- case toast-parameter
-- statement
ALTER TABLE orders SET (toast.autovacuum_enabled = false, fillfactor = 80);

-- case parameter-reset
ALTER TABLE orders SET (fillfactor = 80);
-- statement
ALTER TABLE orders RESET (fillfactor);

-- case analyze-columns
-- statement
ANALYZE orders (total);

-- case analyze-partitioned
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO events SELECT g, '2024-05-01' FROM generate_series(1, 200) g;
-- statement
ANALYZE events;

-- case vacuum-two
-- statement
VACUUM accounts, items;

-- case vacuum-full-one
CREATE INDEX orders_total_idx ON orders (total);
-- statement
VACUUM FULL orders;

-- case explain-analyze-delete
-- statement
EXPLAIN ANALYZE DELETE FROM items WHERE id = 1;

-- case prepare
-- statement
PREPARE find AS SELECT * FROM order_mails WHERE id = $1;

-- case cursor
-- statement
DECLARE c CURSOR FOR SELECT * FROM orders FOR UPDATE;

-- case function-that-writes
CREATE FUNCTION purge(int) RETURNS void LANGUAGE plpgsql AS $$ BEGIN DELETE FROM items WHERE id = $1; END $$;
-- statement
SELECT purge(1);

-- case create-table-as-for-share
-- statement
CREATE TABLE copy_of_orders AS SELECT * FROM orders FOR SHARE;

-- case partition-of-default
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_rest PARTITION OF events DEFAULT;
INSERT INTO events SELECT g, '2020-05-01' FROM generate_series(1, 200) g;
-- statement
CREATE TABLE events_2024 PARTITION OF events FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case partition-list-null
CREATE TABLE events (id bigint, kind text) PARTITION BY LIST (kind);
CREATE TABLE events_a (id bigint, kind text, CHECK (kind = 'a'));
INSERT INTO events_a SELECT g, 'a' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ATTACH PARTITION events_a FOR VALUES IN ('a');

-- case partition-hash
CREATE TABLE events (id bigint, kind text) PARTITION BY HASH (id);
CREATE TABLE events_0 (id bigint, kind text);
INSERT INTO events_0 SELECT g, 'a' FROM generate_series(1, 200) g WHERE satisfies_hash_partition('events'::regclass, 2, 0, g::bigint);
-- statement
ALTER TABLE events ATTACH PARTITION events_0 FOR VALUES WITH (MODULUS 2, REMAINDER 0);

-- case partition-nested-attach
CREATE TABLE events (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024 (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
CREATE TABLE events_2024_05 PARTITION OF events_2024 FOR VALUES FROM ('2024-05-01') TO ('2024-06-01');
INSERT INTO events_2024 SELECT g, '2024-05-02' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case partition-attach-with-index
CREATE TABLE events (id bigint NOT NULL, at date NOT NULL) PARTITION BY RANGE (at);
CREATE INDEX events_id_idx ON events (id);
CREATE TABLE events_2024 (id bigint NOT NULL, at date NOT NULL, CHECK (at >= '2024-01-01' AND at < '2025-01-01'));
CREATE INDEX events_2024_id_idx ON events_2024 (id);
INSERT INTO events_2024 SELECT g, '2024-05-02' FROM generate_series(1, 200) g;
-- statement
ALTER TABLE events ATTACH PARTITION events_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');

-- case partition-update-moves
CREATE TABLE events (id bigint, kind text) PARTITION BY LIST (kind);
CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
CREATE TABLE events_b PARTITION OF events FOR VALUES IN ('b');
INSERT INTO events SELECT g, 'a' FROM generate_series(1, 200) g;
-- statement
UPDATE events SET kind = 'b' WHERE kind = 'a';

-- case partition-delete-pruned
CREATE TABLE events (id bigint, kind text) PARTITION BY LIST (kind);
CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
CREATE TABLE events_b PARTITION OF events FOR VALUES IN ('b');
INSERT INTO events SELECT g, 'a' FROM generate_series(1, 200) g;
-- statement
DELETE FROM events WHERE kind IN ('b', 'c');

-- case partition-select-pruned
CREATE TABLE events (id bigint, kind text) PARTITION BY LIST (kind);
CREATE TABLE events_a PARTITION OF events FOR VALUES IN ('a');
CREATE TABLE events_b PARTITION OF events FOR VALUES IN ('b');
INSERT INTO events SELECT g, 'a' FROM generate_series(1, 200) g;
-- statement
SELECT count(*) FROM events WHERE kind = 'a';
