#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

static void check(const RenameObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::schema)
    return;
  bool any_old = !step.before().hasSchema(op.name.name);
  for (const Relation *relation : step.before().relationsIn(op.name.name))
    any_old = any_old || !step.at.isNew(*relation);
  for (const Function *function : step.before().functionsIn(op.name.name))
    any_old = any_old || !step.at.isNew(function->origin);
  if (!any_old)
    return;
  report
      .add(op.where,
           "renaming schema '{}' to '{}' breaks each qualified name and search_path of "
           "running code",
           op.name.name, op.new_name)
      .object(quoteIdentifier(op.name.name))
      .help("create schema '{}' with views on the tables of '{}', switch the code, then move the "
            "tables",
            op.new_name, op.name.name);
}

static constexpr std::string_view aliases[] = {"strong_migrations:rename_schema"};

extern constexpr Rule rename_schema{
    .id = "rename-schema",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
