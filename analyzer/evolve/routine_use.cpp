#include "evolve/routine_use.hpp"

#include "base/text.hpp"
#include "catalog/model/references.hpp"

#include <algorithm>

namespace lockstep::evolve {

static bool isWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Where `new.column` stands as a word of the lower-case text, from `from` on; npos if nowhere.
static size_t findNewColumn(std::string_view text, std::string_view column, size_t from) {
  const std::string wanted = "new." + toLowerAscii(column);
  for (size_t at = text.find(wanted, from); at != text.npos; at = text.find(wanted, at + 1)) {
    size_t end = at + wanted.size();
    bool starts = at == 0 || !isWordByte(text[at - 1]);
    if (starts && (end >= text.size() || !isWordByte(text[end])))
      return at;
  }
  return text.npos;
}

static bool namesNewColumn(const Body &body, std::string_view column) {
  return findNewColumn(toLowerAscii(body.text), column, 0) != std::string::npos;
}

/// True where the body has `NEW.column :=`, `NEW.column =` at the start of a statement, or `INTO
/// NEW.column`.
static bool assignsNewColumn(const Body &body, std::string_view column) {
  const std::string text = toLowerAscii(body.text);
  for (size_t at = findNewColumn(text, column, 0); at != text.npos;
       at = findNewColumn(text, column, at + 1)) {
    std::string_view rest = trim(std::string_view(text).substr(at + 4 + column.size()));
    std::string_view before = trim(std::string_view(text).substr(0, at));
    if (rest.starts_with(":=") || rest.starts_with("=") || before.ends_with("into"))
      return true;
  }
  return false;
}

static bool isNamed(const Catalog &catalog, const QualifiedName &name, const Relation &relation) {
  const Relation *found = catalog.findRelation(name);
  return found && found->id == relation.id;
}

namespace {
/// Tells whether an op of a body uses a relation, or one of its columns.
struct Use {
  const Catalog &catalog;
  const Relation &relation;
  std::string_view column;

  bool query(const Query &query) const {
    if (column.empty())
      return std::any_of(
          query.relations.begin(), query.relations.end(),
          [&](const RelationUse &use) { return isNamed(catalog, use.name, relation); });
    const std::vector<ResolvedColumn> resolved = resolveColumns(catalog, query);
    return std::any_of(resolved.begin(), resolved.end(), [&](const ResolvedColumn &use) {
      return use.relation == relation.id && use.column == column;
    });
  }
  bool operator()(const Insert &op) const {
    if (isNamed(catalog, op.table, relation) &&
        (column.empty() ||
         std::find(op.columns.begin(), op.columns.end(), column) != op.columns.end()))
      return true;
    return query(op.query);
  }
  bool operator()(const Update &op) const {
    if (isNamed(catalog, op.table, relation)) {
      if (column.empty())
        return true;
      for (const Assignment &assignment : op.assignments)
        if (assignment.column == column || readsColumn(assignment.value))
          return true;
      if (op.condition && readsColumn(*op.condition))
        return true;
    }
    return query(op.query);
  }
  bool operator()(const Delete &op) const {
    if (isNamed(catalog, op.table, relation) &&
        (column.empty() || (op.condition && readsColumn(*op.condition))))
      return true;
    return query(op.query);
  }
  bool operator()(const Merge &op) const {
    return (column.empty() && isNamed(catalog, op.table, relation)) || query(op.query);
  }
  bool operator()(const Select &op) const { return query(op.query); }
  template <Answering<Planned::no> Kind> bool operator()(const Kind &) const { return false; }

private:
  /// A bare column of a statement about the relation alone.
  [[nodiscard]] bool readsColumn(const Expression &expression) const {
    bool reads = false;
    forEachNode(expression, [&](const Expression &node) {
      reads = reads || (node.kind == ExpressionKind::column && node.name == column &&
                        (node.schema.empty() || node.schema == relation.name));
    });
    return reads;
  }
};
} // namespace

/// Calls `visit(op)` for each op of the function's body until it returns true.
template <class Visit> static bool anyOp(const Function &function, Visit &&visit) {
  if (!function.definition)
    return false;
  for (const EmbeddedStatement &embedded : function.definition->body.statements)
    if (embedded.statement)
      for (const Op &op : embedded.statement->ops)
        if (visit(op))
          return true;
  return false;
}

static bool isTriggerOf(const Relation &relation, const Function &function) {
  return std::any_of(relation.triggers.begin(), relation.triggers.end(),
                     [&](const Trigger &trigger) { return trigger.function_id == function.id; });
}

std::vector<const Function *> routinesUsing(const Catalog &catalog, const Relation &relation,
                                            std::string_view column) {
  std::vector<const Function *> found;
  for (const Function *function : catalog.functions()) {
    if (!function->definition || function->definition->is_atomic || function->partial)
      continue;
    bool uses = anyOp(*function, [&](const Op &op) {
      return std::visit(Use{catalog, relation, column}, op);
    });
    if (!uses && !column.empty() && isTriggerOf(relation, *function))
      uses = namesNewColumn(function->definition->body, column);
    if (uses)
      found.push_back(function);
  }
  return found;
}

std::vector<const Function *> routinesInsertingWithout(const Catalog &catalog,
                                                       const Relation &relation,
                                                       std::string_view column) {
  std::vector<const Function *> found;
  for (const Function *function : catalog.functions())
    if (anyOp(*function, [&](const Op &op) {
          const auto *insert = std::get_if<Insert>(&op);
          return insert && isNamed(catalog, insert->table, relation) && !insert->columns.empty() &&
                 std::find(insert->columns.begin(), insert->columns.end(), column) ==
                     insert->columns.end();
        }))
      found.push_back(function);
  return found;
}

const Function *routineWithConflict(const Catalog &catalog, const Relation &relation,
                                    const std::vector<std::string> &columns,
                                    std::string_view constraint) {
  std::vector<std::string> wanted = columns;
  std::sort(wanted.begin(), wanted.end());
  for (const Function *function : catalog.functions())
    if (anyOp(*function, [&](const Op &op) {
          const auto *insert = std::get_if<Insert>(&op);
          if (!insert || !insert->on_conflict || !isNamed(catalog, insert->table, relation))
            return false;
          std::vector<std::string> arbiter = insert->on_conflict->columns;
          std::sort(arbiter.begin(), arbiter.end());
          return (!arbiter.empty() && arbiter == wanted) ||
                 (!constraint.empty() && insert->on_conflict->constraint == constraint);
        }))
      return function;
  return nullptr;
}

const Trigger *triggerFilling(const Catalog &catalog, const Relation &relation,
                              std::string_view column) {
  for (const Trigger &trigger : relation.triggers) {
    const CreateTrigger &definition = trigger.definition;
    if (trigger.enabled == 'D' || definition.timing != 'b' || !definition.on_insert ||
        !definition.for_each_row)
      continue;
    const Function *function = catalog.function(trigger.function_id);
    if (!function || !function->definition || assignsNewColumn(function->definition->body, column))
      return &trigger;
  }
  return nullptr;
}

} // namespace lockstep::evolve
