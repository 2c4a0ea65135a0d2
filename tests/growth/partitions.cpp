#include "growth/project.hpp"

namespace lockstep::growth {

void addPartitions(Generators &into) {
  const Piece parent = once("CREATE TABLE p (id int, a int, b text) PARTITION BY LIST (id);\n");
  const Piece parts = each("CREATE TABLE p# PARTITION OF p FOR VALUES IN (#);\n");
  into.check("partitions-made", {parent, parts});
  into.check("partitions-attached", {parent, each("CREATE TABLE p# (id int, a int, b text);\n")},
             {each("ALTER TABLE p ATTACH PARTITION p# FOR VALUES IN (#);\n")});
  into.check("partitions-detached", {parent, parts},
             {each("ALTER TABLE p DETACH PARTITION p#;\n")});
  into.check("partitions-dropped", {parent, parts}, {each("DROP TABLE p#;\n")});
  into.check("partitions-dropped-in-one", {parent, parts},
             {once("DROP TABLE "), each("p#", ", "), once(";\n")});
  into.check("partitions-dropped-with-parent", {parent, parts}, {once("DROP TABLE p;\n")});
  into.check("partitions-column-added", {parent, parts},
             {once("ALTER TABLE p ADD COLUMN c int;\n")});
  into.check("partitions-column-retyped", {parent, parts},
             {once("ALTER TABLE p ALTER COLUMN a TYPE bigint;\n")});
  into.check("partitions-check-added", {parent, parts},
             {once("ALTER TABLE p ADD CHECK (a > 0);\n")});
  into.check("partitions-index", {parent, parts}, {once("CREATE INDEX ON p (a);\n")});
  into.check("partitions-index-first", {parent, once("CREATE INDEX ON p (a);\n")}, {parts});
  into.check("partitions-index-attached", {parent, parts, once("CREATE INDEX i ON ONLY p (a);\n")},
             {each("CREATE INDEX i# ON p# (a);\nALTER INDEX i ATTACH PARTITION i#;\n")});
  into.check("partitions-key-from", {once("CREATE TABLE q (id int PRIMARY KEY);\n"), parent, parts},
             {once("ALTER TABLE p ADD FOREIGN KEY (a) REFERENCES q (id);\n")});
  into.check("partitions-key-to",
             {once("CREATE TABLE p (id int PRIMARY KEY) PARTITION BY LIST (id);\n"), parts},
             {once("CREATE TABLE q (a int REFERENCES p (id));\n")});
  into.check("partitions-key-to-first",
             {once("CREATE TABLE p (id int PRIMARY KEY) PARTITION BY LIST (id);\n"
                   "CREATE TABLE q (a int REFERENCES p (id));\n")},
             {parts});
  into.check("partitions-trigger",
             {once("CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; "
                   "END $$;\n"),
              parent, parts},
             {once("CREATE TRIGGER g AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();\n")});
  into.check("partitions-updated", {parent, parts}, {each("UPDATE p# SET a = 1 WHERE id = #;\n")});
  into.check("partitions-columns-dropped-of-each", {parent, parts},
             {each("ALTER TABLE p# SET (fillfactor = 70);\n")});
  into.check("partitions-of-partitions",
             {once("CREATE TABLE p0 (id int) PARTITION BY RANGE (id);\n"),
              each("CREATE TABLE p# PARTITION OF p@ DEFAULT PARTITION BY RANGE (id);\n")});
  into.check("inheritance-children", {once("CREATE TABLE p (id int);\n")},
             {each("CREATE TABLE c# (a int) INHERITS (p);\n")});
  into.check("inheritance-altered",
             {once("CREATE TABLE p (id int);\n"), each("CREATE TABLE c# (a int) INHERITS (p);\n")},
             {once("ALTER TABLE p ADD COLUMN b int;\nALTER TABLE p RENAME COLUMN id TO k;\n"
                   "ALTER TABLE p ADD CHECK (k > 0);\n")});
  into.check("inheritance-linked",
             {once("CREATE TABLE p (id int);\n"), each("CREATE TABLE c# (id int);\n")},
             {each("ALTER TABLE c# INHERIT p;\n")});
  into.check("inheritance-unlinked",
             {once("CREATE TABLE p (id int);\n"), each("CREATE TABLE c# () INHERITS (p);\n")},
             {each("ALTER TABLE c# NO INHERIT p;\n")});
  into.run({"effects", ".", "--jobs", "1"}, "effects-of-partitions",
           {parent, parts, once("CREATE INDEX ON p (a);\nALTER TABLE p ADD COLUMN c int;\n")});
}

} // namespace lockstep::growth
