#include "engine/report.hpp"
#include "engine/wording.hpp"

#include <algorithm>

namespace lockstep::rules {

/// What goes along when the object is dropped, as far as the catalog knows; only what is older than
/// the change set counts.
static std::vector<std::string> dependentsOf(const Step &step, ObjectId object,
                                             std::string_view column) {
  std::vector<std::string> names;
  for (const Dependent &dependent : step.before().dependentsOf(object)) {
    bool concerns = column.empty() || dependent.column == column;
    if (!concerns || dependent.kind != DependencyKind::normal)
      continue;
    if (const Relation *relation = step.before().relation(dependent.dependent)) {
      if (step.at.isNew(*relation))
        continue;
      std::string name = shown(*relation);
      names.push_back(dependent.part.empty() ? name : format("{} on {}", dependent.part, name));
    } else if (const Function *function = step.before().function(dependent.dependent)) {
      if (!step.at.isNew(function->origin))
        names.push_back(function->signature());
    } else if (const Type *type = step.before().type(dependent.dependent)) {
      if (!step.at.isNew(*type))
        names.push_back(type->qualifiedName());
    }
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

static void reportCascade(Report &report, Range where, std::string_view object,
                          const std::vector<std::string> &dependents, bool known) {
  if (known && dependents.empty())
    return;
  std::string what =
      known ? "also drops " + listed(dependents) : std::string("also drops whatever depends on it");
  report.add(where, "CASCADE on '{}' {}", object, what)
      .object(std::string(object))
      .help("drop what depends on it by name first, then drop '{}' without CASCADE", object);
}

static void checkDrop(const DropObject &op, const Step &step, Report &report) {
  if (!op.cascade || op.kind == ObjectKind::schema || op.kind == ObjectKind::extension)
    return;
  if (const Relation *relation = step.before().findRelation(op.name)) {
    bool known = !relation->partial && !step.before().incompleteSince();
    reportCascade(report, op.where, shown(op.name), dependentsOf(step, relation->id, {}), known);
  } else if (const Type *type = step.before().findType(op.name)) {
    reportCascade(report, op.where, shown(op.name), dependentsOf(step, type->id, {}), true);
  } else if (step.before().knowledgeOf(op.name) == Knowledge::unknown) {
    reportCascade(report, op.where, shown(op.name), {}, false);
  }
}

static void checkColumn(const DropColumn &op, const Step &step, Report &report) {
  if (!op.cascade)
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  bool known = table && !table->partial;
  std::vector<std::string> dependents;
  if (table)
    dependents = dependentsOf(step, table->id, op.column);
  reportCascade(report, op.where, format("{}.{}", shown(op.target.relation), op.column), dependents,
                known);
}

static constexpr std::string_view aliases[] = {"squawk:ban-drop-cascade",
                                               "strong_migrations:drop_cascade"};

extern constexpr Rule drop_cascade{
    .id = "drop-cascade",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .aliases = aliases,
    .checks = {on<&checkDrop>, on<&checkColumn>},
};

} // namespace lockstep::rules
