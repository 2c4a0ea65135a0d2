#include "catalog/apply/apply.hpp"

#include "catalog/apply/apply_op.hpp"
#include "catalog/apply/column.hpp"
#include "catalog/apply/drop.hpp"
#include "catalog/change/drop.hpp"
#include "catalog/model/settings.hpp"

#include <algorithm>

namespace lockstep::catalog {

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

static Pass passOf(const SetDefault &op) {
  return op.value ? Pass::add_other_constraint : Pass::drop;
}
static Pass passOf(const AlterColumnType &) { return Pass::alter_type; }
static Pass passOf(const AddColumn &) { return Pass::add_column; }
static Pass passOf(const SetGenerationExpression &) { return Pass::set_expression; }
static Pass passOf(const SetNotNull &) { return Pass::column_attributes; }
static Pass passOf(const AddIdentity &) { return Pass::add_other_constraint; }
static Pass passOf(const AddConstraint &op) { return passOf(op.constraint); }
template <
    OneOf<DropColumn, DropConstraint, DropNotNull, DropIdentity, DropGenerationExpression> Kind>
static Pass passOf(const Kind &) {
  return Pass::drop;
}
template <OneOf<SetIdentity, ValidateConstraint, AlterConstraint, AttachPartition, DetachPartition,
                SetInheritance, AlterTableSetting>
              Kind>
static Pass passOf(const Kind &) {
  return Pass::misc;
}
/// What is no subcommand runs in the order in which it is written.
template <NotAnswering<Subject::target> Kind> static Pass passOf(const Kind &) {
  return Pass::misc;
}

static Pass passOf(const Op &op) {
  return std::visit([](const auto &value) { return passOf(value); }, op);
}

static bool applyOne(Change &change, const Op &op) {
  return std::visit(
      [&](const auto &value) {
        static_assert(
            requires { applyOp(change, value); },
            "catalog/apply/apply_op.hpp says of every op what it does to the catalog: add an "
            "applyOp() for it");
        return applyOp(change, value);
      },
      op);
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

ApplyResult apply(Catalog &catalog, const Statement &statement, const Origin &origin,
                  int postgres) {
  ApplyResult result;
  Change change(catalog, origin, postgres, result);
  // One that keeps the schema changes nothing before it could be refused: nothing to take back.
  if (statement.ops.size() == 1 && keepsSchema(statement.ops.front())) {
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

} // namespace lockstep::catalog
