#include "catalog/change/rename.hpp"

#include "catalog/change/named.hpp"
#include "catalog/model/references.hpp"
#include "catalog/model/rename_text.hpp"

#include <algorithm>

namespace lockstep::catalog {

static void replace(std::vector<std::string> &names, const std::string &from,
                    const std::string &to) {
  std::replace(names.begin(), names.end(), from, to);
}

static bool contains(const std::vector<std::string> &names, const std::string &name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Renames a column of `target` in the foreign keys of `table`.
static void replaceReferenced(Relation &table, ObjectId target, const std::string &from,
                              const std::string &to) {
  table.constraints.editIf(
      [&](const Constraint &constraint) {
        return constraint.referenced == target && contains(constraint.referenced_columns, from);
      },
      [&](Constraint &constraint) { replace(constraint.referenced_columns, from, to); });
}

/// Applies `rename` to every expression that a table holds about itself.
template <class Rename> static void rewriteExpressions(Relation &table, Rename &&rename) {
  table.columns.assignEach(&Column::generation,
                           [&](const Column &column) { return rename(column.generation); });
  table.constraints.assignEach(&Constraint::expression, [&](const Constraint &constraint) {
    return rename(constraint.expression);
  });
  table.triggers.editIf(
      [](const Trigger &trigger) { return trigger.definition.condition != nullptr; },
      [&](Trigger &trigger) {
        trigger.definition.condition = rename(trigger.definition.condition);
      });
  table.policies.editEach([&](Policy &policy) {
    policy.definition.using_expression = rename(policy.definition.using_expression);
    policy.definition.check_expression = rename(policy.definition.check_expression);
  });
  if (PartitionBy *by = table.partition_by.stored())
    for (IndexElement &key : by->keys)
      key.expression = rename(key.expression);
}

template <class Rename>
static void rewriteIndexes(Change &change, const Relation &table, Rename &&rename) {
  for (ObjectId id : SharedVector<ObjectId>(table.indexes)) {
    const Relation *index = change.catalog().relation(id);
    if (!index || !index->index)
      continue;
    IndexInfo info = *index->index;
    if (rename(info))
      change.edit(id)->index = std::make_shared<const IndexInfo>(std::move(info));
  }
}

// --- Columns -------------------------------------------------------------------------------------

static void renameInTable(Relation &table, const std::string &from, const std::string &to) {
  table.columns.editIf([&](const Column &column) { return column.name == from; },
                       [&](Column &column) { column.name = to; });
  table.constraints.editIf(
      [&](const Constraint &constraint) { return contains(constraint.columns, from); },
      [&](Constraint &constraint) { replace(constraint.columns, from, to); });
  replaceReferenced(table, table.id, from, to);
  table.triggers.editIf(
      [&](const Trigger &trigger) { return contains(trigger.definition.columns, from); },
      [&](Trigger &trigger) { replace(trigger.definition.columns, from, to); });
  if (PartitionBy *by = table.partition_by.stored())
    for (IndexElement &key : by->keys)
      if (key.column == from)
        key.column = to;
  table.references.editIf(
      [&](const Reference &reference) {
        return (reference.part_kind == PartKind::column ||
                reference.part_kind == PartKind::default_value) &&
               reference.part == from;
      },
      [&](Reference &reference) { reference.part = to; });
  rewriteExpressions(table, [&](const SqlExpressionPointer &expression) {
    return renameColumnIn(expression, table.name, from, to);
  });
}

/// Which columns of a query are `column` of `relation`.
static std::vector<bool> meantColumns(const Catalog &catalog, const Query &query, ObjectId relation,
                                      const std::string &column) {
  std::vector<bool> meant;
  for (const ResolvedColumn &resolved : resolveColumns(catalog, query))
    meant.push_back(resolved.relation == relation && resolved.column == column);
  return meant;
}

static void renameInDependent(Change &change, ObjectId id, ObjectId target, const std::string &from,
                              const std::string &to) {
  const Relation *relation = change.catalog().relation(id);
  if (!relation)
    return;
  // Resolved while the old name still stands.
  std::vector<bool> meant;
  if (relation->query)
    meant = meantColumns(change.catalog(), *relation->query, target, from);
  std::vector<std::vector<bool>> meant_in_rules;
  for (const RewriteRule &rule : relation->rules)
    meant_in_rules.push_back(meantColumns(change.catalog(), rule.definition.query, target, from));
  ObjectEdit<Relation> edited = change.edit(id);
  if (edited->query && std::find(meant.begin(), meant.end(), true) != meant.end())
    edited->query = renameColumnIn(*edited->query, meant, to);
  for (size_t i = 0; i < edited->rules.size(); ++i) {
    CreateRule &rule = edited->rules.edit(i).definition;
    rule.query = *renameColumnIn(rule.query, meant_in_rules[i], to);
    rule.text = rule.query.text;
  }
  edited->references.editIf(
      [&](const Reference &reference) {
        return reference.target == target && reference.column == from;
      },
      [&](Reference &reference) { reference.column = to; });
  replaceReferenced(*edited, target, from, to);
  if (edited->sequence && edited->sequence->owner == target &&
      edited->sequence->owner_column == from) {
    SequenceInfo info = *edited->sequence;
    info.owner_column = to;
    edited->sequence = std::make_shared<const SequenceInfo>(std::move(info));
  }
}

/// The relations that refer to `id`, each once.
static std::vector<ObjectId> dependentIds(const Catalog &catalog, ObjectId id) {
  std::vector<ObjectId> ids;
  for (const Dependent &dependent : catalog.dependentsOf(id))
    ids.push_back(dependent.dependent);
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

void renameColumn(Change &change, ObjectId id, const std::string &column,
                  const std::string &new_name) {
  for (ObjectId dependent : dependentIds(change.catalog(), id))
    renameInDependent(change, dependent, id, column, new_name);
  const std::string table = change.catalog().relation(id)->name;
  rewriteIndexes(change, *change.catalog().relation(id), [&](IndexInfo &info) {
    bool changed = false;
    const auto rename = [&](const SqlExpressionPointer &expression) {
      auto renamed = renameColumnIn(expression, table, column, new_name);
      changed = changed || renamed != expression;
      return renamed;
    };
    for (IndexElement &element : info.elements) {
      element.expression = rename(element.expression);
      if (element.column != column)
        continue;
      element.column = new_name;
      changed = true;
    }
    if (std::find(info.include.begin(), info.include.end(), column) != info.include.end()) {
      replace(info.include, column, new_name);
      changed = true;
    }
    info.predicate = rename(info.predicate);
    return changed;
  });
  renameInTable(*change.edit(id), column, new_name);
}

// --- Relations -----------------------------------------------------------------------------------

/// Puts the new name of a sequence into nextval('…') of a default.
static SqlExpressionPointer renameSequenceIn(const SqlExpressionPointer &expression,
                                             const QualifiedName &from, const QualifiedName &to) {
  if (!expression)
    return expression;
  auto changed = std::make_shared<SqlExpression>(*expression);
  bool any = false;
  std::vector<Expression *> open{&changed->root};
  while (!open.empty()) {
    Expression *node = open.back();
    open.pop_back();
    for (Expression &argument : node->arguments)
      open.push_back(&argument);
    if (node->kind != ExpressionKind::constant || node->literal != LiteralKind::string)
      continue;
    const QualifiedName named = parseQualifiedName(node->name);
    if (named.name != from.name || (!named.schema.empty() && named.schema != from.schema))
      continue;
    const std::string old_text = quoteLiteral(node->name);
    node->name = sqlName(to);
    if (const size_t at = changed->text.find(old_text); at != std::string::npos)
      changed->text.replace(at, old_text.size(), quoteLiteral(node->name));
    any = true;
  }
  return any ? changed : expression;
}

/// The dependents of a moved relation name it anew.
static void renameRelationInDependent(Change &change, ObjectId id, ObjectId target,
                                      const QualifiedName &from, const QualifiedName &to,
                                      const std::vector<bool> &meant) {
  const Relation *relation = change.catalog().relation(id);
  if (!relation)
    return;
  ObjectEdit<Relation> edited = change.edit(id);
  if (edited->query && std::find(meant.begin(), meant.end(), true) != meant.end())
    edited->query = renameRelationIn(*edited->query, meant, to);
  edited->constraints.editIf(
      [&](const Constraint &constraint) { return constraint.referenced == target; },
      [&](Constraint &constraint) {
        constraint.referenced_name =
            QualifiedName{to.schema, to.name, constraint.referenced_name->where};
      });
  const SharedVector<Reference> &references = edited->references;
  const auto refers = [&](const Column &column) {
    return std::any_of(references.begin(), references.end(), [&](const Reference &reference) {
      return reference.target == target && reference.part == column.name;
    });
  };
  edited->columns.editIf(refers, [&](Column &column) {
    column.default_value = renameSequenceIn(column.default_value, from, to);
    if (column.type_id == ObjectId::none && column.type.name == from.name &&
        column.type.schema == from.schema) {
      column.type.schema = to.schema;
      column.type.name = to.name;
    }
  });
}

void moveRelation(Change &change, ObjectId id, const std::string &schema, const std::string &name) {
  const Relation &relation = *change.catalog().relation(id);
  const QualifiedName from{relation.schema, relation.name, {}};
  const QualifiedName to{schema, name, {}};
  const std::vector<ObjectId> dependents = dependentIds(change.catalog(), id);
  std::vector<std::vector<bool>> meant(dependents.size());
  for (size_t i = 0; i < dependents.size(); ++i) {
    const Relation *dependent = change.catalog().relation(dependents[i]);
    if (!dependent || !dependent->query)
      continue;
    for (const RelationUse &use : dependent->query->relations) {
      const Relation *used = change.catalog().findRelation(use.name);
      meant[i].push_back(used && used->id == id);
    }
  }
  std::vector<ObjectId> along;
  if (schema != from.schema) {
    along.assign(relation.indexes.begin(), relation.indexes.end());
    for (const Column &column : relation.columns)
      if (const Relation *sequence = change.catalog().relation(column.sequence);
          sequence && sequence->sequence && sequence->sequence->owner == id)
        along.push_back(column.sequence);
  }
  change.rename(id, schema, name);
  moveNamedOf(change, from, to);
  for (size_t i = 0; i < dependents.size(); ++i)
    renameRelationInDependent(change, dependents[i], id, from, to, meant[i]);
  if (name != from.name) {
    const auto rename = [&](const SqlExpressionPointer &expression) {
      return renameTableIn(expression, from.name, name);
    };
    rewriteExpressions(*change.edit(id), rename);
  }
  {
    ObjectEdit<Relation> edited = change.edit(id);
    edited->triggers.editEach([&](Trigger &trigger) {
      renameTableIn(trigger.definition.text, trigger.definition.where, trigger.definition.table,
                    to);
    });
    edited->policies.editEach([&](Policy &policy) { policy.definition.table = to; });
    edited->rules.editEach([&](RewriteRule &rule) {
      renameTableIn(rule.definition.text, rule.definition.where, rule.definition.table, to);
    });
  }
  for (ObjectId each : along)
    if (const Relation *moved = change.catalog().relation(each))
      moveRelation(change, each, schema, std::string(moved->name));
}

void moveType(Change &change, ObjectId id, const std::string &schema, const std::string &name) {
  const std::vector<ObjectId> dependents = dependentIds(change.catalog(), id);
  change.renameType(id, schema, name);
  const auto retype = [&](TypeName &type) {
    type.schema = schema;
    type.name = name;
  };
  for (ObjectId dependent : dependents) {
    if (change.catalog().type(dependent)) {
      ObjectEdit<Type> domain = change.editType(dependent);
      if (domain->base_id == id)
        retype(domain->base);
    } else if (change.catalog().relation(dependent)) {
      ObjectEdit<Relation> relation = change.edit(dependent);
      relation->columns.editIf([&](const Column &column) { return column.type_id == id; },
                               [&](Column &column) { retype(column.type); });
    }
  }
  const Type &type = *change.catalog().type(id);
  if (type.relation != ObjectId::none && change.catalog().relation(type.relation))
    change.rename(type.relation, schema, name);
}

// --- Labels of enums -----------------------------------------------------------------------------

namespace {
/// Finds the literals of an expression that are labels of an enum, and renames one of them.
class LabelRenaming {
public:
  /// `table` is whose columns the expressions name; null: none.
  LabelRenaming(const Type &type, const Relation *table, const std::string &from,
                const std::string &to)
      : type_(type), table_(table), from_(from), to_(to) {}

  /// `is_value`: the expression as a whole is a value of the type, as a default is.
  SqlExpressionPointer operator()(const SqlExpressionPointer &expression,
                                  bool is_value = false) const {
    if (!expression)
      return expression;
    SqlExpression changed = *expression;
    bool any = is_value && renameIn(changed.root);
    std::vector<Expression *> open{&changed.root};
    while (!open.empty()) {
      Expression *node = open.back();
      open.pop_back();
      for (Expression &argument : node->arguments)
        open.push_back(&argument);
      const bool compares = node->kind == ExpressionKind::operation &&
                            std::any_of(node->arguments.begin(), node->arguments.end(),
                                        [&](const Expression &side) { return isOfType(side); });
      if (compares || isOfType(*node))
        for (Expression &argument : node->arguments)
          any = renameIn(argument) || any;
    }
    if (!any)
      return expression;
    const std::string literal = quoteLiteral(from_), renamed = quoteLiteral(to_);
    for (size_t at = changed.text.find(literal); at != std::string::npos;
         at = changed.text.find(literal, at + renamed.size()))
      changed.text.replace(at, literal.size(), renamed);
    return std::make_shared<const SqlExpression>(std::move(changed));
  }

private:
  /// True for a column of the type, and a cast to it.
  [[nodiscard]] bool isOfType(const Expression &node) const {
    if (node.kind == ExpressionKind::cast && node.type)
      return node.type->name == type_.name &&
             (node.type->schema.empty() || node.type->schema == type_.schema);
    const Column *column =
        table_ && node.kind == ExpressionKind::column ? table_->findColumn(node.name) : nullptr;
    return column && column->type_id == type_.id;
  }
  /// Renames the label where the node is it, or a list that has it.
  bool renameIn(Expression &node) const {
    bool any = false;
    if (node.kind == ExpressionKind::constant && node.literal == LiteralKind::string &&
        node.name == from_) {
      node.name = to_;
      any = true;
    }
    if (node.kind == ExpressionKind::array || node.kind == ExpressionKind::cast)
      for (Expression &element : node.arguments)
        any = renameIn(element) || any;
    return any;
  }

  const Type &type_;
  const Relation *table_;
  const std::string &from_;
  const std::string &to_;
};
} // namespace

void renameLabel(Change &change, ObjectId id, const std::string &label,
                 const std::string &new_label) {
  const Type &type = *change.catalog().type(id);
  for (ObjectId dependent : dependentIds(change.catalog(), id)) {
    const Relation *relation = change.catalog().relation(dependent);
    if (!relation)
      continue;
    const LabelRenaming rename(type, relation, label, new_label);
    rewriteIndexes(change, *relation, [&](IndexInfo &info) {
      const auto predicate = rename(info.predicate);
      const bool changed = predicate != info.predicate;
      info.predicate = predicate;
      return changed;
    });
    ObjectEdit<Relation> edited = change.edit(dependent);
    edited->columns.assignEach(&Column::default_value, [&](const Column &column) {
      return rename(column.default_value, column.type_id == id);
    });
    rewriteExpressions(*edited, rename);
    for (ObjectId reader : dependentIds(change.catalog(), dependent)) {
      const Relation *view = change.catalog().relation(reader);
      if (view && view->query && view->query->text.find(quoteLiteral(label)) != std::string::npos)
        change.edit(reader)->query = renameLiteralIn(*view->query, label, new_label);
    }
  }
}

} // namespace lockstep::catalog
