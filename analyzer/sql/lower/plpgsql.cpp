#include "sql/lower/plpgsql.hpp"

#include <algorithm>
#include <initializer_list>
#include <string_view>

namespace lockstep::sql {

namespace {
/// Walks over the statements of a block with a stack of the structures that are open.
class PlpgsqlReader {
public:
  explicit PlpgsqlReader(const LowerContext &code) : code_(code) {}

  [[nodiscard]] PlpgsqlOutline read();

private:
  enum class Structure : uint8_t { block, branch, loop };
  struct Frame {
    Structure structure = Structure::block;
    bool in_handler = false; ///< Behind EXCEPTION.
    size_t first_item = 0;
  };

  // Each reads what stands at at_ and moves on; false where the code is not understood.
  [[nodiscard]] bool statement();
  [[nodiscard]] bool declarations();
  [[nodiscard]] bool declaration();
  [[nodiscard]] bool endOfStructure();
  [[nodiscard]] bool branch(std::string_view until);
  [[nodiscard]] bool forLoop();
  void addRange(size_t loop);
  [[nodiscard]] bool foreachLoop();
  [[nodiscard]] bool returnStatement();
  [[nodiscard]] bool open();
  [[nodiscard]] bool execute();
  [[nodiscard]] bool sql(PlpgsqlKind kind);
  [[nodiscard]] bool assignment();
  [[nodiscard]] bool skipStatement();

  [[nodiscard]] bool is(std::string_view word) const { return code_.isWord(at_, word); }
  [[nodiscard]] bool isOneOf(std::initializer_list<std::string_view> words) const {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return is(word); });
  }
  [[nodiscard]] bool isSymbol(size_t token, std::string_view symbol) const {
    return token < code_.tokenCount() && code_.textOf(token) == symbol;
  }
  /// The next such word of the statement, before token `end`; the number of tokens where there is
  /// none.
  [[nodiscard]] size_t find(std::string_view word, size_t end = SIZE_MAX) const;
  [[nodiscard]] size_t semicolon() const;
  [[nodiscard]] bool isConditional() const;
  void enter(Structure structure) { frames_.push_back({structure, false, outline_.items.size()}); }
  void add(PlpgsqlKind kind, size_t first, size_t last);
  void addExpression(size_t first, size_t last);
  void addExecute(size_t first, size_t last);
  void findInto(PlpgsqlItem &item) const;

  const LowerContext &code_;
  size_t at_ = 0;
  std::vector<Frame> frames_;
  bool may_have_returned_ = false;
  PlpgsqlOutline outline_;
};
} // namespace

PlpgsqlOutline PlpgsqlReader::read() {
  while (isSymbol(at_, "#")) // #variable_conflict, #option, #print_strict_params and a word
    at_ += 3;
  bool understood = true;
  bool started = false;
  while (understood && at_ < code_.tokenCount()) {
    if (started && frames_.empty())
      break;
    understood = statement();
    started |= !frames_.empty();
  }
  if (code_.kindOf(at_) == TokenKind::semicolon)
    ++at_;
  outline_.complete = understood && started && frames_.empty() && at_ == code_.tokenCount();
  return std::move(outline_);
}

/// The first token from at_ on that is `word`, outside of parentheses and CASE expressions; the end
/// of the code where the statement ends before.
size_t PlpgsqlReader::find(std::string_view word, size_t end) const {
  int parentheses = 0;
  int cases = 0;
  for (size_t i = at_; i < std::min(end, code_.tokenCount()); ++i) {
    switch (code_.kindOf(i)) {
    case TokenKind::left_paren:
      ++parentheses;
      break;
    case TokenKind::right_paren:
      --parentheses;
      break;
    case TokenKind::semicolon:
      if (parentheses <= 0)
        return code_.tokenCount();
      break;
    case TokenKind::word:
      if (parentheses > 0)
        break;
      if (cases == 0 && code_.isWord(i, word))
        return i;
      if (code_.isWord(i, "case"))
        ++cases;
      else if (cases > 0 && code_.isWord(i, "end"))
        --cases;
      break;
    default:
      break;
    }
  }
  return code_.tokenCount();
}

size_t PlpgsqlReader::semicolon() const {
  int parentheses = 0;
  for (size_t i = at_; i < code_.tokenCount(); ++i) {
    TokenKind kind = code_.kindOf(i);
    if (kind == TokenKind::left_paren)
      ++parentheses;
    else if (kind == TokenKind::right_paren)
      --parentheses;
    else if (kind == TokenKind::semicolon && parentheses <= 0)
      return i;
  }
  return code_.tokenCount();
}

bool PlpgsqlReader::skipStatement() {
  size_t end = semicolon();
  at_ = std::min(end + 1, code_.tokenCount());
  return end < code_.tokenCount();
}

