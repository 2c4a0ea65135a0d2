#include "catalog/apply/apply.hpp"

#include "catalog/apply/apply_op.hpp"
#include "catalog/apply/column.hpp"
#include "catalog/apply/drop.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/model/settings.hpp"

#include <algorithm>

namespace lockstep {

// --- The order of subcommands --------------------------------------------------------------------

namespace {
/// The passes of ALTER TABLE (AlterTablePass, tablecmds.c, 17); those that add nothing here are
/// left out.
enum class Pass : uint8_t {
  drop,
  alter_type,
  add_column,
  set_expression,
  column_attributes,
  add_index_constraint,
  add_other_constraint,
  misc,
};
} // namespace

static Pass passOf(const ConstraintDef &constraint) {
  switch (constraint.kind) {
  case ConstraintKind::unique:
  case ConstraintKind::primary_key:
  case ConstraintKind::exclusion:
    return Pass::add_index_constraint;
  case ConstraintKind::not_null:
    return Pass::column_attributes;
  case ConstraintKind::check:
  case ConstraintKind::foreign_key:
    break;
  }
  return Pass::add_other_constraint;
}

static Pass passOf(const Op &op) {
  if (std::holds_alternative<DropColumn>(op) || std::holds_alternative<DropConstraint>(op) ||
      std::holds_alternative<DropNotNull>(op) || std::holds_alternative<DropIdentity>(op) ||
      std::holds_alternative<DropGenerationExpression>(op))
    return Pass::drop;
  if (const auto *set = std::get_if<SetDefault>(&op))
    return set->value ? Pass::add_other_constraint : Pass::drop;
  if (std::holds_alternative<AlterColumnType>(op))
    return Pass::alter_type;
  if (std::holds_alternative<AddColumn>(op))
    return Pass::add_column;
  if (std::holds_alternative<SetGenerationExpression>(op))
    return Pass::set_expression;
  if (std::holds_alternative<SetNotNull>(op))
    return Pass::column_attributes;
  if (std::holds_alternative<AddIdentity>(op))
    return Pass::add_other_constraint;
  if (const auto *add = std::get_if<AddConstraint>(&op))
    return passOf(add->constraint);
  return Pass::misc;
}

static bool applyOne(Change &change, const Op &op) {
  return std::visit([&](const auto &value) { return applyOp(change, value); }, op);
}

/// CREATE SCHEMA with elements: they see the new schema first.
static bool applySchemaElements(Change &change, const std::vector<Op> &ops) {
  if (!applyOne(change, ops.front()))
    return false;
  const auto &schema = std::get<CreateSchema>(ops.front());
  const auto outer = change.state().search_path;
  std::vector<std::string> path{schema.schema.empty() ? schema.owner : schema.schema};
  path.insert(path.end(), outer->begin(), outer->end());
  change.mutableState().search_path =
      std::make_shared<const std::vector<std::string>>(std::move(path));
  for (size_t i = 1; i < ops.size(); ++i)
    if (!applyOne(change, ops[i]))
      return false;
  change.mutableState().search_path = outer;
  return true;
}

bool applyOps(Change &change, const std::vector<Op> &ops) {
  if (ops.size() > 1 && std::all_of(ops.begin(), ops.end(), [](const Op &op) {
        return std::holds_alternative<DropObject>(op);
      }))
    return applyDrops(change, ops);
  if (ops.size() > 1 && std::holds_alternative<CreateSchema>(ops.front()))
    return applySchemaElements(change, ops);
  const bool alters = ops.size() > 1 && alterTargetOf(ops.front());
  if (!alters && !(ops.size() == 1 && std::holds_alternative<AddColumn>(ops.front()))) {
    for (const Op &op : ops)
      if (!applyOne(change, op))
        return false;
    return true;
  }
  for (Pass pass : {Pass::drop, Pass::alter_type, Pass::add_column, Pass::set_expression,
                    Pass::column_attributes, Pass::add_index_constraint, Pass::add_other_constraint,
                    Pass::misc}) {
    for (const Op &op : ops) {
      if (passOf(op) == pass && !applyOne(change, op))
        return false;
      const auto *add = std::get_if<AddColumn>(&op);
      if (add && pass == Pass::add_index_constraint && !addColumnConstraints(change, *add, true))
        return false;
      if (add && pass == Pass::add_other_constraint && !addColumnConstraints(change, *add, false))
        return false;
    }
  }
  return true;
}

/// Ops that change nothing before they could be refused, so that nothing need be kept to take back.
static bool isPlainData(const Op &op) {
  return std::holds_alternative<Insert>(op) || std::holds_alternative<Update>(op) ||
         std::holds_alternative<Delete>(op) || std::holds_alternative<Select>(op) ||
         std::holds_alternative<Merge>(op) || std::holds_alternative<Copy>(op) ||
         std::holds_alternative<NoEffect>(op) || std::holds_alternative<TransactionControl>(op) ||
         std::holds_alternative<Unmodelled>(op) || std::holds_alternative<SetVariable>(op);
}

ApplyResult apply(Catalog &catalog, const Statement &statement, const Origin &origin,
                  int postgres) {
  ApplyResult result;
  Change change(catalog, origin, postgres, result);
  if (statement.ops.size() == 1 && isPlainData(statement.ops.front())) {
    (void)applyOps(change, statement.ops);
    return result;
  }
  const Catalog before = catalog;
  if (!applyOps(change, statement.ops)) {
    catalog = before;
    result.created.clear();
    result.dropped.clear();
  }
  return result;
}

/// Takes what SET LOCAL set back to the session's values.
static void endLocal(CatalogState &state) {
  if (state.local_settings == 0)
    return;
  std::vector<std::string> names;
  state.settings.forEach([&](const std::string &name, const Setting &setting) {
    if (setting.local)
      names.push_back(name);
  });
  for (const std::string &name : names)
    state.settings.edit(name)->local.reset();
  state.local_settings = 0;
  refreshSearchPath(state);
}

void endTransaction(Catalog &catalog, const Catalog &at_begin, bool committed) {
  if (catalog.state().local_settings > 0)
    endLocal(catalog.mutableState());
  if (!committed)
    return;
  // Temporary tables of this transaction are all that ON COMMIT can be about.
  const ObjectSet *temporary = catalog.state().members.find(std::string_view(temporary_schema));
  if (!temporary)
    return;
  std::vector<ObjectId> dropped, emptied;
  temporary->forEach([&](ObjectId id, bool) {
    const Relation *relation = catalog.relation(id);
    if (relation && relation->on_commit == 'x')
      dropped.push_back(id);
    if (relation && relation->on_commit == 'd' && relation->populated)
      emptied.push_back(id);
  });
  std::sort(dropped.begin(), dropped.end());
  ApplyResult ignored;
  const Origin origin;
  Change change(catalog, origin, 0, ignored);
  for (ObjectId id : dropped)
    if (catalog.relation(id))
      removeRelation(change, id);
  for (ObjectId id : emptied)
    if (catalog.relation(id)) // It may have gone with a dropped parent.
      change.edit(id)->populated = false;
  (void)at_begin;
}

} // namespace lockstep
