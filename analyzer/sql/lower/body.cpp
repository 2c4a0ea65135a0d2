#include "sql/lower/body.hpp"

#include "sql/lower/embedded_code.hpp"
#include "sql/lower/plpgsql.hpp"
#include "sql/lower/statements.hpp"

namespace lockstep::sql {

/// DO in EXECUTE in DO: how often code may stand inside of code.
constexpr int max_code_depth = 4;

static void readBodiesAt(Statement &statement, std::string_view text, uint32_t origin, int depth,
                         std::vector<Range> &cut);

namespace {
/// Reads one body.
class BodyReader {
public:
  BodyReader(Body &body, EmbeddedCode code, int depth, std::vector<Range> &cut)
      : body_(body), code_(std::move(code)), depth_(depth), cut_(cut) {}

  void readSql();
  void readPlpgsql();

private:
  void readItem(const PlpgsqlItem &item, const LowerContext &context);
  void execute(const PlpgsqlItem &item, const LowerContext &context);
  void add(std::vector<Statement> statements, std::string_view text, uint32_t origin,
           const PlpgsqlItem &item);

  Body &body_;
  EmbeddedCode code_;
  int depth_;
  std::vector<Range> &cut_;
};
} // namespace

void BodyReader::add(std::vector<Statement> statements, std::string_view text, uint32_t origin,
                     const PlpgsqlItem &item) {
  for (Statement &statement : statements) {
    readBodiesAt(statement, text, origin, depth_ + 1, cut_);
    EmbeddedStatement embedded;
    embedded.conditional = item.conditional;
    embedded.in_loop = item.in_loop;
    embedded.dynamic = item.kind == PlpgsqlKind::execute;
    embedded.statement = std::make_shared<const Statement>(std::move(statement));
    body_.statements.push_back(std::move(embedded));
  }
}

/// All statements of `code`; nothing where it does not parse.
static std::optional<std::vector<Statement>> readCode(const EmbeddedCode &code,
                                                      std::vector<Range> &cut) {
  RawParse parse(code.text);
  if (!parse.ok())
    return std::nullopt;
  return lowerAll(parse, code.text, code.origin, nullptr, cut);
}

void BodyReader::readSql() {
  std::optional<std::vector<Statement>> statements = readCode(code_, cut_);
  body_.parsed = statements.has_value();
  if (statements)
    add(std::move(*statements), code_.text, code_.origin, {});
}

void BodyReader::readPlpgsql() {
  std::vector<Token> tokens;
  Lexer lexer(code_.text);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next()) {
    if (token.isComment())
      continue;
    token.begin += code_.origin;
    tokens.push_back(token);
  }
  LowerContext context(code_.text, code_.origin, tokens, code_.origin);
  PlpgsqlOutline outline = outlinePlpgsql(context);
  body_.parsed = outline.complete;
  body_.commits = outline.commits;
  body_.loops = outline.loops;
  for (const PlpgsqlItem &item : outline.items) {
    if (item.kind == PlpgsqlKind::execute)
      execute(item, context);
    else
      readItem(item, context);
  }
}

void BodyReader::readItem(const PlpgsqlItem &item, const LowerContext &context) {
  constexpr std::string_view select = "SELECT ";
  Range range = context.range(item.first, item.last);
  std::string sql(context.slice(range));
  uint32_t base = range.begin;
  switch (item.kind) {
  case PlpgsqlKind::perform: // One letter longer than SELECT.
    sql.replace(0, 7, " SELECT");
    break;
  case PlpgsqlKind::expression:
    sql.insert(0, select);
    base -= static_cast<uint32_t>(select.size());
    break;
  case PlpgsqlKind::sql:
    if (item.into_first < item.into_last) {
      Range into = context.range(item.into_first, item.into_last);
      std::fill_n(sql.begin() + static_cast<std::ptrdiff_t>(into.begin - base), into.size(), ' ');
    }
    break;
  case PlpgsqlKind::execute:
    break;
  }
  std::vector<Statement> statements;
  {
    RawParse parse(sql);
    if (!parse.ok()) {
      body_.parsed = false;
      return;
    }
    LowerContext at(context.text(), base,
                    context.tokens().subspan(item.first, item.last - item.first), context.origin());
    for (size_t i = 0; i < parse.size(); ++i)
      statements.push_back(lowerStatement(parse[i], at, cut_));
  }
  add(std::move(statements), context.text(), context.origin(), item);
}

void BodyReader::execute(const PlpgsqlItem &item, const LowerContext &context) {
  std::optional<EmbeddedCode> code = constantText(context, item.first, item.last);
  std::optional<std::vector<Statement>> statements;
  if (code && depth_ < max_code_depth)
    statements = readCode(*code, cut_);
  if (statements)
    add(std::move(*statements), code->text, code->origin, item);
  else
    body_.opaque = true;
}

/// The code of a body whose text was lowered: that of the string token around it.
static std::optional<EmbeddedCode> codeOf(const Body &body, std::string_view text,
                                          uint32_t origin) {
  if (body.where.empty() || body.where.begin < origin || body.where.end - origin > text.size())
    return std::nullopt;
  if (body.verbatim)
    return EmbeddedCode{std::string(text.substr(body.where.begin - origin, body.where.size())),
                        body.where.begin};
  // Back to the opening quote and its prefix.
  size_t begin = body.where.begin - origin;
  if (begin == 0 || text[begin - 1] != '\'')
    return std::nullopt;
  --begin;
  if (begin > 0 && (text[begin - 1] == 'E' || text[begin - 1] == 'e'))
    --begin;
  else if (begin > 0 && text[begin - 1] == '&')
    return std::nullopt;
  Token token = Lexer(text, static_cast<uint32_t>(begin)).next();
  token.begin += origin;
  return codeOf(text, origin, token);
}

static void readBody(Body &body, std::string_view language, std::string_view text, uint32_t origin,
                     int depth, std::vector<Range> &cut) {
  bool is_sql = language == "sql";
  if (body.parsed || (!is_sql && language != "plpgsql"))
    return;
  std::optional<EmbeddedCode> code = codeOf(body, text, origin);
  if (!code)
    return;
  BodyReader reader(body, std::move(*code), depth, cut);
  if (is_sql)
    reader.readSql();
  else
    reader.readPlpgsql();
}

static void readBodiesAt(Statement &statement, std::string_view text, uint32_t origin, int depth,
                         std::vector<Range> &cut) {
  if (depth > max_code_depth)
    return;
  for (Op &op : statement.ops) {
    if (auto *block = std::get_if<DoBlock>(&op))
      readBody(block->body, block->language, text, origin, depth, cut);
    else if (auto *function = std::get_if<CreateFunction>(&op); function && !function->is_atomic)
      readBody(function->body, function->language, text, origin, depth, cut);
  }
}

void readBodies(Statement &statement, std::string_view text, std::vector<Range> &cut) {
  readBodiesAt(statement, text, 0, 0, cut);
}

} // namespace lockstep::sql
