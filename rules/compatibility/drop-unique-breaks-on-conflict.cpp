#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/routine_use.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True for the index of a DEFERRABLE constraint, which is no arbiter (infer_arbiter_indexes,
/// plancat.c).
static bool isDeferrable(const Relation &index, const Relation &table) {
  return std::any_of(table.constraints.begin(), table.constraints.end(),
                     [&](const Constraint &constraint) {
                       return constraint.index == index.id && constraint.deferrable;
                     });
}

/// True where another valid unique index of the table stands for the same arbiter.
static bool hasEquivalent(const Relation &index, const Relation &table, const Catalog &catalog) {
  auto columnsOf = [](const IndexInfo &info) {
    std::vector<std::string> names;
    for (const IndexElement &element : info.elements)
      names.push_back(element.expression ? element.expression->text : element.column);
    std::sort(names.begin(), names.end());
    return names;
  };
  for (const Relation *other : catalog.indexesOf(table)) {
    if (other->id == index.id || !other->index->unique || !other->index->valid ||
        isDeferrable(*other, table) || columnsOf(*other->index) != columnsOf(*index.index))
      continue;
    const SqlExpression *mine = index.index->predicate.get();
    const SqlExpression *theirs = other->index->predicate.get();
    if (!theirs || (mine && mine->text == theirs->text))
      return true;
  }
  return false;
}

static void reportIndex(const Relation &index, std::string_view constraint, Range where,
                        const Step &step, Report &report) {
  const Relation *table = step.before().relation(index.index->table);
  if (!index.index->unique || !index.index->valid || !table || step.at.isNew(*table) ||
      step.at.isNew(index))
    return;
  const Relation *after = catalogAfter(step).relation(table->id);
  if (!after || hasEquivalent(index, *after, catalogAfter(step)))
    return;
  std::vector<std::string> columns;
  for (const IndexElement &element : index.index->elements) {
    if (element.expression)
      return;
    columns.push_back(element.column);
    if (!after->findColumn(element.column))
      return; // The column goes, too.
  }
  const Function *user = routineWithConflict(step.before(), *table, columns, constraint);
  std::string target = join(columns, ", ");
  FindingBuilder finding =
      user ? report.add(where,
                        "function '{}' has ON CONFLICT ({}) on '{}': without '{}' it fails "
                        "(SQLSTATE 42P10)",
                        user->name, target, shown(*table), index.name)
           : report.add(where,
                        "INSERTs of running code into '{}' with ON CONFLICT ({}) fail without '{}' "
                        "(SQLSTATE 42P10), and duplicates come in",
                        shown(*table), target, index.name);
  finding.object(index.qualifiedName())
      .help("build the unique index that takes its place CONCURRENTLY before, or deploy code "
            "without ON CONFLICT ({}) first",
            target);
  if (!user)
    finding.severity(Severity::warning);
}

/// The columns of a constraint of this name that ON CONFLICT can infer, where the table was never
/// seen and the name is one that PostgreSQL gives to a key (ChooseIndexName, indexcmds.c).
static bool isKeyName(std::string_view constraint, std::string_view table) {
  if (!constraint.starts_with(table))
    return false;
  constraint.remove_prefix(table.size());
  return constraint == "_pkey" || (constraint.starts_with('_') && constraint.ends_with("_key"));
}

/// A constraint that only its name tells of.
static void reportName(const DropConstraint &op, const Step &step, Report &report) {
  const QualifiedName &table = op.target.relation;
  const Relation *after = relationAfter(step, table);
  if (!isKeyName(op.constraint, table.name) || step.at.isNew(table) ||
      (after && std::any_of(after->indexes.begin(), after->indexes.end(), [&](ObjectId id) {
         const Relation *index = catalogAfter(step).relation(id);
         return index && index->index && index->index->unique;
       })))
    return;
  report
      .add(op.where,
           "'{}' is the name of a key: without it, INSERTs of running code into '{}' with ON "
           "CONFLICT fail (SQLSTATE 42P10), and duplicates can come in",
           op.constraint, shown(table))
      .object(fullName(step, table, op.constraint))
      .assuming("it is the key that its name says")
      .help("build the unique index that takes its place CONCURRENTLY before, and add the new key "
            "USING INDEX in the same transaction")
      .severity(Severity::warning);
}

static void checkConstraint(const DropConstraint &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.target.relation);
  const Constraint *constraint = table ? table->findConstraint(op.constraint) : nullptr;
  const Relation *index = constraint ? step.before().relation(constraint->index) : nullptr;
  if (index && index->index && constraint->kind != ConstraintKind::exclusion)
    reportIndex(*index, constraint->name, op.where, step, report);
  else if (!constraint && (!table || table->partial))
    reportName(op, step, report);
}

static void checkIndex(const DropObject &op, const Step &step, Report &report) {
  const Relation *index =
      op.kind == ObjectKind::index ? step.before().findRelation(op.name) : nullptr;
  if (index && index->index && index->index->constraint.empty())
    reportIndex(*index, {}, op.where, step, report);
}

static constexpr std::string_view supersedes[] = {"drop-constraint"};

extern constexpr Rule drop_unique_breaks_on_conflict{
    .id = "drop-unique-breaks-on-conflict",
    .category = Category::compatibility,
    .severity = Severity::error,
    .phase = Phase::contract,
    .supersedes = supersedes,
    .checks = {on<&checkConstraint>, on<&checkIndex>},
};

} // namespace lockstep::rules
