#include "evolve/sync.hpp"

#include "base/text.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>

namespace lockstep::evolve {

namespace {
/// The tokens of a body, without comments.
class BodyTokens {
public:
  explicit BodyTokens(std::string_view text) : text_(text) {
    Lexer lexer(text);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
      if (!token.isComment())
        tokens_.push_back(token);
  }

  [[nodiscard]] size_t size() const { return tokens_.size(); }
  [[nodiscard]] std::string_view textOf(size_t i) const {
    return i < tokens_.size() ? text_.substr(tokens_[i].begin, tokens_[i].size)
                              : std::string_view();
  }
  [[nodiscard]] bool isWord(size_t i, std::string_view word) const {
    return i < tokens_.size() && tokens_[i].kind == TokenKind::word &&
           equalsIgnoringCase(textOf(i), word);
  }
  /// The name that a token stands for.
  [[nodiscard]] std::string nameAt(size_t i) const {
    if (i < tokens_.size() && tokens_[i].kind == TokenKind::quoted_word)
      return std::string(textOf(i).substr(1, textOf(i).size() - 2));
    return toLowerAscii(textOf(i));
  }
  /// NEW.column at token `i`.
  [[nodiscard]] bool isNewColumn(size_t i) const {
    return isWord(i, "new") && textOf(i + 1) == "." && i + 2 < tokens_.size();
  }

private:
  std::string_view text_;
  std::vector<Token> tokens_;
};
} // namespace

static void addOnce(std::vector<std::string> &names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end())
    names.push_back(std::move(name));
}

std::vector<ColumnCopy> copiesIn(const Body &body) {
  BodyTokens tokens(body.text);
  std::vector<ColumnCopy> copies;
  for (size_t i = 0; i < tokens.size(); ++i) {
    std::string_view sign = tokens.textOf(i + 3);
    bool starts = i == 0 || tokens.textOf(i - 1) == ";" || tokens.isWord(i - 1, "begin") ||
                  tokens.isWord(i - 1, "then") || tokens.isWord(i - 1, "else") ||
                  tokens.isWord(i - 1, "loop");
    if (!starts || !tokens.isNewColumn(i) || (sign != ":=" && sign != "="))
      continue;
    ColumnCopy copy{tokens.nameAt(i + 2), {}};
    size_t end = i + 4;
    for (; end < tokens.size() && tokens.textOf(end) != ";"; ++end)
      if (tokens.isNewColumn(end) && tokens.nameAt(end + 2) != copy.column)
        addOnce(copy.sources, tokens.nameAt(end + 2));
    if (!copy.sources.empty())
      copies.push_back(std::move(copy));
    i = end;
  }
  return copies;
}

/// True where `copy` has the table's primary key and at least one more of its columns.
static bool isCopyOf(const Relation &copy, const Relation &table) {
  const Constraint *key = table.primaryKey();
  if (!key || copy.id == table.id || copy.origin.statement <= table.origin.statement)
    return false;
  bool has_key = std::all_of(key->columns.begin(), key->columns.end(),
                             [&](const std::string &column) { return copy.findColumn(column); });
  auto shared = std::count_if(copy.columns.begin(), copy.columns.end(), [&](const Column &column) {
    return table.findColumn(column.name) != nullptr;
  });
  return has_key && static_cast<size_t>(shared) > key->columns.size();
}

/// Whether the body writes a table that is a copy of `table`.
static bool writesCopy(const Body &body, const Relation &table, const Catalog &catalog) {
  for (const EmbeddedStatement &embedded : body.statements) {
    if (!embedded.statement)
      continue;
    for (const Op &op : embedded.statement->ops) {
      const QualifiedName *written = plannedQueryOf(op) ? relationOf(op) : nullptr;
      const Relation *copy = written ? catalog.findRelation(*written) : nullptr;
      if (copy && isCopyOf(*copy, table))
        return true;
    }
  }
  return false;
}

static const Body *bodyOf(const QualifiedName &function, const Catalog &catalog) {
  for (const Function *found : catalog.findFunctions(function))
    if (found->definition && found->definition->language == "plpgsql")
      return &found->definition->body;
  return nullptr;
}

bool isSyncTrigger(const CreateTrigger &trigger, const Catalog &catalog) {
  const Body *body = bodyOf(trigger.function, catalog);
  const Relation *table = catalog.findRelation(trigger.table);
  if (!body || !table || !trigger.for_each_row)
    return false;
  if (trigger.timing == 'b' && !copiesIn(*body).empty())
    return true;
  return writesCopy(*body, *table, catalog);
}

std::vector<ColumnCopy> columnCopiesOf(const Relation &table, const Catalog &catalog) {
  std::vector<ColumnCopy> copies;
  for (const Column &column : table.columns)
    if (column.generation)
      copies.push_back({column.name, columnsOf(column.generation->root)});
  for (const Trigger &trigger : table.triggers) {
    const Body *body = bodyOf(trigger.function, catalog);
    if (!body || trigger.enabled == 'D' || trigger.definition.timing != 'b')
      continue;
    for (ColumnCopy &copy : copiesIn(*body))
      copies.push_back(std::move(copy));
  }
  std::erase_if(copies, [](const ColumnCopy &copy) { return copy.sources.empty(); });
  return copies;
}

} // namespace lockstep::evolve
