#include "catalog/apply/apply_op.hpp"
#include "catalog/change/column.hpp"
#include "catalog/change/target.hpp"
#include "catalog/model/function_match.hpp"
#include "catalog/model/references.hpp"
#include "catalog/model/rename_text.hpp"
#include "catalog/model/resolve_type.hpp"

#include <algorithm>

namespace lockstep::catalog {

/// What the server binds of a function: the types of its signature and, with a body that it
/// parses (RETURN, BEGIN ATOMIC), all that the body names.
static std::vector<Reference> referencesOfFunction(const Change &change, const CreateFunction &op) {
  std::vector<Reference> references;
  const auto addType = [&](const TypeName &type) {
    const ResolvedType resolved = resolveType(change.catalog(), type, change.postgres());
    if (resolved.id != ObjectId::none)
      references.push_back({resolved.id, {}, PartKind::whole, {}});
    if (resolved.row_of != ObjectId::none)
      references.push_back({resolved.row_of, {}, PartKind::whole, {}});
  };
  for (const FunctionParameter &parameter : op.parameters)
    addType(parameter.type);
  addType(op.returns);
  if (!op.is_atomic)
    return references;
  for (const EmbeddedStatement &embedded : op.body.statements)
    for (const Op &inner : embedded.statement->ops)
      if (const Query *query = plannedQueryOf(inner))
        for (Reference &reference : catalog::referencesOf(change.catalog(), *query))
          references.push_back(std::move(reference));
  return references;
}

bool applyOp(Change &change, const CreateFunction &op) {
  const QualifiedName name = creationName(change, op.function);
  if (!requireSchema(change, op.function))
    return false;
  const Function *existing =
      findFunction(change.catalog(), name, inputTypes(op.parameters), true, change.postgres());
  Function function;
  function.schema = name.schema;
  function.name = name.name;
  function.definition = std::make_shared<const CreateFunction>(op);
  function.volatility = op.volatility;
  function.partial = change.isConditional();
  function.references = referencesOfFunction(change, op);
  function.origin = change.origin();
  if (!existing) {
    change.create(std::move(function));
    return true;
  }
  const FunctionEntry *entry = change.state().function_names.find(NameView{name.schema, name.name});
  const bool sure = !existing->partial && entry && entry->epoch == change.state().change_epoch;
  if (sure && !op.or_replace)
    return change.refuse(
        "42723", format("function \"{}\" already exists with same argument types", name.name),
        op.where, existing->signature());
  if (sure && existing->definition) {
    const CreateFunction &before = *existing->definition;
    if (before.is_procedure != op.is_procedure)
      return change.refuse("42809", "cannot change routine kind", op.where, existing->signature());
    const auto returned = [&](const CreateFunction &definition) {
      return resolveType(change.catalog(), definition.returns, change.postgres()).type;
    };
    const TypeName from = returned(before), to = returned(op);
    if (!from.empty() && !to.empty() &&
        (from.name != to.name || from.is_set != to.is_set ||
         from.array_dimensions != to.array_dimensions))
      return change.refuse("42P13", "cannot change return type of existing function", op.where,
                           existing->signature());
  }
  ObjectEdit<Function> edited = change.editFunction(existing->id);
  edited->definition = function.definition;
  edited->volatility = function.volatility;
  edited->references = std::move(function.references);
  edited->partial = function.partial;
  edited->search_path = change.state().search_path;
  return true;
}

/// Adds an option, or puts it in the place of one of the same name.
static void setOption(std::vector<Option> &options, const Option &option) {
  std::erase_if(options, [&](const Option &each) { return each.name == option.name; });
  options.push_back(option);
}

bool applyOp(Change &change, const AlterFunction &op) {
  const Function *function = findFunction(change.catalog(), op.function, op.arguments,
                                          op.has_arguments, change.postgres());
  if (!function)
    return true;
  ObjectEdit<Function> edited = change.editFunction(function->id);
  if (op.volatility)
    edited->volatility = *op.volatility;
  if (edited->definition) {
    CreateFunction definition = *edited->definition;
    definition.security_definer = op.security_definer.value_or(definition.security_definer);
    definition.volatility = op.volatility.value_or(definition.volatility);
    for (const Option &option : op.options) {
      if (option.name == "strict")
        definition.strict = option.value == "true";
      else if (option.name == "leakproof")
        definition.leakproof = option.value == "true";
      else if (option.name == "parallel")
        definition.parallel = option.value.empty() ? 'u' : option.value[0];
      else
        setOption(definition.options, option);
    }
    for (const SetVariable &setting : op.settings) {
      if (setting.name.empty())
        definition.settings.clear(); // RESET ALL
      std::erase_if(definition.settings,
                    [&](const SetVariable &each) { return each.name == setting.name; });
      if (!setting.reset)
        definition.settings.push_back(setting);
    }
    edited->definition = std::make_shared<const CreateFunction>(std::move(definition));
  }
  return true;
}

// --- Triggers, policies, rules -------------------------------------------------------------------

bool applyOp(Change &change, const CreateTrigger &op) {
  const Target target = findTarget(change, op.table, RelationKind::table, false);
  if (target.refused)
    return false;
  const Relation &table = *change.catalog().relation(target.id);
  const bool certain = change.catalog().isCertain(table);
  const Trigger *existing = table.findTrigger(op.name);
  if (existing && !op.or_replace && certain)
    return change.refuse(
        "42710", format("trigger \"{}\" for relation \"{}\" already exists", op.name, table.name),
        op.where, table.qualifiedName());
  for (const std::string &column : op.columns)
    if (!requireColumn(change, table, column, op.where))
      return false;
  const std::vector<const Function *> functions = change.catalog().findFunctions(op.function);
  Trigger trigger;
  trigger.name = op.name;
  trigger.function = op.function;
  for (const Function *function : functions)
    if (!function->definition || inputTypes(function->definition->parameters).empty())
      trigger.function_id = function->id;
  trigger.definition = op;
  renameTableIn(trigger.definition.text, trigger.definition.where, trigger.definition.table,
                {table.schema, table.name, {}});
  trigger.origin = change.origin();
  std::vector<ObjectId> ids{target.id};
  if (op.for_each_row && table.kind == RelationKind::partitioned_table)
    for (const Relation *below : change.catalog().withDescendants(table))
      if (below->id != target.id)
        ids.push_back(below->id);
  for (ObjectId id : ids) {
    ObjectEdit<Relation> edited = change.edit(id);
    trigger.parent = id == target.id ? ObjectId::none : target.id;
    edited->triggers.eraseIf([&](const Trigger &each) { return each.name == op.name; });
    eraseReferences(*edited, PartKind::trigger, op.name);
    edited->triggers.push_back(trigger);
    if (op.condition)
      addReferences(change, *edited, op.condition->root, PartKind::trigger, op.name);
  }
  return true;
}

static void addPolicyReferences(const Change &change, Relation &table, const CreatePolicy &policy) {
  eraseReferences(table, PartKind::policy, policy.name);
  if (policy.using_expression)
    addReferences(change, table, policy.using_expression->root, PartKind::policy, policy.name);
  if (policy.check_expression)
    addReferences(change, table, policy.check_expression->root, PartKind::policy, policy.name);
}

bool applyOp(Change &change, const CreatePolicy &op) {
  const Target target = findTarget(change, op.table, RelationKind::table, false);
  if (target.refused)
    return false;
  const Relation &table = *change.catalog().relation(target.id);
  if (table.findPolicy(op.name) && change.catalog().isCertain(table))
    return change.refuse(
        "42710", format("policy \"{}\" for table \"{}\" already exists", op.name, table.name),
        op.where, table.qualifiedName());
  Policy policy;
  policy.name = op.name;
  policy.definition = op;
  policy.origin = change.origin();
  policy.definition.table = {table.schema, table.name, op.table.where};
  ObjectEdit<Relation> edited = change.edit(target.id);
  edited->policies.eraseIf([&](const Policy &each) { return each.name == op.name; });
  edited->policies.push_back(std::move(policy));
  addPolicyReferences(change, *edited, op);
  return true;
}

bool applyOp(Change &change, const AlterPolicy &op) {
  const Target target = findTarget(change, op.table, RelationKind::table, false);
  if (target.refused)
    return false;
  const Relation &table = *change.catalog().relation(target.id);
  if (!table.findPolicy(op.name)) {
    if (!change.catalog().isCertain(table))
      return true;
    return change.refuse(
        "42704", format("policy \"{}\" for table \"{}\" does not exist", op.name, table.name),
        op.where, table.qualifiedName());
  }
  ObjectEdit<Relation> edited = change.edit(target.id);
  edited->policies.editIf([&](const Policy &policy) { return policy.name == op.name; },
                          [&](Policy &policy) {
                            if (!op.roles.empty())
                              policy.definition.roles = op.roles;
                            if (op.using_expression)
                              policy.definition.using_expression = op.using_expression;
                            if (op.check_expression)
                              policy.definition.check_expression = op.check_expression;
                            addPolicyReferences(change, *edited, policy.definition);
                          });
  return true;
}

bool applyOp(Change &change, const CreateRule &op) {
  const Target target = findTarget(change, op.table, RelationKind::table, false);
  if (target.refused)
    return false;
  const Relation &table = *change.catalog().relation(target.id);
  const bool exists = std::any_of(table.rules.begin(), table.rules.end(),
                                  [&](const RewriteRule &rule) { return rule.name == op.name; });
  if (exists && !op.or_replace && change.catalog().isCertain(table))
    return change.refuse(
        "42710", format("rule \"{}\" for relation \"{}\" already exists", op.name, table.name),
        op.where, table.qualifiedName());
  RewriteRule rule;
  rule.name = op.name;
  rule.definition = op;
  renameTableIn(rule.definition.text, rule.definition.where, rule.definition.table,
                {table.schema, table.name, {}});
  rule.origin = change.origin();
  ObjectEdit<Relation> edited = change.edit(target.id);
  edited->rules.eraseIf([&](const RewriteRule &each) { return each.name == op.name; });
  eraseReferences(*edited, PartKind::rule, op.name);
  edited->rules.push_back(std::move(rule));
  for (Reference &reference : referencesOf(change.catalog(), op.query)) {
    reference.part_kind = PartKind::rule;
    reference.part = op.name;
    edited->references.push_back(std::move(reference));
  }
  return true;
}

} // namespace lockstep::catalog
