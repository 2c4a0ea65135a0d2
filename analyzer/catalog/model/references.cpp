#include "catalog/model/references.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

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

std::vector<ObjectId> ownTargetsOf(const Relation &relation) {
  std::vector<ObjectId> targets = relation.parents;
  if (relation.index) {
    targets.push_back(relation.index->table);
    targets.push_back(relation.index->parent);
  }
  if (relation.sequence)
    targets.push_back(relation.sequence->owner);
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

namespace {
/// Finds what the columns of a query stand for, without a look at every relation for each of them.
class ColumnResolver {
public:
  ColumnResolver(const Catalog &catalog, const Query &query) : query_(query) {
    relations_.reserve(query.relations.size());
    for (const RelationUse &use : query.relations) {
      relations_.push_back(catalog.findRelation(use.name));
      if (use.scope < 0)
        continue;
      const auto scope = static_cast<size_t>(use.scope);
      if (scope >= scopes_.size())
        scopes_.resize(scope + 1);
      scopes_[scope].relations.push_back(relations_.back());
    }
  }

  /// Null where that is not known.
  const Relation *find(const ColumnUse &use) {
    if (use.relation >= 0)
      return relations_[static_cast<size_t>(use.relation)];
    const Relation *only = nullptr;
    size_t visible = 0;
    // The innermost scope that has the column wins.
    int scope = use.scope;
    for (int guard = 0; scope >= 0 && guard < 1000; ++guard, scope = scopeAround(scope)) {
      if (static_cast<size_t>(scope) >= scopes_.size())
        continue;
      Scope &at = scopes_[static_cast<size_t>(scope)];
      if (const Relation *found = findIn(at, use.name))
        return found;
      visible += at.relations.size();
      if (!at.relations.empty())
        only = at.relations.front();
    }
    return visible == 1 ? only : nullptr;
  }

private:
  struct Scope {
    std::vector<const Relation *> relations; ///< Null for those that are not known.
    /// The first relation with a column; made where there are many.
    std::unordered_map<std::string_view, const Relation *> by_column;
  };

  [[nodiscard]] int scopeAround(int scope) const {
    const auto place = static_cast<size_t>(scope);
    return place < query_.scopes.size() ? query_.scopes[place] : -1;
  }

  static const Relation *findIn(Scope &scope, std::string_view column) {
    constexpr size_t few = 8;
    if (scope.relations.size() <= few) {
      for (const Relation *relation : scope.relations)
        if (relation && relation->findColumn(column))
          return relation;
      return nullptr;
    }
    if (scope.by_column.empty()) {
      std::unordered_set<const Relation *> seen;
      for (const Relation *relation : scope.relations)
        if (relation && seen.insert(relation).second)
          for (const Column &each : relation->columns)
            scope.by_column.try_emplace(each.name, relation);
    }
    const auto found = scope.by_column.find(column);
    return found == scope.by_column.end() ? nullptr : found->second;
  }

  const Query &query_;
  std::vector<const Relation *> relations_;
  std::vector<Scope> scopes_;
};
} // namespace

std::vector<ResolvedColumn> resolveColumns(const Catalog &catalog, const Query &query) {
  ColumnResolver resolver(catalog, query);
  std::vector<ResolvedColumn> resolved(query.columns.size());
  for (size_t i = 0; i < query.columns.size(); ++i) {
    const ColumnUse &use = query.columns[i];
    if (use.relation < -1)
      continue; // Of the table that the statement is about.
    if (const Relation *found = resolver.find(use))
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
