DROP VIEW work.open_jobs;
ALTER TABLE work.jobs DROP COLUMN remark CASCADE;
DROP TABLE people CASCADE;
DROP TYPE work.status CASCADE;
CREATE TYPE pair AS (a int, b text);
ALTER TYPE pair ADD ATTRIBUTE c date, ALTER ATTRIBUTE a TYPE bigint, DROP ATTRIBUTE b;
ALTER TYPE pair RENAME ATTRIBUTE c TO day;
CREATE TABLE holds (p pair, many pair[], state text);
CREATE TEMP TABLE scratch (a int);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE relname = 'conditional') THEN
    CREATE TABLE conditional (a int PRIMARY KEY);
  END IF;
  ALTER TABLE holds ADD COLUMN done boolean DEFAULT false;
END
$$;
DROP SCHEMA IF EXISTS nowhere;