bool PlpgsqlReader::statement() {
  if (isSymbol(at_, "<<")) { // <<label>>
    at_ += 3;
    return isSymbol(at_ - 1, ">>");
  }
  if (is("declare")) {
    ++at_;
    return declarations();
  }
  if (is("begin")) {
    ++at_;
    enter(Structure::block);
    return true;
  }
  if (frames_.empty())
    return false;
  if (is("end"))
    return endOfStructure();
  if (is("exception") && frames_.back().structure == Structure::block) {
    ++at_;
    // What stands before it may be undone.
    Frame &block = frames_.back();
    block.in_handler = true;
    for (size_t i = block.first_item; i < outline_.items.size(); ++i)
      outline_.items[i].conditional = true;
    return is("when");
  }
  if (isOneOf({"when", "elsif", "elseif"}))
    return branch("then");
  if (is("else")) {
    ++at_;
    return true;
  }
  if (assignment())
    return skipStatement();
  if (is("if") || is("case")) {
    bool is_case = is("case");
    if (!branch(is_case ? "when" : "then"))
      return false;
    enter(Structure::branch);
    return !is_case || branch("then");
  }
  if (isOneOf({"loop", "while"})) {
    enter(Structure::loop);
    outline_.loops = true;
    return branch("loop");
  }
  if (is("for"))
    return forLoop();
  if (is("foreach"))
    return foreachLoop();
  if (is("return"))
    return returnStatement();
  if (is("perform"))
    return sql(PlpgsqlKind::perform);
  if (is("execute"))
    return execute();
  if (is("open"))
    return open();
  if (isOneOf({"commit", "rollback"})) {
    outline_.commits = true;
    return skipStatement();
  }
  if (isOneOf({"exit", "continue"})) {
    size_t end = semicolon();
    addExpression(code_.findWord(at_, end, "when") + 1, end);
    return skipStatement();
  }
  if (is("assert")) {
    ++at_;
    addExpression(at_, semicolon());
    return skipStatement();
  }
  if (isOneOf({"null", "raise", "get", "fetch", "move", "close"}))
    return skipStatement();
  return sql(PlpgsqlKind::sql);
}

/// Up to and without BEGIN.
bool PlpgsqlReader::declarations() {
  while (!is("begin")) {
    if (is("declare")) // May be repeated.
      ++at_;
    else if (!declaration())
      return false;
  }
  return true;
}

/// name … [DEFAULT | := | =] expression; or name … CURSOR … FOR query;
bool PlpgsqlReader::declaration() {
  size_t end = semicolon();
  size_t cursor = code_.findWord(at_, end, "cursor");
  size_t query = std::min(code_.findWord(cursor, end, "for"), code_.findWord(cursor, end, "is"));
  if (cursor < end && query < end) {
    add(PlpgsqlKind::sql, query + 1, end);
  } else {
    size_t value = code_.findWord(at_, end, "default");
    for (size_t i = at_; i < value; ++i)
      if (isSymbol(i, ":=") || isSymbol(i, "="))
        value = i;
    if (value < end)
      addExpression(value + 1, end);
  }
  at_ = end + 1;
  return end < code_.tokenCount();
}

/// END; END IF; END CASE; END LOOP label; END label;
bool PlpgsqlReader::endOfStructure() {
  Structure structure = frames_.back().structure;
  ++at_;
  if (is("if") || is("case")) {
    if (structure != Structure::branch)
      return false;
    ++at_;
  } else if (is("loop")) {
    if (structure != Structure::loop)
      return false;
    ++at_;
  } else if (structure != Structure::block) {
    return false;
  }
  frames_.pop_back();
  if (code_.kindOf(at_) == TokenKind::word || code_.kindOf(at_) == TokenKind::quoted_word)
    ++at_; // A label.
  if (code_.kindOf(at_) == TokenKind::semicolon)
    ++at_;
  else if (!frames_.empty())
    return false;
  return true;
}

/// A word, as IF and WHILE, and an expression up to the word `until`; LOOP has none.
bool PlpgsqlReader::branch(std::string_view until) {
  if (!is("loop"))
    ++at_;
  size_t end = find(until);
  if (end == code_.tokenCount())
    return false;
  addExpression(at_, end);
  // WHEN is the next branch's.
  at_ = until == "when" ? end : end + 1;
  return true;
}

/// FOR names IN … LOOP: integers, a query, EXECUTE or a cursor.
bool PlpgsqlReader::forLoop() {
  size_t in = find("in");
  size_t loop = find("loop");
  if (in >= loop || loop == code_.tokenCount())
    return false;
  at_ = in + 1;
  if (is("execute"))
    addExecute(at_ + 1, loop);
  else if (isOneOf({"select", "with", "values", "table", "insert", "update", "delete", "merge",
                    "explain", "show"}) ||
           code_.kindOf(at_) == TokenKind::left_paren)
    add(PlpgsqlKind::sql, at_, loop);
  else
    addRange(loop);
  at_ = loop + 1;
  enter(Structure::loop);
  outline_.loops = true;
  return true;
}

/// [REVERSE] first .. last [BY step]: three expressions.
void PlpgsqlReader::addRange(size_t loop) {
  if (is("reverse"))
    ++at_;
  size_t dots = at_;
  while (dots < loop && !isSymbol(dots, ".."))
    ++dots;
  addExpression(at_, dots);
  if (dots == loop)
    return;
  at_ = dots + 1;
  const size_t step = std::min(find("by", loop), loop);
  addExpression(at_, step);
  addExpression(step + 1, loop);
}

