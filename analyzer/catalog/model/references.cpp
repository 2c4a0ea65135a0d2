#include "catalog/model/references.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <tuple>

namespace lockstep::catalog {

/// Calls `visit(target, column, part kind, part, dependency kind)` for each reference of a
/// constraint.
template <class Visit>
static void visitReferences(const Relation &relation, const Constraint &constraint, Visit &visit) {
  if (constraint.referenced == ObjectId::none)
    return;
  auto refer = [&](ObjectId target, std::string_view column) {
    visit(target, column, PartKind::constraint, std::string_view(constraint.name),
          DependencyKind::normal);
  };
  for (const std::string &column : constraint.referenced_columns)
    refer(constraint.referenced, column);
  if (constraint.referenced_columns.empty())
    refer(constraint.referenced, {});
  if (constraint.referenced != relation.id || constraint.referenced_index != ObjectId::none)
    refer(constraint.referenced_index, {});
}

/// The same for each reference of a relation.
template <class Visit> static void visitReferences(const Relation &relation, Visit visit) {
  using enum DependencyKind;
  constexpr std::string_view none;
  for (const Column &column : relation.columns)
    visit(column.type_id, none, PartKind::column, std::string_view(column.name), normal);
  for (const Constraint &constraint : relation.constraints)
    visitReferences(relation, constraint, visit);
  for (const Trigger &trigger : relation.triggers)
    visit(trigger.function_id, none, PartKind::trigger, std::string_view(trigger.name), normal);
  for (ObjectId parent : relation.parents)
    visit(parent, none, PartKind::whole, none, relation.is_partition ? automatic : normal);
  if (relation.index) {
    visit(relation.index->table, none, PartKind::whole, none,
          relation.index->constraint.empty() ? automatic : internal);
    visit(relation.index->parent, none, PartKind::whole, none, internal);
  }
  if (relation.sequence)
    visit(relation.sequence->owner, std::string_view(relation.sequence->owner_column),
          PartKind::whole, none, relation.sequence->is_identity ? internal : automatic);
  for (const Reference &reference : relation.references)
    visit(reference.target, std::string_view(reference.column), reference.part_kind,
          std::string_view(reference.part), normal);
}

std::vector<OutgoingReference> referencesOf(const Relation &relation) {
  std::vector<OutgoingReference> all;
  visitReferences(relation, [&](ObjectId target, std::string_view column, PartKind part_kind,
                                std::string_view part, DependencyKind kind) {
    if (target != ObjectId::none)
      all.push_back({Reference{target, std::string(column), part_kind, std::string(part)}, kind});
  });
  return all;
}

std::vector<ObjectId> targetsOf(const Relation &relation) {
  std::vector<ObjectId> targets;
  targets.reserve(8);
  visitReferences(
      relation, [&](ObjectId target, std::string_view, PartKind, std::string_view, DependencyKind) {
        if (target != ObjectId::none)
          targets.push_back(target);
      });
  return targets;
}

std::vector<OutgoingReference> referencesOf(const Type &type) {
  std::vector<OutgoingReference> all;
  if (type.base_id != ObjectId::none)
    all.push_back({Reference{type.base_id, {}, PartKind::whole, {}}, DependencyKind::normal});
  return all;
}

std::vector<OutgoingReference> referencesOf(const Function &function) {
  std::vector<OutgoingReference> all;
  for (const Reference &reference : function.references)
    all.push_back({reference, DependencyKind::normal});
  return all;
}

QualifiedName parseQualifiedName(std::string_view text) {
  std::vector<std::string> parts;
  size_t at = 0;
  while (at < text.size()) {
    std::string part;
    if (text[at] == '"') {
      for (++at; at < text.size(); ++at) {
        if (text[at] == '"' && (at + 1 >= text.size() || text[at + 1] != '"'))
          break;
        at += text[at] == '"' ? 1 : 0;
        part += text[at];
      }
      if (at++ >= text.size())
        return {};
    } else {
      size_t end = std::min(text.find('.', at), text.size());
      part = toLowerAscii(trim(text.substr(at, end - at)));
      at = end;
    }
    if (part.empty() || (at < text.size() && text[at] != '.'))
      return {};
    parts.push_back(std::move(part));
    ++at;
  }
  QualifiedName name;
  if (parts.empty() || parts.size() > 3)
    return name;
  name.name = parts.back();
  if (parts.size() > 1)
    name.schema = parts[parts.size() - 2];
  return name;
}

/// True where a bare column of `scope` can see relations of `of`.
static bool isVisible(const Query &query, int scope, int of) {
  for (int guard = 0; scope >= 0 && guard < 1000; ++guard) {
    if (scope == of)
      return true;
    scope = scope < static_cast<int>(query.scopes.size()) ? query.scopes[static_cast<size_t>(scope)]
                                                          : -1;
  }
  return false;
}

std::vector<ResolvedColumn> resolveColumns(const Catalog &catalog, const Query &query) {
  std::vector<const Relation *> relations;
  relations.reserve(query.relations.size());
  for (const RelationUse &use : query.relations)
    relations.push_back(catalog.findRelation(use.name));
  std::vector<ResolvedColumn> resolved(query.columns.size());
  for (size_t i = 0; i < query.columns.size(); ++i) {
    const ColumnUse &use = query.columns[i];
    const Relation *found = nullptr;
    if (use.relation < -1)
      continue; // Of the table that the statement is about.
    if (use.relation >= 0) {
      found = relations[static_cast<size_t>(use.relation)];
    } else {
      // The innermost scope that has the column wins; scopes are numbered outside in.
      int best = -1;
      const Relation *only = nullptr;
      size_t visible = 0;
      for (size_t r = 0; r < relations.size(); ++r) {
        const int scope = query.relations[r].scope;
        if (!isVisible(query, use.scope, scope))
          continue;
        ++visible;
        only = relations[r];
        if (relations[r] && scope > best && relations[r]->findColumn(use.name)) {
          found = relations[r];
          best = scope;
        }
      }
      if (!found && visible == 1)
        found = only;
    }
    if (found)
      resolved[i] = {found->id, use.name};
  }
  return resolved;
}

static void addFunctions(const Catalog &catalog, const QualifiedName &name, size_t arguments,
                         std::vector<Reference> &references) {
  const Function *match = nullptr;
  for (const Function *function : catalog.findFunctions(name)) {
    size_t inputs = 0, required = 0;
    bool variadic = false;
    if (function->definition)
      for (const FunctionParameter &parameter : function->definition->parameters) {
        if (parameter.mode == 'o' || parameter.mode == 't')
          continue;
        variadic = variadic || parameter.mode == 'v';
        ++inputs;
        required += parameter.default_value || parameter.mode == 'v' ? 0 : 1;
      }
    if (arguments < required || (arguments > inputs && !variadic))
      continue;
    if (match)
      return; // Only the types of the arguments tell which one is meant.
    match = function;
  }
  if (match)
    references.push_back({match->id, {}, PartKind::whole, {}});
}

static void addType(const Catalog &catalog, const TypeName &type,
                    std::vector<Reference> &references) {
  if (const Type *found = catalog.findType({type.schema, type.name, {}}))
    references.push_back({found->id, {}, PartKind::whole, {}});
}

static void sortUnique(std::vector<Reference> &references) {
  auto key = [](const Reference &reference) {
    return std::tie(reference.target, reference.column, reference.part_kind, reference.part);
  };
  std::sort(references.begin(), references.end(),
            [&](const Reference &a, const Reference &b) { return key(a) < key(b); });
  references.erase(
      std::unique(references.begin(), references.end(),
                  [&](const Reference &a, const Reference &b) { return key(a) == key(b); }),
      references.end());
}

static void addQuery(const Catalog &catalog, const Query &query,
                     std::vector<Reference> &references) {
  for (const RelationUse &use : query.relations)
    if (const Relation *relation = catalog.findRelation(use.name))
      references.push_back({relation->id, {}, PartKind::whole, {}});
  for (const ResolvedColumn &column : resolveColumns(catalog, query)) {
    if (column.relation == ObjectId::none)
      continue;
    const Relation &relation = *catalog.relation(column.relation);
    if (column.column != "*")
      references.push_back({column.relation, column.column, PartKind::whole, {}});
    else // The server stores a star as the columns that it stands for.
      for (const Column &each : relation.columns)
        references.push_back({column.relation, each.name, PartKind::whole, {}});
  }
  for (const FunctionUse &use : query.functions)
    addFunctions(catalog, use.name, static_cast<size_t>(std::max(use.argument_count, 0)),
                 references);
  for (const TypeName &type : query.types)
    addType(catalog, type, references);
}

std::vector<Reference> referencesOf(const Catalog &catalog, const Query &query) {
  std::vector<Reference> references;
  addQuery(catalog, query, references);
  sortUnique(references);
  return references;
}

/// The constant of nextval('s') and nextval('s'::regclass). One that is cast to text is looked up
/// only when it runs.
static const Expression *constantBelow(const Expression &expression) {
  const Expression *node = &expression;
  while (node->kind == ExpressionKind::cast && node->arguments.size() == 1 && node->type &&
         node->type->name == "regclass")
    node = &node->arguments[0];
  return node->kind == ExpressionKind::constant && node->literal == LiteralKind::string ? node
                                                                                        : nullptr;
}

std::vector<Reference> referencesOf(const Catalog &catalog, const Expression &expression) {
  std::vector<Reference> references;
  forEachNode(expression, [&](const Expression &node) {
    if (node.kind == ExpressionKind::function) {
      addFunctions(catalog, {node.schema, node.name, {}}, node.arguments.size(), references);
      if ((node.name == "nextval" || node.name == "currval") && node.arguments.size() == 1)
        if (const Expression *constant = constantBelow(node.arguments[0]))
          if (const Relation *sequence = catalog.findRelation(parseQualifiedName(constant->name)))
            references.push_back({sequence->id, {}, PartKind::whole, {}});
    }
    if (node.type)
      addType(catalog, *node.type, references);
    if (node.query)
      addQuery(catalog, *node.query, references);
  });
  sortUnique(references);
  return references;
}

} // namespace lockstep::catalog
