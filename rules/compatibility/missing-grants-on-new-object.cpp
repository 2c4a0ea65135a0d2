#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>
#include <map>

namespace lockstep::rules {

static constexpr RuleOption siblings{
    .name = "siblings",
    .value = 2,
    .least = 1,
    .meaning = "older tables of the schema, at least, that must all be granted to a role",
};

namespace {
/// What the tables made before in the schema have in common.
struct Siblings {
  int64_t tables = 0;
  std::map<std::string, int64_t> granted; ///< Role → how many of them it may use.
};
} // namespace

/// Recent practice tells most: looks at the last tables made before the change set.
static Siblings siblingsOf(const Relation &made, const ChangeSet &change_set) {
  constexpr int64_t most_tables = 10;
  constexpr uint32_t most_objects = 1000;
  Siblings found;
  auto id = static_cast<uint32_t>(made.id);
  const uint32_t last = id - std::min(id, most_objects);
  while (--id > last && found.tables < most_tables) {
    const Relation *relation = change_set.after.relation(ObjectId(id));
    if (!relation || relation->schema != made.schema || !relation->holdsRows() ||
        relation->is_partition || relation->kind == RelationKind::materialized_view ||
        relation->partial || relation->persistence == Persistence::temporary ||
        change_set.made(relation->origin))
      continue;
    if (!relation->privileges)
      return {}; // No role may use each of them.
    ++found.tables;
    relation->privileges->of.forEach(
        [&](const std::string &role, const Privileges::Granted &granted) {
          found.granted[role] += granted.empty() ? 0 : 1;
        });
  }
  return found;
}

static bool mayUse(const std::string &role, const Relation &table) {
  if (role == table.owner || !table.privileges)
    return role == table.owner;
  const Privileges::Granted *own = table.privileges->of.find(role);
  return own && !own->empty();
}

static void checkTable(const Relation &made, const Siblings &older, const StatementStep &step,
                       Report &report) {
  if (older.tables < report.option(siblings))
    return;
  for (const auto &[role, count] : older.granted) {
    // The owner needs no grant, and what PUBLIC has is no sign of a role of the service.
    if (count < older.tables || role.empty() || role == "public" || mayUse(role, made))
      continue;
    report
        .addAt(step, step.statement->range,
               format("role '{}' may use each of the last {} tables of schema '{}', but not '{}': "
                      "its queries of it fail with 'permission denied' (SQLSTATE 42501)",
                      role, std::to_string(older.tables), made.schema, shown(made)))
        .object(made.qualifiedName())
        .help("GRANT what the role needs on {} in the same migration, or ALTER DEFAULT PRIVILEGES "
              "once",
              shown(made));
    return;
  }
}

static void check(const ChangeSet &change_set, Report &report) {
  if (change_set.direction == Direction::down || change_set.after.incompleteSince())
    return;
  std::map<std::string, Siblings> by_schema;
  for (const StatementStep &step : change_set.statements)
    for (const Op &op : step.statement->ops) {
      const auto *create = std::get_if<CreateTable>(&op);
      const Relation *made = create ? change_set.after.findRelation(create->table) : nullptr;
      if (!made || !change_set.made(made->origin) || made->is_partition ||
          made->persistence == Persistence::temporary)
        continue;
      auto [older, is_new] = by_schema.try_emplace(made->schema);
      if (is_new)
        older->second = siblingsOf(*made, change_set);
      checkTable(*made, older->second, step, report);
    }
}

static constexpr RuleOption options[] = {siblings};

extern constexpr Rule missing_grants_on_new_object{
    .id = "missing-grants-on-new-object",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .on_new_objects = true,
    .options = options,
    .checks = {onChangeSets<&check, CreateTable>},
};

} // namespace lockstep::rules
