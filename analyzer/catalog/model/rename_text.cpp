#include "catalog/model/rename_text.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace lockstep::catalog {

// Stored text is that of the statement, so positions tell where in it a name stands: relative to
// the whole expression or query. After a change they no longer fit the text, so they are made
// relative to it (the whole begins at 0), and moved along.

namespace {
/// A replacement in a text.
struct TextChange {
  Range where; ///< In the text.
  std::string text;
};
} // namespace

/// Applies the changes, which must not overlap, from the last to the first.
static std::string applyChanges(std::string text, const std::vector<TextChange> &changes) {
  for (auto it = changes.rbegin(); it != changes.rend(); ++it)
    text.replace(it->where.begin, it->where.size(), it->text);
  return text;
}

/// Where an old position is in the changed text, relative to its beginning.
static uint32_t moved(uint32_t offset, uint32_t base, const std::vector<TextChange> &changes) {
  if (offset < base)
    return 0;
  int64_t at = offset - base, shift = 0;
  for (const TextChange &change : changes)
    if (change.where.end <= at)
      shift += static_cast<int64_t>(change.text.size()) - change.where.size();
  return static_cast<uint32_t>(at + shift);
}

static Range moved(Range range, uint32_t base, const std::vector<TextChange> &changes) {
  if (range.empty())
    return {};
  return {moved(range.begin, base, changes), moved(range.end, base, changes)};
}

static void moveAll(Expression &expression, uint32_t base, const std::vector<TextChange> &changes) {
  std::vector<Expression *> open{&expression};
  while (!open.empty()) {
    Expression *node = open.back();
    open.pop_back();
    node->where = moved(node->where, base, changes);
    for (Expression &argument : node->arguments)
      open.push_back(&argument);
  }
}

/// Keeps changes whose old text is what it must be, in order; a text that was written another way
/// (quotes inside quotes) stays as it is.
static void keepTrue(std::vector<TextChange> &changes, std::string_view text,
                     const std::vector<std::string> &expected) {
  std::vector<TextChange> kept;
  for (size_t i = 0; i < changes.size(); ++i) {
    const Range where = changes[i].where;
    if (where.end <= text.size() &&
        text.substr(where.begin, where.size()).find(expected[i]) != std::string_view::npos)
      kept.push_back(std::move(changes[i]));
  }
  std::sort(kept.begin(), kept.end(),
            [](const TextChange &a, const TextChange &b) { return a.where.begin < b.where.begin; });
  kept.erase(std::unique(kept.begin(), kept.end(),
                         [](const TextChange &a, const TextChange &b) {
                           return a.where.begin == b.where.begin;
                         }),
             kept.end());
  changes = std::move(kept);
}

template <class Update>
static SqlExpressionPointer rewriteColumns(const SqlExpressionPointer &expression,
                                           Update &&update) {
  if (!expression)
    return expression;
  bool any = false;
  forEachNode(expression->root, [&](const Expression &node) {
    Expression copy;
    copy.kind = node.kind;
    copy.schema = node.schema;
    copy.name = node.name;
    any = any || (node.kind == ExpressionKind::column && update(copy));
  });
  if (!any)
    return expression;
  SqlExpression changed = *expression;
  const uint32_t base = changed.where().begin;
  std::vector<TextChange> changes;
  std::vector<std::string> expected;
  std::vector<Expression *> open{&changed.root};
  while (!open.empty()) {
    Expression *node = open.back();
    open.pop_back();
    for (Expression &argument : node->arguments)
      open.push_back(&argument);
    const std::string old_name = node->name;
    if (node->kind != ExpressionKind::column || !update(*node) || node->where.empty())
      continue;
    const std::string text =
        node->schema.empty() ? quoteIdentifier(node->name)
                             : quoteIdentifier(node->schema) + "." + quoteIdentifier(node->name);
    changes.push_back({{node->where.begin - base, node->where.end - base}, text});
    expected.push_back(toLowerAscii(old_name));
  }
  keepTrue(changes, toLowerAscii(changed.text), expected); // Unquoted names were folded.
  changed.text = applyChanges(std::move(changed.text), changes);
  moveAll(changed.root, base, changes);
  changed.root.where = {0, static_cast<uint32_t>(changed.text.size())};
  return std::make_shared<const SqlExpression>(std::move(changed));
}

