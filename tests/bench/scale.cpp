#include "bench/scale.hpp"

#include "bench/measure.hpp"
#include "catalog/apply/apply.hpp"
#include "catalog/model/catalog.hpp"
#include "sql/script.hpp"

#include <malloc.h>

#include <string>
#include <vector>

namespace lockstep::bench {

using namespace catalog;

static uint64_t heapBytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

static std::string migrationText(uint32_t number) {
  const std::string table = "entity_" + std::to_string(number / 2 / (number % 2 + 1));
  if (number % 2 == 0)
    return "CREATE TABLE " + table +
           " (id bigint PRIMARY KEY, name text NOT NULL, state varchar(20) NOT NULL DEFAULT 'new',"
           " amount numeric(12, 2), payload jsonb, owner_id bigint, created_at timestamptz NOT NULL"
           " DEFAULT now(), updated_at timestamptz, version integer NOT NULL DEFAULT 0);";
  const std::string id = std::to_string(number);
  return "ALTER TABLE " + table + " ADD COLUMN field_" + id + " text, ADD CONSTRAINT check_" + id +
         " CHECK (field_" + id + " <> '') NOT VALID; CREATE INDEX CONCURRENTLY index_" + id +
         " ON " + table + " (field_" + id + ");";
}

ScaleCost measureScale(uint32_t migrations) {
  // Parsed first: what this measures is the catalog.
  std::vector<Script> scripts;
  for (uint32_t number = 0; number < migrations; ++number)
    scripts.push_back(parseScript(migrationText(number)));

  ScaleCost cost;
  const uint64_t before = heapBytes();
  std::vector<Catalog> snapshots;
  snapshots.reserve(migrations);
  const uint64_t reserved = heapBytes();
  const double begin = cpuSeconds();
  Catalog catalog;
  Origin origin;
  for (const Script &script : scripts) {
    ++origin.migration;
    ++origin.transaction;
    for (const auto &statement : script.statements) {
      ++origin.statement;
      apply(catalog, *statement, origin, 15);
    }
    snapshots.push_back(catalog);
  }
  cost.apply_seconds = cpuSeconds() - begin;
  const uint64_t all = heapBytes();
  snapshots.clear();
  cost.catalog_bytes = heapBytes() - reserved;
  cost.snapshot_bytes = all - before - cost.catalog_bytes;
  for (const Relation *relation : catalog.relations())
    if (relation->holdsRows()) {
      ++cost.tables;
      cost.columns += relation->columns.size();
    }
  return cost;
}

} // namespace lockstep::bench
