#pragma once
#include "ops/op.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// A comment of a script, as the scanner found it.
struct SqlComment {
  Range range; ///< With its "--" or "/* */".
  bool block = false;
};

/// Why a stretch of a script could not be analysed.
enum class ProblemKind : uint8_t {
  syntax,       ///< PostgreSQL's parser refuses it.
  too_deep,     ///< Nested or chained beyond what the parser can hold.
  too_large,    ///< One statement beyond the size limit.
  nul_byte,     ///< The server reads text only up to it.
  invalid_utf8, ///< The server refuses it in a UTF-8 database.
  unreadable,   ///< The file cannot be read at all.
};

struct ScriptProblem {
  ProblemKind kind = ProblemKind::syntax;
  std::string message; ///< PostgreSQL's words for `syntax`.
  Range where;         ///< The token at fault.
  Range statement;     ///< The statement that was given up; empty where none was.
};

/// A script's statements, in order, with all that the analysis needs from its text.
struct Script {
  std::vector<std::shared_ptr<const Statement>> statements;
  std::vector<SqlComment> comments;
  std::vector<ScriptProblem> problems;
};

/// How a script is read.
struct ScriptOptions {
  /// Up to how many bytes are parsed in one piece where a statement's end is uncertain. Larger
  /// texts are best read through a sink.
  size_t whole_file_limit = size_t{4} << 20;
  /// Larger statements are given up: the parser needs about ten times a statement's size.
  size_t statement_limit = size_t{32} << 20;
};

/// What receives a large script's statements as they are read; see parseScript.
using StatementSink = std::function<void(std::shared_ptr<const Statement>)>;

/// Parses `text` and lowers it, statement by statement, as its tokens part them; where they leave
/// that open (BEGIN ATOMIC bodies), the parser decides on the rest of the text at once. One bad
/// statement costs one problem; all others are still returned. Safe for any bytes of any size, on
/// any thread with the usual stack. libpg_query takes one of the process's about 1,000 thread keys
/// for each thread that ever parses: call it from threads that last, such as WorkerPool's, not from
/// a new one each time.
[[nodiscard]] Script parseScript(std::string_view text, const ScriptOptions &options = {});

/// As parseScript, but hands each statement to `sink` as soon as it is read instead of keeping it:
/// the memory of a large dump stays bounded. Comments and problems are returned; `sink` is called
/// on the calling thread, in order.
[[nodiscard]] Script parseScript(std::string_view text, const ScriptOptions &options,
                                 const StatementSink &sink);

/// `text` without what psql keeps to itself, replaced so that no position moves.
struct MaskedText {
  std::string text;
  std::vector<Range> meta_commands; ///< Also \restrict and \unrestrict of pg_dump.
  std::vector<Range> copy_data;     ///< With the line "\.".
  std::vector<Range> variables;
};
/// Blanks psql's meta-commands and the data of COPY … FROM STDIN. A meta-command that sends the
/// statement, such as \gexec, leaves a semicolon; a variable leaves a name or a literal.
[[nodiscard]] MaskedText maskPsql(std::string_view text);

/// The major version of PostgreSQL whose grammar is linked in.
[[nodiscard]] int grammarVersion();

/// `sql` with literals, comments, blanks and letter case of keywords evened out: the text that a
/// fingerprint is made of.
[[nodiscard]] std::string normalizeSql(std::string_view sql);

} // namespace lockstep
