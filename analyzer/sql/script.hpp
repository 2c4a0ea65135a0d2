#pragma once
#include "ops/op.hpp"
#include "sql/layer.hpp"
#include "sql/text/problem.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::sql {

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

} // namespace lockstep::sql