SqlExpressionPointer renameColumnIn(const SqlExpressionPointer &expression, std::string_view table,
                                    std::string_view column, std::string_view new_name) {
  return rewriteColumns(expression, [&](Expression &node) {
    if (node.name != column || (!node.schema.empty() && node.schema != table &&
                                node.schema != "old" && node.schema != "new"))
      return false;
    node.name = new_name;
    return true;
  });
}

SqlExpressionPointer renameTableIn(const SqlExpressionPointer &expression, std::string_view table,
                                   std::string_view new_name) {
  return rewriteColumns(expression, [&](Expression &node) {
    if (node.schema != table)
      return false;
    node.schema = new_name;
    return true;
  });
}

// --- Queries -------------------------------------------------------------------------------------

static void moveAll(Query &query, uint32_t base, const std::vector<TextChange> &changes) {
  for (RelationUse &use : query.relations)
    use.name.where = moved(use.name.where, base, changes);
  for (ColumnUse &use : query.columns)
    use.where = moved(use.where, base, changes);
  query.text = applyChanges(std::move(query.text), changes);
  query.where = {0, static_cast<uint32_t>(query.text.size())};
}

/// True where a result column written as a bare name takes its name from it.
static bool isUnaliased(const Query &query, const OutputColumn &output, Range where) {
  if (output.column < 0 || output.name != query.columns[static_cast<size_t>(output.column)].name)
    return false;
  std::string_view rest =
      std::string_view(query.text).substr(std::min<size_t>(where.end, query.text.size()));
  rest = trim(rest);
  return rest.empty() || rest.front() == ',' || rest.front() == ';' || rest.front() == ')' ||
         equalsIgnoringCase(rest.substr(0, 4), "from") ||
         equalsIgnoringCase(rest.substr(0, 5), "union");
}

std::shared_ptr<const Query> renameColumnIn(const Query &query, const std::vector<bool> &meant,
                                            std::string_view new_name) {
  auto changed = std::make_shared<Query>(query);
  const uint32_t base = query.where.begin;
  std::vector<TextChange> changes;
  std::vector<std::string> expected;
  for (size_t i = 0; i < query.columns.size(); ++i) {
    if (!meant[i])
      continue;
    const ColumnUse &use = query.columns[i];
    changed->columns[i].name = new_name;
    if (use.where.empty() || use.where.begin < base)
      continue;
    Range where{use.where.begin - base, use.where.end - base};
    if (where.end > query.text.size())
      continue;
    // Only the last part of a qualified name.
    const std::string_view old_text =
        std::string_view(query.text).substr(where.begin, where.size());
    std::string text = quoteIdentifier(new_name);
    for (const OutputColumn &output : query.outputs)
      if (output.column == static_cast<int>(i) && isUnaliased(query, output, where))
        text += " AS " + quoteIdentifier(use.name);
    const size_t quote = old_text.size() > 1 && old_text.back() == '"'
                             ? old_text.rfind('"', old_text.size() - 2)
                             : std::string_view::npos;
    const size_t dot = old_text.rfind('.');
    if (quote != std::string_view::npos)
      where.begin += static_cast<uint32_t>(quote);
    else if (dot != std::string_view::npos)
      where.begin += static_cast<uint32_t>(dot + 1);
    changes.push_back({where, std::move(text)});
    expected.push_back(toLowerAscii(use.name));
  }
  keepTrue(changes, toLowerAscii(query.text), expected);
  moveAll(*changed, base, changes);
  return changed;
}

std::shared_ptr<const Query> renameLiteralIn(const Query &query, std::string_view value,
                                             std::string_view new_value) {
  auto changed = std::make_shared<Query>(query);
  const std::string literal = quoteLiteral(value);
  std::vector<TextChange> changes;
  for (size_t at = query.text.find(literal); at != std::string::npos;
       at = query.text.find(literal, at + literal.size()))
    changes.push_back({{static_cast<uint32_t>(at), static_cast<uint32_t>(at + literal.size())},
                       quoteLiteral(new_value)});
  if (!changes.empty())
    moveAll(*changed, query.where.begin, changes);
  return changed;
}

