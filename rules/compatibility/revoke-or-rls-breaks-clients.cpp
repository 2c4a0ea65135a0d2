#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "history/statement_index.hpp"

namespace lockstep::rules {

static bool isRelation(ObjectKind kind) {
  return kind == ObjectKind::table || kind == ObjectKind::view || kind == ObjectKind::sequence ||
         kind == ObjectKind::materialized_view;
}

static void checkRevoke(const Grant &op, const Step &step, Report &report) {
  if (op.is_grant || !isRelation(op.kind) || op.all_in_schema)
    return;
  for (const QualifiedName &name : op.names) {
    if (step.at.isNew(name) ||
        step.at.change_set->index().grantAfter(step.at, step.before().resolve(name)))
      continue;
    report
        .add(op.where, "queries of {} on '{}' fail from now on (SQLSTATE 42501)",
             listed(op.grantees), shown(name))
        .object(fullName(step, name))
        .help("switch the code to a role that keeps its privileges first");
  }
}

static void checkSecurity(const AlterTableSetting &op, const Step &step, Report &report) {
  if (op.setting != TableSetting::enable_row_security &&
      op.setting != TableSetting::force_row_security)
    return;
  const Relation *after = relationAfter(step, op.target.relation);
  bool has_policy = after && !after->policies.empty();
  bool is_enabled = !after || after->row_security;
  if (!is_enabled || (after && after->partial && has_policy))
    return;
  FindingBuilder finding = report.add(
      op.where,
      has_policy ? "roles that no policy of '{}' lets through see no row of it from now on"
                 : "'{}' has row level security without a policy: every role but its owner sees no "
                   "row and cannot write",
      shown(op.target.relation));
  finding.object(fullName(step, op.target.relation))
      .help("create the policies for the roles of running code first, in the same transaction");
  if (has_policy)
    finding.severity(Severity::info);
}

static void checkPolicy(const CreatePolicy &op, const Step &step, Report &report) {
  const Relation *table = step.before().findRelation(op.table);
  if (op.permissive || !table || !table->row_security)
    return;
  report
      .add(op.where, "restrictive policy '{}' hides rows of '{}' that running code sees now",
           op.name, shown(op.table))
      .object(fullName(step, op.table))
      .help("deploy code that does without these rows first");
}

static void checkDrop(const DropObject &op, const Step &step, Report &report) {
  const Relation *table =
      op.kind == ObjectKind::policy ? step.before().findRelation(op.on_table) : nullptr;
  const Policy *policy = table ? table->findPolicy(op.name.name) : nullptr;
  const Relation *after = relationAfter(step, op.on_table);
  if (!policy || !policy->definition.permissive || !table->row_security || !after ||
      !after->row_security || after->policies.size() >= table->policies.size())
    return;
  report
      .add(op.where,
           "without policy '{}', rows of '{}' that it let through are hidden from running "
           "code",
           op.name.name, shown(op.on_table))
      .object(fullName(step, op.on_table))
      .help("create the policy that takes its place in the same transaction");
}

extern constexpr Rule revoke_or_rls_breaks_clients{
    .id = "revoke-or-rls-breaks-clients",
    .category = Category::compatibility,
    .severity = Severity::error,
    .preset = Preset::strict,
    .checks = {on<&checkRevoke>, on<&checkSecurity>, on<&checkPolicy>, on<&checkDrop>},
};

} // namespace lockstep::rules
