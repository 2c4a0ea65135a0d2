-- What people's schemas hold, for reading dumps back.
CREATE SCHEMA app;
CREATE SCHEMA "Odd Name";
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE TYPE app.mood AS ENUM ('sad', 'it''s ok', 'happy');
CREATE TYPE app.point3 AS (x double precision, y double precision, note varchar(20));
CREATE TYPE app.span AS RANGE (subtype = double precision);
CREATE DOMAIN app.email AS text DEFAULT 'a@b' NOT NULL CONSTRAINT has_at CHECK (VALUE ~ '@');
CREATE SEQUENCE app.ticket AS integer START 100 INCREMENT 5 MINVALUE 10 MAXVALUE 10000 CACHE 3 CYCLE;
CREATE FUNCTION app.slug(title text, sep text DEFAULT '-') RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT lower(replace(title, ' ', sep)) $$;
CREATE TABLE app.users (
  id bigint GENERATED ALWAYS AS IDENTITY (START WITH 10) PRIMARY KEY,
  email app.email,
  name varchar(80) COLLATE "C" DEFAULT 'anonymous'::varchar NOT NULL,
  mood app.mood DEFAULT 'happy',
  tags text[] DEFAULT '{}' NOT NULL,
  balance numeric(12, 2) DEFAULT 0 CHECK (balance >= 0),
  slug text GENERATED ALWAYS AS (app.slug(name)) STORED,
  created_at timestamp(3) with time zone DEFAULT now() NOT NULL,
  place app.point3,
  CONSTRAINT users_email_key UNIQUE (email) WITH (fillfactor = 80)
) WITH (fillfactor = 70, autovacuum_enabled = false);
COMMENT ON TABLE app.users IS 'Who''s who';
COMMENT ON COLUMN app.users.mood IS E'How they\nare';
CREATE TABLE app.orders (
  id serial PRIMARY KEY,
  "User" bigint REFERENCES app.users (id) ON DELETE CASCADE ON UPDATE RESTRICT DEFERRABLE INITIALLY DEFERRED,
  during tstzrange,
  total numeric,
  doc jsonb,
  EXCLUDE USING gist (during WITH &&) WHERE (total > 0)
);
ALTER TABLE app.orders ADD CONSTRAINT total_positive CHECK (total > 0) NOT VALID;
ALTER TABLE app.orders ALTER COLUMN doc SET STORAGE EXTERNAL, ALTER COLUMN total SET STATISTICS 500;
ALTER TABLE app.orders ALTER COLUMN "User" SET (n_distinct = -0.5);
CREATE INDEX orders_doc_idx ON app.orders USING gin (doc jsonb_path_ops);
CREATE INDEX orders_user_idx ON app.orders ("User" DESC NULLS LAST, lower(doc ->> 'k')) INCLUDE (total) WHERE total > 0;
CREATE INDEX users_name_idx ON app.users USING gin (name gin_trgm_ops);
CREATE UNIQUE INDEX users_lower_idx ON app.users (lower(email), (id + 1));
CREATE STATISTICS app.order_stats (dependencies, ndistinct) ON "User", total FROM app.orders;
ALTER TABLE app.orders CLUSTER ON orders_pkey;
ALTER TABLE app.orders REPLICA IDENTITY FULL;
CREATE TABLE app.events (at timestamptz NOT NULL, kind text NOT NULL, id bigint NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE app.events_old PARTITION OF app.events FOR VALUES FROM (MINVALUE) TO ('2024-01-01');
CREATE TABLE app.events_new (id bigint NOT NULL, at timestamptz NOT NULL, kind text NOT NULL);
ALTER TABLE app.events ATTACH PARTITION app.events_new FOR VALUES FROM ('2024-01-01') TO (MAXVALUE);
CREATE INDEX events_kind_idx ON app.events (kind);
CREATE TABLE app.lists (a int, b text) PARTITION BY LIST (lower(b));
CREATE TABLE app.lists_x PARTITION OF app.lists FOR VALUES IN ('x', NULL) PARTITION BY HASH (a);
CREATE TABLE app.lists_x0 PARTITION OF app.lists_x FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE app.lists_d PARTITION OF app.lists DEFAULT;
CREATE TABLE app.parent (a int CONSTRAINT a_positive CHECK (a > 0), b text NOT NULL);
CREATE TABLE app.child (c int DEFAULT 7) INHERITS (app.parent);
CREATE UNLOGGED TABLE "Odd Name"."Odd Table" ("Select" int, "a""b" text);
CREATE VIEW app.rich AS SELECT * FROM app.users WHERE balance > 1000 WITH CASCADED CHECK OPTION;
CREATE VIEW app.totals (who, n, total) WITH (security_barrier) AS SELECT u.name, count(*), sum(o.total) FROM app.users u LEFT JOIN app.orders o ON o."User" = u.id GROUP BY u.id;
CREATE MATERIALIZED VIEW app.cached AS SELECT name, count(*) AS n FROM app.users GROUP BY name;
CREATE UNIQUE INDEX cached_name_idx ON app.cached (name);
CREATE MATERIALIZED VIEW app.empty AS SELECT 1 AS one WITH NO DATA;
CREATE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path TO app, pg_temp AS $_$
BEGIN
  NEW.name := $$x$$ || NEW.name;
  RETURN NEW;
END
$_$;
CREATE FUNCTION app.found(INOUT a int, OUT b text, VARIADIC c int[]) LANGUAGE plpgsql COST 5 AS $$ BEGIN b := 'x'; END $$;
CREATE FUNCTION app.series(n int) RETURNS TABLE (i int, s text) LANGUAGE sql STABLE ROWS 50 AS $$ SELECT g, g::text FROM generate_series(1, n) g $$;
CREATE FUNCTION app.twice(n int) RETURNS int LANGUAGE sql RETURN n * 2;
CREATE FUNCTION app.owed(who bigint) RETURNS numeric LANGUAGE sql BEGIN ATOMIC SELECT sum(total) FROM app.orders WHERE "User" = who; END;
CREATE PROCEDURE app.clean(INOUT done boolean) LANGUAGE plpgsql AS $$ BEGIN DELETE FROM app.orders; done := true; END $$;
CREATE AGGREGATE app.total(numeric) (SFUNC = numeric_add, STYPE = numeric, INITCOND = '0');
CREATE OPERATOR app.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq);
CREATE TRIGGER touch BEFORE INSERT OR UPDATE OF name, mood ON app.users FOR EACH ROW WHEN (NEW.name IS NOT NULL) EXECUTE FUNCTION app.touch('a', 'b''c');
CREATE CONSTRAINT TRIGGER late AFTER DELETE ON app.orders DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.touch();
CREATE TRIGGER log AFTER UPDATE ON app.orders REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION app.touch();
ALTER TABLE app.orders DISABLE TRIGGER late;
CREATE RULE no_delete AS ON DELETE TO app.parent DO INSTEAD NOTHING;
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.users FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users AS RESTRICTIVE FOR UPDATE USING (name = CURRENT_USER) WITH CHECK (balance > 0);
GRANT USAGE ON SCHEMA app TO PUBLIC;
GRANT SELECT ON app.users TO PUBLIC;
GRANT SELECT (id), UPDATE (total, doc) ON app.orders TO PUBLIC;
REVOKE EXECUTE ON FUNCTION app.touch() FROM PUBLIC;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO PUBLIC;
CREATE PUBLICATION changes FOR TABLE app.orders;
CREATE FOREIGN DATA WRAPPER dummy;
CREATE SERVER far FOREIGN DATA WRAPPER dummy OPTIONS (host 'x');
CREATE FOREIGN TABLE app.remote (id int OPTIONS (column_name 'i') NOT NULL, note text) SERVER far OPTIONS (schema_name 's', table_name 't');
