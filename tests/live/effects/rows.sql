-- What the values of VALUES decide: which partition is locked, and whether a foreign key or a
-- sequence is asked at all.

CREATE TABLE accounts (id int PRIMARY KEY, email varchar(40), note text);
INSERT INTO accounts SELECT g, 'a' || g, 'n' FROM generate_series(1, 200) g;
CREATE TABLE orders (id serial PRIMARY KEY, account_id int REFERENCES accounts (id), total int DEFAULT 0);
CREATE TABLE readings (sensor int NOT NULL, taken date NOT NULL, region text, value numeric) PARTITION BY RANGE (taken);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE places (id int NOT NULL, region text) PARTITION BY LIST (region);
CREATE TABLE places_north PARTITION OF places FOR VALUES IN ('north', 'far north');
CREATE TABLE places_none PARTITION OF places FOR VALUES IN (NULL);
CREATE TABLE places_other PARTITION OF places DEFAULT;

-- case insert-null-reference
-- statement
INSERT INTO orders (id, account_id) VALUES (1, NULL);

-- case insert-null-reference-cast
-- statement
INSERT INTO orders (id, account_id, total) VALUES (1, NULL::int, 5);

-- case insert-null-reference-in-one-row
-- statement
INSERT INTO orders (id, account_id) VALUES (1, NULL), (2, 5);

-- case insert-null-reference-by-position
-- statement
INSERT INTO orders VALUES (1, NULL, 5);

-- case insert-default-reference
-- statement
INSERT INTO orders (id, account_id) VALUES (1, DEFAULT);

-- case insert-default-serial
-- statement
INSERT INTO orders (id, account_id) VALUES (DEFAULT, NULL);

-- case insert-default-serial-in-one-row
-- statement
INSERT INTO orders (id, account_id) VALUES (100, NULL), (DEFAULT, NULL);

-- case insert-null-reference-with-default
ALTER TABLE orders ALTER COLUMN account_id SET DEFAULT 7;
-- statement
INSERT INTO orders (id, account_id) VALUES (1, DEFAULT);

-- case insert-half-null-key
ALTER TABLE accounts ADD UNIQUE (id, email);
CREATE TABLE visits (account_id int, email varchar(40), FOREIGN KEY (account_id, email) REFERENCES accounts (id, email));
-- statement
INSERT INTO visits VALUES (1, NULL), (NULL, 'a1');

-- case insert-computed-reference
-- statement
INSERT INTO orders (id, account_id) VALUES (1, 2 + 3);

-- case insert-one-partition
-- statement
INSERT INTO readings VALUES (1, '2024-05-01', 'north', 1);

-- case insert-one-partition-named-columns
-- statement
INSERT INTO readings (value, taken, sensor) VALUES (1, date '2025-12-31', 1);

-- case insert-two-partitions
-- statement
INSERT INTO readings VALUES (1, '2024-05-01', 'north', 1), (2, '2025-05-01', 'north', 2);

-- case insert-sub-partition
CREATE TABLE readings_2026 PARTITION OF readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01') PARTITION BY LIST (region);
CREATE TABLE readings_2026_north PARTITION OF readings_2026 FOR VALUES IN ('north');
CREATE TABLE readings_2026_south PARTITION OF readings_2026 FOR VALUES IN ('south');
-- statement
INSERT INTO readings VALUES (1, '2026-05-01', 'south', 1);

-- case insert-partition-by-default-value
ALTER TABLE readings ALTER COLUMN taken SET DEFAULT '2025-07-01';
-- statement
INSERT INTO readings (sensor, value) VALUES (1, 1);

-- case insert-list-partition
-- statement
INSERT INTO places VALUES (1, 'far north');

-- case insert-list-partition-null
-- statement
INSERT INTO places VALUES (1, NULL);

-- case insert-list-partition-missing
-- statement
INSERT INTO places (id) VALUES (1);

-- case insert-default-partition
-- statement
INSERT INTO places VALUES (1, 'west');

-- case insert-range-of-two-keys
CREATE TABLE slots (day int, hour int) PARTITION BY RANGE (day, hour);
CREATE TABLE slots_a PARTITION OF slots FOR VALUES FROM (1, 0) TO (2, 12);
CREATE TABLE slots_b PARTITION OF slots FOR VALUES FROM (2, 12) TO (9, 0);
-- statement
INSERT INTO slots VALUES (2, 11), (1, 5);

-- case insert-partition-on-conflict
ALTER TABLE readings ADD PRIMARY KEY (sensor, taken);
-- statement
INSERT INTO readings VALUES (1, '2024-05-01', 'north', 1) ON CONFLICT (sensor, taken) DO NOTHING;

-- case insert-reference-to-partition
ALTER TABLE readings ADD PRIMARY KEY (sensor, taken);
INSERT INTO readings VALUES (1, '2024-05-01', 'north', 1), (1, '2025-05-01', 'north', 1);
CREATE TABLE remarks (sensor int, taken date, remark text, FOREIGN KEY (sensor, taken) REFERENCES readings (sensor, taken));
-- statement
INSERT INTO remarks VALUES (1, '2025-05-01', 'x');

-- case insert-reference-to-two-partitions
ALTER TABLE readings ADD PRIMARY KEY (sensor, taken);
INSERT INTO readings VALUES (1, '2024-05-01', 'north', 1), (1, '2025-05-01', 'north', 1);
CREATE TABLE remarks (sensor int, taken date, remark text, FOREIGN KEY (sensor, taken) REFERENCES readings (sensor, taken));
-- statement
INSERT INTO remarks VALUES (1, '2025-05-01', 'x'), (1, '2024-05-01', 'y'), (2, NULL, 'z');

-- case insert-null-reference-to-partitioned
ALTER TABLE readings ADD PRIMARY KEY (sensor, taken);
CREATE TABLE remarks (sensor int, taken date, remark text, FOREIGN KEY (sensor, taken) REFERENCES readings (sensor, taken));
-- statement
INSERT INTO remarks VALUES (1, NULL, 'x');
