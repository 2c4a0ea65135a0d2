#include "catalog/model/dependencies.hpp"
#include "catalog/model/function_match.hpp"
#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"

#include <algorithm>

namespace lockstep::rules {

/// Adds what goes along, where it is older than the change set.
static void addDependent(const Step &step, ObjectId object, const std::string &part,
                         std::vector<std::string> &names) {
  if (const Relation *relation = step.before().relation(object)) {
    if (step.at.isNew(*relation))
      return;
    std::string name = shown(*relation);
    names.push_back(part.empty() ? name : format("{} on {}", part, name));
  } else if (const Function *function = step.before().function(object)) {
    if (!step.at.isNew(function->origin))
      names.push_back(function->signature());
  } else if (const Type *type = step.before().type(object)) {
    if (!step.at.isNew(*type))
      names.push_back(type->qualifiedName());
  }
}

static void sortNames(std::vector<std::string> &names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// What goes along when the object is dropped, as far as the catalog knows.
static std::vector<std::string> dependentsOf(const Step &step, ObjectId object,
                                             std::string_view column) {
  std::vector<std::string> names;
  for (const Dependent &dependent : step.before().dependentsOf(object)) {
    bool concerns = column.empty() || dependent.column == column;
    if (concerns && dependent.kind == DependencyKind::normal)
      addDependent(step, dependent.dependent, dependent.part, names);
  }
  sortNames(names);
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
  // Nothing depends on a trigger, a rule or a policy.
  if (!op.cascade || op.kind == ObjectKind::schema || op.kind == ObjectKind::extension ||
      op.kind == ObjectKind::trigger || op.kind == ObjectKind::rule ||
      op.kind == ObjectKind::policy || dropsNothing(op, step.before()))
    return;
  if (const Relation *relation = step.before().findRelation(op.name)) {
    bool known = !relation->partial && !step.before().incompleteSince();
    reportCascade(report, op.where, shown(op.name), dependentsOf(step, relation->id, {}), known);
  } else if (const Type *type = step.before().findType(op.name)) {
    reportCascade(report, op.where, shown(op.name), dependentsOf(step, type->id, {}), true);
  } else if (const Function *function = findFunction(step.before(), op.name, op.arguments,
                                                     op.has_arguments, report.postgres())) {
    reportCascade(report, op.where, shown(op.name), dependentsOf(step, function->id, {}), true);
  } else if (step.before().knowledgeOf(op.name) == Knowledge::unknown) {
    reportCascade(report, op.where, shown(op.name), {}, false);
  }
}

static void checkConstraint(const DropConstraint &op, const Step &step, Report &report) {
  if (!op.cascade)
    return;
  const Relation *table = step.before().findRelation(op.target.relation);
  if (!table || (!table->partial && !table->findConstraint(op.constraint)))
    return;
  std::vector<std::string> names;
  const Address constraint{table->id, PartKind::constraint, op.constraint};
  for (const Address &dependent : findDropped(step.before(), {constraint}).dependents)
    addDependent(step, dependent.id, dependent.part, names);
  sortNames(names);
  reportCascade(report, op.where, op.constraint, names, !table->partial);
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
    .checks = {on<&checkDrop>, on<&checkColumn>, on<&checkConstraint>},
};

} // namespace lockstep::rules
