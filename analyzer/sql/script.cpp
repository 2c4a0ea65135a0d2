#include "sql/script.hpp"

#include "base/text.hpp"
#include "sql/lower.hpp"
#include "sql/raw_parse.hpp"
#include "sql/splitter.hpp"
#include "sql/unreadable.hpp"

#include <algorithm>
#include <limits>

namespace lockstep {

/// One run of parseScript.
class ScriptReader {
public:
  ScriptReader(std::string_view text, const ScriptOptions &options, const StatementSink *sink)
      : options_(options), sink_(sink), text_(text) {}

  [[nodiscard]] Script read();

private:
  [[nodiscard]] bool readWhole();
  void readSeparately();
  void readOne(const Splitter &splitter);
  void deliver(const RawStmt &raw, uint32_t base, const std::vector<Token> &tokens);
  void addProblem(ProblemKind kind, std::string message, Range where, Range statement = {});
  [[nodiscard]] Range placeOf(uint32_t offset, const Splitter &splitter) const;

  const ScriptOptions &options_;
  const StatementSink *sink_; ///< Null: the script keeps its statements.
  std::string_view text_;     ///< Readable for the parser once read() has looked at it.
  std::string buffer_;        ///< What text_ refers to where the original could not be used.
  std::string chunk_;         ///< The statement that is parsed by itself.
  Script script_;
};

Script ScriptReader::read() {
  if (text_.size() >= std::numeric_limits<int32_t>::max()) {
    addProblem(ProblemKind::too_large, "the text is larger than 2 GB", {});
    return std::move(script_);
  }
  if (auto masked = maskUnreadable(text_, script_.problems)) {
    buffer_ = std::move(*masked);
    text_ = buffer_;
  }
  if (text_.size() > options_.whole_file_limit || !readWhole())
    readSeparately();
  std::stable_sort(
      script_.problems.begin(), script_.problems.end(),
      [](const ScriptProblem &a, const ScriptProblem &b) { return a.where.begin < b.where.begin; });
  return std::move(script_);
}

/// Parses all statements at once; false where the parser refuses the text.
bool ScriptReader::readWhole() {
  if (buffer_.empty()) { // The parser wants a NUL at the end.
    buffer_ = text_;
    text_ = buffer_;
  }
  RawParse parse(buffer_);
  if (!parse.ok())
    return false;
  script_.statements.reserve(sink_ ? 0 : parse.size());
  Lexer lexer(text_);
  std::vector<Token> tokens;
  Token token = lexer.next();
  for (size_t i = 0; i <= parse.size(); ++i) {
    // The round after the last statement is for the comments behind it.
    bool is_statement = i < parse.size();
    uint32_t end = is_statement ? parse.end(i) : static_cast<uint32_t>(text_.size());
    for (tokens.clear(); token.kind != TokenKind::end && token.begin < end; token = lexer.next()) {
      if (token.isComment())
        script_.comments.push_back({token.range(), token.kind == TokenKind::block_comment});
      else if (token.kind != TokenKind::semicolon || !tokens.empty())
        tokens.push_back(token);
    }
    if (is_statement)
      deliver(parse[i], 0, tokens);
  }
  return true;
}

void ScriptReader::readSeparately() {
  Splitter splitter(text_, options_.statement_limit);
  while (splitter.next())
    readOne(splitter);
  script_.comments = std::move(splitter.comments());
}

void ScriptReader::readOne(const Splitter &splitter) {
  Range range = splitter.range();
  if (range.size() > options_.statement_limit) {
    addProblem(ProblemKind::too_large,
               format("the statement is larger than {} bytes: it is not analysed",
                      std::to_string(options_.statement_limit)),
               splitter.tokens().front().range(), range);
    return;
  }
  chunk_ = text_.substr(range.begin, range.size());
  RawParse parse(chunk_);
  if (!parse.ok()) {
    addProblem(parse.tooDeep() ? ProblemKind::too_deep : ProblemKind::syntax,
               parse.tooDeep() ? "the statement is nested too deeply for PostgreSQL's parser"
                               : parse.message(),
               placeOf(range.begin + parse.errorOffset(), splitter), range);
    return;
  }
  // Where the scanner and the parser disagree on what one statement is, the parser is right.
  for (size_t i = 0; i < parse.size(); ++i)
    deliver(parse[i], range.begin, splitter.tokens());
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
    range.end = std::min(range.end, static_cast<uint32_t>(std::min(
                                        text_.find_first_of("\r\n", range.begin), text_.size())));
  return range;
}

void ScriptReader::deliver(const RawStmt &raw, uint32_t base, const std::vector<Token> &tokens) {
  auto statement =
      std::make_shared<const Statement>(lowerStatement(raw, LowerContext(text_, base, tokens)));
  if (sink_)
    (*sink_)(std::move(statement));
  else
    script_.statements.push_back(std::move(statement));
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

} // namespace lockstep