std::shared_ptr<const Query> renameRelationIn(const Query &query, const std::vector<bool> &meant,
                                              const QualifiedName &new_name) {
  auto changed = std::make_shared<Query>(query);
  const uint32_t base = query.where.begin;
  std::vector<TextChange> changes;
  std::vector<std::string> expected;
  for (size_t i = 0; i < query.relations.size(); ++i) {
    if (!meant[i])
      continue;
    const RelationUse &use = query.relations[i];
    changed->relations[i].name.schema = new_name.schema;
    changed->relations[i].name.name = new_name.name;
    if (use.name.where.empty() || use.name.where.begin < base)
      continue;
    std::string text = sqlName(new_name);
    // Columns qualified by the table's own name go on working under an alias.
    if (use.alias.empty() && use.name.name != new_name.name)
      text += " AS " + quoteIdentifier(use.name.name);
    changes.push_back({{use.name.where.begin - base, use.name.where.end - base}, std::move(text)});
    expected.push_back(toLowerAscii(use.name.name));
    if (use.alias.empty())
      changed->relations[i].alias = use.name.name;
  }
  keepTrue(changes, toLowerAscii(query.text), expected);
  moveAll(*changed, base, changes);
  return changed;
}

Query expandStars(const Query &query, const std::vector<StarExpansion> &stars) {
  Query expanded = query;
  const uint32_t base = query.where.begin;
  std::vector<TextChange> changes;
  std::vector<const StarExpansion *> kept;
  for (const StarExpansion &star : stars) {
    const Range where = query.columns[star.column].where;
    if (star.columns.empty() || where.empty() || where.begin < base ||
        where.end - base > query.text.size() || query.text[where.end - base - 1] != '*')
      continue;
    changes.push_back({{where.begin - base, where.end - base}, join(star.texts, ", ")});
    kept.push_back(&star);
  }
  std::vector<size_t> order(kept.size());
  for (size_t i = 0; i < order.size(); ++i)
    order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return changes[a].where.begin < changes[b].where.begin; });
  std::vector<TextChange> sorted;
  for (size_t i : order)
    sorted.push_back(changes[i]);
  moveAll(expanded, base, sorted);
  for (size_t i = 0; i < kept.size(); ++i) {
    const StarExpansion &star = *kept[i];
    uint32_t at = moved(query.columns[star.column].where.begin, base, sorted);
    std::vector<int> indexes;
    for (size_t each = 0; each < star.columns.size(); ++each) {
      ColumnUse use = star.columns[each];
      use.where = {at, at + static_cast<uint32_t>(star.texts[each].size())};
      at = use.where.end + 2;
      const size_t slot = each == 0 ? star.column : expanded.columns.size();
      if (each == 0)
        expanded.columns[slot] = std::move(use);
      else
        expanded.columns.push_back(std::move(use));
      indexes.push_back(static_cast<int>(slot));
    }
    const auto output = std::find_if(
        expanded.outputs.begin(), expanded.outputs.end(), [&](const OutputColumn &one) {
          return one.name == "*" && one.column == static_cast<int>(star.column);
        });
    if (output == expanded.outputs.end())
      continue;
    std::vector<OutputColumn> outputs;
    for (size_t each = 0; each < star.columns.size(); ++each)
      outputs.push_back({star.columns[each].name, indexes[each], {}});
    const auto next = expanded.outputs.erase(output);
    expanded.outputs.insert(next, outputs.begin(), outputs.end());
  }
  return expanded;
}

void renameTableIn(std::string &text, Range &where, QualifiedName &name,
                   const QualifiedName &new_name) {
  const uint32_t base = where.begin;
  Range at{name.where.begin - base, name.where.end - base};
  const std::string written = sqlName(new_name);
  const bool fits = name.where.begin >= base && !at.empty() && at.end <= text.size() &&
                    toLowerAscii(text.substr(at.begin, at.size())).find(toLowerAscii(name.name)) !=
                        std::string::npos;
  if (fits) {
    text.replace(at.begin, at.size(), written);
    at.end = at.begin + static_cast<uint32_t>(written.size());
  } else {
    at = {};
  }
  where = {0, static_cast<uint32_t>(text.size())};
  name = {new_name.schema, new_name.name, at};
}

} // namespace lockstep::catalog
