#pragma once
#include "diag/finding.hpp"
#include "engine/rule.hpp"
#include "sql/script.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep {

/// One suppression comment: `-- lockstep:ignore RULE[, RULE]: reason`, `-- lockstep:ignore-file …`,
/// and the forms of other tools (`squawk-ignore`, `squawk-ignore-file`, `atlas:nolint`).
struct SuppressionComment {
  struct Word {
    std::string text;
    Range where;
    const Rule *rule = nullptr; ///< Null: unknown.
    bool used = false;
  };
  std::vector<Word> words; ///< Empty in foreign comments that ignore everything.
  std::string reason;
  bool whole_file = false;
  bool foreign = false; ///< Of another tool: never reported as unused or unknown.
  Range where;          ///< The comment.
  uint32_t target = 0;  ///< Offset of the first token after the comment, for one above a statement.
  bool trailing = false; ///< Stands behind code on its line.
  uint32_t line = 0;     ///< 1-based, of the comment.
};

/// The suppressions of one file.
class FileSuppressions {
public:
  FileSuppressions() = default;
  FileSuppressions(std::string_view text, std::span<const SqlComment> comments,
                   std::span<const Rule *const> rules);

  /// Marks the finding as suppressed where a comment says so.
  void apply(Finding &finding);
  [[nodiscard]] const std::vector<SuppressionComment> &comments() const { return comments_; }

private:
  std::vector<SuppressionComment> comments_;
  std::vector<uint32_t> line_starts_;
};

} // namespace lockstep
