#include "sql/query/name.hpp"
#include "sql/query/output_name.hpp"
#include "sql/query/output_type.hpp"
#include "sql/query/query_collector.hpp"
#include "sql/query/raw_walk.hpp"

#include <algorithm>
#include <functional>

extern "C" {
#include <postgres.h>
#include <nodes/parsenodes.h>
}

namespace lockstep::sql {

bool QueryCollector::resolve(std::string_view schema, std::string_view name, int scope,
                             int &found) const {
  for (; scope >= 0; scope = parentOf(scope)) {
    for (const Source &source : sources_) {
      if (source.scope == scope && source.name == name &&
          (schema.empty() || schema == source.schema)) {
        found = source.relation;
        return true;
      }
    }
  }
  if (target_.name.empty() || !schema.empty())
    return false;
  found = ColumnUse::of_target;
  return name == (target_.alias.empty() ? target_.name : target_.alias) || name == "excluded" ||
         name == "old" || name == "new";
}

void QueryCollector::addColumn(std::string_view name, int relation, int scope, Range where) {
  ColumnUse &use = query_.columns.emplace_back();
  use.name = name;
  use.relation = relation;
  use.scope = scope;
  use.where = where;
}

void QueryCollector::column(const ColumnRef &node, int scope) {
  auto fields = cells(node.fields);
  const auto *last = static_cast<const ::Node *>(fields.back());
  std::string_view name = IsA(last, A_Star) ? "*" : stringOf(last);
  Range where;
  if (node.location >= 0) {
    size_t first = at_.tokenAt(node.location);
    where = at_.tokens.span(first, first + 2 * fields.size() - 1);
  }
  int found = -1;
  if (fields.size() == 1) {
    // The alias of a function is its column's name, too.
    if (resolve({}, name, scope, found) && found == function_source)
      return;
    found = -1;
  } else {
    std::string_view qualifier = stringOf(fields[fields.size() - 2]);
    std::string_view schema = fields.size() > 2 ? stringOf(fields[fields.size() - 3]) : "";
    bool is_target = !schema.empty() && schema == target_.schema && qualifier == target_.name;
    if (is_target)
      found = ColumnUse::of_target;
    else if (!resolve(schema, qualifier, scope, found))
      return; // A record of PL/pgSQL, or an error.
  }
  if (found > other_source)
    addColumn(name, found, scope, where);
}

/// Adds `use` unless it stands among the last ones: a dump's rows repeat the same few.
template <class T, class Same> static void addOnce(std::vector<T> &uses, T use, Same same) {
  size_t recent = uses.size() > 16 ? uses.size() - 16 : 0;
  for (size_t i = recent; i < uses.size(); ++i)
    if (same(uses[i], use))
      return;
  uses.push_back(std::move(use));
}

/// Functions that work on the relation that a string names.
static bool namesRelation(std::string_view function) {
  return function == "nextval" || function == "setval" || function == "currval" ||
         function == "pg_get_serial_sequence";
}

/// The leading arguments that are strings, also cast ones.
static std::vector<std::string> leadingStrings(const ::List *arguments) {
  std::vector<std::string> strings;
  for (const ::Node *argument : nodes<::Node>(arguments)) {
    while (argument && IsA(argument, TypeCast))
      argument = as<TypeCast>(argument)->arg;
    if (!argument || !IsA(argument, A_Const) || nodeTag(&as<A_Const>(argument)->val) != T_String)
      break;
    strings.push_back(optionText(&as<A_Const>(argument)->val.node));
  }
  return strings;
}

void QueryCollector::call(const FuncCall &node) {
  FunctionUse use;
  use.name = qualifiedName(node.funcname);
  use.argument_count = static_cast<int>(cells(node.args).size());
  if (namesRelation(use.name.name))
    use.literals = leadingStrings(node.args);
  if (node.location >= 0)
    use.name.where = at_.tokens.name(at_.tokenAt(node.location));
  addOnce(query_.functions, std::move(use), [](const FunctionUse &a, const FunctionUse &b) {
    return a.name == b.name && a.argument_count == b.argument_count && a.literals == b.literals;
  });
}

void QueryCollector::type(const ::TypeName *node) {
  addOnce(query_.types, lowerType(at_, node), std::equal_to<TypeName>());
}

void QueryCollector::walk(const ::Node *node, int scope) {
  if (!node)
    return;
  Nesting nesting(at_);
  if (nesting.tooDeep())
    return;
  switch (nodeTag(node)) {
  case T_A_Const:
  case T_ParamRef:
    return;
  case T_ColumnRef:
    return column(*as<ColumnRef>(node), scope);
  case T_FuncCall:
    call(*as<FuncCall>(node));
    break;
  case T_TypeCast:
    type(as<TypeCast>(node)->typeName);
    break;
  case T_SubLink:
    walk(as<SubLink>(node)->testexpr, scope);
    return statement(as<SubLink>(node)->subselect, newScope(scope), false);
  case T_SelectStmt:
    return statement(node, newScope(scope), false);
  case T_MultiAssignRef: // All parts of (a, b) = … share one source.
    if (as<MultiAssignRef>(node)->colno != 1)
      return;
    break;
  case T_A_Expr: {
    // A long chain such as a || b || … leans to the left: no recursion along it.
    const ::Node *left = as<A_Expr>(node)->lexpr;
    if (!left || !IsA(left, A_Expr))
      break;
    std::vector<const ::Node *> spine;
    for (; left && IsA(left, A_Expr); left = as<A_Expr>(left)->lexpr)
      spine.push_back(left);
    walk(left, scope);
    for (auto it = spine.rbegin(); it != spine.rend(); ++it)
      walk(as<A_Expr>(*it)->rexpr, scope);
    return walk(as<A_Expr>(node)->rexpr, scope);
  }
  default:
    break;
  }
  forEachChild(node, [this, scope](const ::Node *child) { walk(child, scope); });
}

void QueryCollector::walkAll(const ::List *list, int scope) {
  for (const ::Node *node : nodes<::Node>(list))
    walk(node, scope);
}

void QueryCollector::walkSorted(const ::List *list, const ::List *targets, int scope,
                                bool only_outputs) {
  for (const ::Node *node : nodes<::Node>(list)) {
    const ::Node *key = node && IsA(node, SortBy) ? as<SortBy>(node)->node : node;
    if (key && IsA(key, ColumnRef) && cells(as<ColumnRef>(key)->fields).size() == 1) {
      std::string_view name = stringOf(cells(as<ColumnRef>(key)->fields).front());
      auto elements = nodes<ResTarget>(targets);
      bool is_output = std::any_of(elements.begin(), elements.end(), [&](const ResTarget *target) {
        return target->name && name == target->name;
      });
      if (is_output || only_outputs)
        continue;
    }
    walk(key, scope);
  }
}

void QueryCollector::outputs(const ::List *targets, int scope, bool is_outermost) {
  for (const ResTarget *target : nodes<ResTarget>(targets)) {
    size_t before = query_.columns.size();
    walk(target->val, scope);
    if (!is_outermost)
      continue;
    OutputColumn &output = query_.outputs.emplace_back();
    bool is_column = target->val && IsA(target->val, ColumnRef);
    if (is_column && query_.columns.size() == before + 1)
      output.column = static_cast<int>(before);
    else if (!is_column)
      output.type = outputType(at_, target->val);
    if (target->name)
      output.name = target->name;
    else if (is_column && IsA(cells(as<ColumnRef>(target->val)->fields).back(), A_Star))
      output.name = "*";
    else
      output.name = outputName(target->val);
  }
}

} // namespace lockstep::sql