/// FOREACH x SLICE n IN ARRAY expression LOOP
bool PlpgsqlReader::foreachLoop() {
  size_t loop = find("loop");
  size_t array = find("array", loop);
  if (array >= loop || loop == code_.tokenCount())
    return false;
  addExpression(array + 1, loop);
  at_ = loop + 1;
  enter(Structure::loop);
  outline_.loops = true;
  return true;
}

bool PlpgsqlReader::returnStatement() {
  ++at_;
  size_t end = semicolon();
  if (is("query")) {
    ++at_;
    if (is("execute"))
      addExecute(at_ + 1, end);
    else
      add(PlpgsqlKind::sql, at_, end);
  } else if (is("next")) {
    addExpression(at_ + 1, end);
  } else {
    addExpression(at_, end);
    // What follows runs only where this did not.
    may_have_returned_ |= isConditional();
  }
  return skipStatement();
}

/// OPEN cursor FOR query; FOR EXECUTE text; or a bound cursor, declared with its query.
bool PlpgsqlReader::open() {
  size_t end = semicolon();
  size_t query = code_.findWord(at_, end, "for");
  if (query < end) {
    if (code_.isWord(query + 1, "execute"))
      addExecute(query + 2, end);
    else
      add(PlpgsqlKind::sql, query + 1, end);
  }
  return skipStatement();
}

bool PlpgsqlReader::execute() {
  addExecute(at_ + 1, semicolon());
  return skipStatement();
}

bool PlpgsqlReader::sql(PlpgsqlKind kind) {
  size_t end = semicolon();
  if (end == at_)
    return false;
  add(kind, at_, end);
  return skipStatement();
}

/// Moves to the expression of `variable := expression;`, whose = may also stand alone.
bool PlpgsqlReader::assignment() {
  TokenKind kind = code_.kindOf(at_);
  if (kind != TokenKind::word && kind != TokenKind::quoted_word && kind != TokenKind::parameter)
    return false;
  size_t end = code_.endOfName(at_);
  while (code_.kindOf(end) == TokenKind::left_paren && code_.textOf(end) == "[") {
    end = code_.closing(end) + 1;
    if (code_.kindOf(end) == TokenKind::dot)
      end = code_.endOfName(end + 1);
  }
  if (!isSymbol(end, ":=") && !isSymbol(end, "="))
    return false;
  at_ = end + 1;
  addExpression(at_, semicolon());
  return true;
}

bool PlpgsqlReader::isConditional() const {
  return std::any_of(frames_.begin(), frames_.end(), [](const Frame &frame) {
    return frame.structure == Structure::branch || frame.in_handler;
  });
}

void PlpgsqlReader::add(PlpgsqlKind kind, size_t first, size_t last) {
  if (first >= last)
    return;
  PlpgsqlItem item;
  item.kind = kind;
  item.first = first;
  item.last = last;
  item.conditional = may_have_returned_ || isConditional();
  item.in_loop = std::any_of(frames_.begin(), frames_.end(),
                             [](const Frame &frame) { return frame.structure == Structure::loop; });
  if (kind == PlpgsqlKind::sql)
    findInto(item);
  outline_.items.push_back(item);
}

/// Expressions matter only where they read tables: `x := count(*) FROM t` does, too.
void PlpgsqlReader::addExpression(size_t first, size_t last) {
  last = std::min(last, code_.tokenCount());
  for (size_t i = first; i < last; ++i)
    if (code_.isWord(i, "select") || code_.isWord(i, "from"))
      return add(PlpgsqlKind::expression, first, last);
}

/// EXECUTE text [INTO [STRICT] targets] [USING values], in either order.
void PlpgsqlReader::addExecute(size_t first, size_t last) {
  add(PlpgsqlKind::execute, first,
      std::min(code_.findWord(first, last, "into"), code_.findWord(first, last, "using")));
}

/// INTO [STRICT] target, …: wherever it stands, as make_execsql_stmt (pl_gram.y) finds it.
void PlpgsqlReader::findInto(PlpgsqlItem &item) const {
  if (code_.isWord(item.first, "import"))
    return;
  for (size_t i = item.first + 1; i < item.last; ++i) {
    if (!code_.isWord(i, "into") || code_.isWord(i - 1, "insert") || code_.isWord(i - 1, "merge"))
      continue;
    size_t end = i + 1;
    if (code_.isWord(end, "strict"))
      ++end;
    end = code_.endOfName(end);
    while (code_.kindOf(end) == TokenKind::comma && end + 1 < item.last)
      end = code_.endOfName(end + 1);
    item.into_first = i;
    item.into_last = std::min(end, item.last);
    return;
  }
}

PlpgsqlOutline outlinePlpgsql(const LowerContext &code) { return PlpgsqlReader(code).read(); }

} // namespace lockstep::sql
