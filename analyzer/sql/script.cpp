#include "sql/script.hpp"

#include "base/line_index.hpp"
#include "base/text.hpp"
#include "sql/lower/body.hpp"
#include "sql/lower/statements.hpp"
#include "sql/text/splitter.hpp"
#include "sql/text/unreadable.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace lockstep::sql {

namespace {
/// One run of parseScript.
class ScriptReader {
public:
  ScriptReader(std::string_view text, const ScriptOptions &options, const StatementSink *sink)
      : options_(options), sink_(sink), text_(text) {}

  [[nodiscard]] Script read();

private:
  void readStatements();
  [[nodiscard]] bool readStatement(Splitter &splitter);
  [[nodiscard]] bool readRest(Splitter &splitter);
  void deliver(std::vector<Statement> statements);
  void addProblem(ProblemKind kind, std::string message, Range where, Range statement = {});
  [[nodiscard]] Range placeOf(uint32_t offset, const Splitter &splitter) const;

  const ScriptOptions &options_;
  const StatementSink *sink_; ///< Null: the script keeps its statements.
  std::string_view text_;     ///< Readable for the parser once read() has looked at it.
  std::string buffer_;        ///< What text_ refers to where the original could not be used.
  std::string chunk_;         ///< What is being parsed.
  std::vector<Range> cut_;    ///< Statements of which parts lie too deep; not told yet.
  int rest_parses_ = 0;
  Script script_;
};
} // namespace

/// True for text that some editors and shells of Windows write: by its byte order mark, or with
/// every other byte of its beginning a NUL.
static bool isUtf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return true;
  const std::string_view begin = text.substr(0, 64);
  const auto nuls = static_cast<size_t>(std::count(begin.begin(), begin.end(), '\0'));
  return begin.size() >= 16 && nuls * 5 >= begin.size() * 2;
}

Script ScriptReader::read() {
  if (text_.size() >= std::numeric_limits<int32_t>::max()) {
    addProblem(ProblemKind::too_large, "the text is larger than 2 GB", {});
    return std::move(script_);
  }
  if (isUtf16(text_)) {
    addProblem(
        ProblemKind::invalid_utf8,
        "the file is UTF-16, which no server reads: save it as UTF-8 without a byte order mark",
        {});
    return std::move(script_);
  }
  if (auto masked = maskUnreadable(text_, script_.problems)) {
    buffer_ = std::move(*masked);
    text_ = buffer_;
  }
  readStatements();
  std::stable_sort(
      script_.problems.begin(), script_.problems.end(),
      [](const ScriptProblem &a, const ScriptProblem &b) { return a.where.begin < b.where.begin; });
  return std::move(script_);
}

static constexpr std::string_view nested_too_deeply =
    "the statement is nested too deeply for PostgreSQL's parser";
static constexpr std::string_view cut_short =
    "the statement is nested more than {} levels deep: what lies deeper is not analysed";

void ScriptReader::readStatements() {
  Splitter splitter(text_, options_.statement_limit);
  while (splitter.next()) {
    Range range = splitter.range();
    if (range.size() > options_.statement_limit) {
      addProblem(ProblemKind::too_large,
                 format("the statement is larger than {} bytes: it is not analysed",
                        std::to_string(options_.statement_limit)),
                 splitter.tokens().front().range(), range);
      continue;
    }
    if (!readStatement(splitter))
      break;
  }
  script_.comments = std::move(splitter.comments());
}

/// Reads one statement by itself; false where that took the rest of the text with it.
bool ScriptReader::readStatement(Splitter &splitter) {
  Range range = splitter.range();
  ScriptProblem problem;
  std::vector<Statement> statements;
  {
    chunk_ = text_.substr(range.begin, range.size());
    RawParse parse(chunk_);
    if (!parse.ok()) {
      problem.kind = parse.tooDeep() ? ProblemKind::too_deep : ProblemKind::syntax;
      problem.message = parse.tooDeep() ? nested_too_deeply : parse.message();
      problem.where = placeOf(range.begin + parse.errorOffset(), splitter);
      problem.statement = range;
    }
    LowerContext context(text_, range.begin, splitter.tokens());
    for (size_t i = 0; i < parse.size(); ++i)
      statements.push_back(lowerStatement(parse[i], context, cut_));
  }
  if (problem.message.empty()) {
    deliver(std::move(statements));
  } else if (splitter.isGuess() && readRest(splitter)) {
    return false;
  } else {
    script_.problems.push_back(std::move(problem));
  }
  return true;
}

/// Where the splitter may have cut a statement wrongly, only the parser can tell its end: parses
/// from there to the end of the text. False where it refuses that, too.
bool ScriptReader::readRest(Splitter &splitter) {
  constexpr int max_rest_parses = 4; // Each may read all of the text.
  uint32_t begin = splitter.range().begin;
  if (text_.size() - begin > options_.whole_file_limit || ++rest_parses_ > max_rest_parses)
    return false;
  std::vector<Statement> statements;
  {
    chunk_ = text_.substr(begin);
    RawParse parse(chunk_);
    if (!parse.ok())
      return false;
    std::erase_if(splitter.comments(),
                  [&](const SqlComment &comment) { return comment.range.begin >= begin; });
    statements = lowerAll(parse, text_.substr(begin), begin, &splitter.comments(), cut_);
  }
  deliver(std::move(statements));
  return true;
}

/// The token that an error is about: the last one where the parser met the statement's end.
Range ScriptReader::placeOf(uint32_t offset, const Splitter &splitter) const {
  const std::vector<Token> &tokens = splitter.tokens();
  auto found = std::partition_point(tokens.begin(), tokens.end(),
                                    [&](const Token &token) { return token.end() <= offset; });
  const Token &token = found == tokens.end() ? tokens.back() : *found;
  Range range = token.range();
  // What a missing quote swallows is not to blame.
  if (token.kind == TokenKind::broken)
    range.end = std::min(range.end, static_cast<uint32_t>(endOfLine(text_, range.begin)));
  return range;
}

void ScriptReader::deliver(std::vector<Statement> statements) {
  for (Statement &statement : statements) {
    readBodies(statement, text_, cut_);
    auto shared = std::make_shared<const Statement>(std::move(statement));
    if (sink_)
      (*sink_)(std::move(shared));
    else
      script_.statements.push_back(std::move(shared));
  }
  // What could be read of them stands: the problem is about no statement that is given up.
  for (Range range : std::exchange(cut_, {}))
    addProblem(ProblemKind::cut_short, format(cut_short, std::to_string(max_lowering_depth)),
               Lexer(text_, range.begin).next().range());
}

void ScriptReader::addProblem(ProblemKind kind, std::string message, Range where, Range statement) {
  script_.problems.push_back({kind, std::move(message), where, statement});
}

Script parseScript(std::string_view text, const ScriptOptions &options) {
  return ScriptReader(text, options, nullptr).read();
}

Script parseScript(std::string_view text, const ScriptOptions &options, const StatementSink &sink) {
  return ScriptReader(text, options, &sink).read();
}

} // namespace lockstep::sql
