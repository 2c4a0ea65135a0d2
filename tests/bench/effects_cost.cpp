#include "bench/effects_cost.hpp"

#include "bench/measure.hpp"
#include "catalog/apply/apply.hpp"
#include "effects/effects.hpp"
#include "sql/script.hpp"

#include <string>

namespace lockstep::bench {

using namespace effects;

static std::string tableName(uint32_t number) { return "item_" + std::to_string(number); }

static std::string makeTables(uint32_t tables) {
  std::string sql = "CREATE DOMAIN email AS text CHECK (VALUE LIKE '%@%');\n";
  for (uint32_t i = 0; i < tables; ++i) {
    const std::string name = tableName(i), parent = tableName(i / 2);
    sql += "CREATE TABLE " + name + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY";
    if (i > 0)
      sql += ", parent_id bigint REFERENCES " + parent + " (id)";
    sql += ", state varchar(20) NOT NULL, amount numeric(12,2) CHECK (amount >= 0), mail email"
           ", note text);\nCREATE INDEX ON " +
           name + " (state);\n";
  }
  return sql;
}

/// Statements about one table, most of them of one op.
static std::string changeTable(uint32_t number) {
  const std::string name = tableName(number), other = tableName(number / 3);
  return "ALTER TABLE " + name + " ADD COLUMN rank int NOT NULL DEFAULT 0;\n" + //
         "ALTER TABLE " + name + " ADD COLUMN token uuid DEFAULT gen_random_uuid();\n" +
         "ALTER TABLE " + name + " ALTER COLUMN state TYPE varchar(40);\n" + //
         "ALTER TABLE " + name + " ALTER COLUMN amount TYPE double precision;\n" + "ALTER TABLE " +
         name + " ALTER COLUMN note SET NOT NULL, DROP COLUMN mail;\n" + "ALTER TABLE " + name +
         " ADD CONSTRAINT other_fk FOREIGN KEY (id) REFERENCES " + other + " (id) NOT VALID;\n" + //
         "ALTER TABLE " + name + " ADD CHECK (char_length(note) < 200);\n" +
         "CREATE INDEX CONCURRENTLY ON " + name + " (lower(note)) WHERE amount > 0;\n" +
         "CREATE TABLE new_" + name + " (id bigint PRIMARY KEY REFERENCES " + name + " (id));\n" +
         "INSERT INTO " + name + " (state, amount) VALUES ('a', 1), ('b', 2);\n" + //
         "INSERT INTO " + name + " (state) SELECT state FROM " + other + ";\n" +   //
         "UPDATE " + name + " SET state = 'b' WHERE state = 'a';\n" +              //
         "DELETE FROM " + name + " WHERE id < 100;\n" +                            //
         "SELECT count(*) FROM " + name + " JOIN " + other + " USING (id);\n" +    //
         "DROP INDEX " + name + "_state_idx;\n" +                                  //
         "DROP TABLE " + name + " CASCADE;\n";
}

EffectsCost measureEffects(uint32_t tables, uint64_t ops) {
  Catalog catalog;
  Origin origin;
  for (const auto &statement : parseScript(makeTables(tables)).statements) {
    ++origin.statement;
    apply(catalog, *statement, origin, EffectOptions{}.postgres);
  }
  std::string sql;
  for (uint32_t i = 0; i < tables; ++i)
    sql += changeTable(i);
  const Script script = parseScript(sql);
  EffectsCost cost;
  cost.tables = tables;
  const double begin = cpuSeconds();
  while (cost.ops < ops)
    for (const auto &statement : script.statements) {
      const StatementEffects effects = effectsOf(*statement, catalog, EffectOptions{});
      cost.ops += effects.per_op.size();
    }
  cost.cpu_seconds = cpuSeconds() - begin;
  return cost;
}

} // namespace lockstep::bench
