#include "engine/report.hpp"
#include "engine/wording.hpp"

namespace lockstep::rules {

/// Columns whose values go with the type.
static std::vector<std::string> columnsOf(const Step &step, const Type &type) {
  std::vector<std::string> names;
  for (const Catalog::TypeUse &use : step.before().usesOf(type))
    if (use.relation->holdsRows() && !step.at.isNew(*use.relation))
      names.push_back(format("{}.{}", shown(*use.relation), use.column->name));
  return names;
}

static void check(const DropObject &op, const Step &step, Report &report) {
  if (op.kind != ObjectKind::type && op.kind != ObjectKind::domain)
    return;
  const Type *type = step.before().findType(op.name);
  std::vector<std::string> columns;
  if (type) {
    columns = columnsOf(step, *type);
    bool used = !columns.empty() || !step.before().dependentsOf(type->id).empty();
    if (!used && !type->partial)
      return;
  } else if (op.if_exists || !op.cascade) {
    return; // The server refuses to drop a type that a column has.
  }
  if (op.cascade && type && columns.empty() && !type->partial)
    return;
  std::string what =
      columns.empty() ? std::string("each column of that type") : "the columns " + listed(columns);
  FindingBuilder finding =
      op.cascade ? report.add(op.where, "dropping type '{}' with CASCADE drops {} and their values",
                              shown(op.name), what)
                 : report.add(op.where, "dropping type '{}' while {} {} it", shown(op.name),
                              columns.empty() ? std::string("something") : what,
                              columns.size() == 1 || columns.empty() ? "uses" : "use");
  finding.object(fullName(step, op.name))
      .help("change the columns to another type in a release of its own, then drop the type "
            "without CASCADE");
  if (!op.cascade)
    finding.severity(Severity::warning);
}

static constexpr std::string_view supersedes[] = {"drop-cascade"};

extern constexpr Rule drop_type{
    .id = "drop-type",
    .category = Category::data_loss,
    .severity = Severity::error,
    .phase = Phase::contract,
    .supersedes = supersedes,
    .checks = {on<&check>},
};

} // namespace lockstep::rules
