#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

namespace lockstep::rules {

static bool hasIdentity(const Relation &table) {
  return table.replica_identity == 'f' || table.replica_identity == 'i' ||
         (table.replica_identity == 'd' && table.primaryKey());
}

static void check(const Publication &op, const Step &step, Report &report) {
  if (op.action == DdlAction::drop || op.action == DdlAction::other || op.change == 'd')
    return;
  const Catalog &after = catalogAfter(step);
  const auto tell = [&](const Relation &table) {
    if (table.kind != RelationKind::table || table.partial || hasIdentity(table) ||
        table.persistence != Persistence::permanent)
      return;
    report
        .add(op.where,
             "'{}' has no replica identity: once '{}' publishes it, each UPDATE and DELETE "
             "of it fails (SQLSTATE 55000)",
             shown(table), op.publication)
        .object(table.qualifiedName())
        .label(table.origin, format("'{}' was created here", table.name))
        .help("give it a primary key, or ALTER TABLE {} REPLICA IDENTITY FULL, before",
              shown(table));
  };
  if (op.all_tables) {
    for (const Relation *table : after.relations())
      tell(*table);
    return;
  }
  for (const QualifiedName &name : op.tables)
    if (const Relation *table = after.findRelation(name))
      tell(*table);
}

extern constexpr Rule publication_coverage{
    .id = "publication-coverage",
    .category = Category::compatibility,
    .severity = Severity::warning,
    .preset = Preset::strict,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
