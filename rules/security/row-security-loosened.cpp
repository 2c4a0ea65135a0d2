#include "engine/report.hpp"
#include "engine/wording.hpp"
#include "evolve/outcome.hpp"
#include "evolve/row_bound.hpp"

#include <algorithm>

namespace lockstep::rules {

/// True where the history lets other roles than the owner use the table.
static bool isGranted(const Relation *table) {
  bool granted = false;
  if (table && table->privileges)
    table->privileges->of.forEach(
        [&](const std::string &role, const Privileges::Granted &privileges) {
          granted = granted || (!role.empty() && role != table->owner && !privileges.empty());
        });
  return granted;
}

static void tell(const QualifiedName &table, Range where, const std::string &message,
                 const Step &step, Report &report) {
  FindingBuilder finding = report.add(where, message);
  finding.object(fullName(step, table))
      .help("grant the role that needs more rows a policy of its own, or BYPASSRLS");
  if (isGranted(step.before().findRelation(table)))
    finding.severity(Severity::error);
}

static void checkSetting(const AlterTableSetting &op, const Step &step, Report &report) {
  const bool disables = op.setting == TableSetting::disable_row_security;
  if (!disables && op.setting != TableSetting::no_force_row_security)
    return;
  const QualifiedName &name = op.target.relation;
  const Relation *table = step.before().findRelation(name);
  const Relation *after = relationAfter(step, name);
  if (step.at.isNew(name) || (table && !after))
    return;
  const bool was =
      !table || table->partial || (disables ? table->row_security : table->force_row_security);
  const bool is = after && (disables ? after->row_security : after->force_row_security);
  if (!was || is)
    return;
  tell(name, op.where,
       disables ? format("every role that may read or write '{}' sees all of its rows from now on: "
                         "its policies no longer apply",
                         shown(name))
                : format("the owner of '{}' sees all of its rows from now on: its policies no "
                         "longer apply to the owner",
                         shown(name)),
       step, report);
}

/// Null where the table or the policy was never seen, or is new.
static const Policy *policyOf(const QualifiedName &table, std::string_view policy,
                              const Step &step) {
  const Relation *relation = step.before().findRelation(table);
  const Policy *found =
      relation && !step.at.isNew(*relation) ? relation->findPolicy(policy) : nullptr;
  return found && !step.at.isNew(found->origin) ? found : nullptr;
}

static void checkDrop(const DropObject &op, const Step &step, Report &report) {
  const Policy *policy =
      op.kind == ObjectKind::policy ? policyOf(op.on_table, op.name.name, step) : nullptr;
  const Relation *after = relationAfter(step, op.on_table);
  if (!policy || policy->definition.permissive || !after || !after->row_security)
    return;
  const bool is_replaced =
      std::any_of(after->policies.begin(), after->policies.end(), [&](const Policy &other) {
        return !other.definition.permissive && step.at.isNew(other.origin);
      });
  if (!is_replaced)
    tell(op.on_table, op.where,
         format("without restrictive policy '{}', rows of '{}' that it held back can be seen",
                op.name.name, shown(op.on_table)),
         step, report);
}

/// True where a condition becomes true of each row, and was not before.
static bool isOpened(const SqlExpressionPointer &before, const SqlExpressionPointer &after) {
  return after && isTautology(&after->root) && (!before || !isTautology(&before->root));
}

static void checkPolicy(const AlterPolicy &op, const Step &step, Report &report) {
  const Policy *policy = policyOf(op.table, op.name, step);
  if (!policy)
    return;
  const std::vector<std::string> &roles = policy->definition.roles;
  const auto isPublic = [](const std::string &role) { return role == "public"; };
  const bool is_for_all = policy->definition.permissive && !roles.empty() &&
                          std::none_of(roles.begin(), roles.end(), isPublic) &&
                          std::any_of(op.roles.begin(), op.roles.end(), isPublic);
  if (is_for_all || isOpened(policy->definition.using_expression, op.using_expression) ||
      isOpened(policy->definition.check_expression, op.check_expression))
    tell(op.table, op.where,
         is_for_all
             ? format("policy '{}' of '{}' now lets every role through", op.name, shown(op.table))
             : format("policy '{}' of '{}' now lets every row through", op.name, shown(op.table)),
         step, report);
}

extern constexpr Rule row_security_loosened{
    .id = "row-security-loosened",
    .category = Category::security,
    .severity = Severity::warning,
    .checks = {on<&checkSetting>, on<&checkDrop>, on<&checkPolicy>},
};

} // namespace lockstep::rules
