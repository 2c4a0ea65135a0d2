#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// Up to three of the names, and how many more there are.
static std::string someOf(const std::vector<std::string> &names) {
  std::vector<std::string> first(names.begin(),
                                 names.begin() + std::min<std::ptrdiff_t>(3, std::ssize(names)));
  std::string text = listed(first);
  if (names.size() > first.size())
    text += format(" and {} more", std::to_string(names.size() - first.size()));
  return text;
}

/// True where the first migration of a history clears the place for a schema that it makes.
static bool isFirstCreation(const DropObject &op, const Step &step) {
  if (!op.if_exists || step.at.migration != step.at.history->migrations.data())
    return false;
  for (const StatementStep *next = step.at.change_set->next(step.at); next;
       next = step.at.change_set->next(*next))
    for (const Op &other : next->statement->ops)
      if (const auto *create = std::get_if<CreateSchema>(&other);
          create && create->schema == op.name.name && !create->if_not_exists)
        return next->file == step.at.file;
  return false;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::schema || isFirstCreation(op, step))
    return;
  const Catalog &catalog = step.before();
  const std::string &schema = op.name.name;
  std::vector<std::string> tables;
  bool any_old = false;
  for (const Relation *relation : catalog.relationsIn(schema)) {
    any_old = any_old || !step.at.isNew(*relation);
    if (relation->holdsRows() && !step.at.isNew(*relation))
      tables.push_back(relation->name);
  }
  for (const Type *type : catalog.typesIn(schema))
    any_old = any_old || !step.at.isNew(*type);
  for (const Function *function : catalog.functionsIn(schema))
    any_old = any_old || !step.at.isNew(function->origin);
  bool known = catalog.hasMadeSchema(schema);
  if (known && !any_old)
    return;
  FindingBuilder finding =
      tables.empty()
          ? report.add(op.where, "dropping schema '{}' breaks code that still uses what is in it",
                       schema)
          : report.add(op.where,
                       "dropping schema '{}' deletes the rows of {} and breaks code that uses them",
                       schema, someOf(tables));
  finding.object(quoteIdentifier(schema))
      .help("stop using '{}' in code, deploy, and drop its objects one by one in a later release",
            schema);
  if (!known)
    finding.assuming("the schema holds objects that no file shows");
}

static constexpr std::string_view aliases[] = {"pgls:banDropSchema", "atlas:DS101"};

static constexpr std::string_view supersedes[] = {"drop-cascade"};

extern constexpr Rule drop_schema{
    .id = "drop-schema",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .supersedes = supersedes,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
