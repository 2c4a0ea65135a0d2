#pragma once
#include "base/line_index.hpp"
#include "base/source_file.hpp"
#include "diag/finding.hpp"
#include "engine/layer.hpp"
#include "engine/selection.hpp"
#include "engine/suppression_index.hpp"
#include "sql/script.hpp"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::engine {

/// One suppression comment: `-- lockstep:ignore RULE[, RULE]: reason`, `-- lockstep:ignore-file …`,
/// and those of other tools: `squawk-ignore`, `squawk-ignore-file`, `atlas:nolint`.
struct SuppressionComment {
  struct Word {
    std::string text;
    Range where;
    bool known = false;    ///< Names a rule, by id or alias.
    bool selected = false; ///< One of its rules runs, so that being unused means something.
    bool used = false;
    std::string problem; ///< For an unknown word: the message with the nearest known one.
  };
  std::vector<Word> words; ///< Empty: a foreign comment that ignores everything, or a mistake.
  std::string reason;
  bool whole_file = false;
  bool foreign = false;  ///< Of another tool: never reported as unused or unknown.
  Range where;           ///< The comment.
  bool trailing = false; ///< Stands behind code on its line.
  uint32_t line = 0;     ///< Of the comment's end, 1-based.
  uint32_t target = 0;   ///< Offset of the first token after it.
};

/// The suppressions of one file.
class FileSuppressions {
public:
  FileSuppressions(std::shared_ptr<const SourceFile> source, std::span<const SqlComment> comments,
                   const Selection &selection);

  /// Marks the finding as suppressed where a comment says so.
  ///
  /// A comment on a line of its own covers the statement that follows, or inside a statement the
  /// line that follows; a trailing one covers the statement that ends on its line and what stands
  /// on it.
  void apply(Finding &finding);

  [[nodiscard]] const std::vector<SuppressionComment> &comments() const { return comments_; }
  [[nodiscard]] const std::shared_ptr<const SourceFile> &source() const { return source_; }

private:
  void indexComments();

  std::shared_ptr<const SourceFile> source_;
  LineIndex lines_;
  std::span<const Rule *const> rules_;
  std::vector<SuppressionComment> comments_;
  SuppressionIndex index_;
};

/// True where one of the comments may be a suppression; cheap, to leave most files alone.
[[nodiscard]] bool mayHaveSuppressions(std::string_view text, std::span<const SqlComment> comments);

} // namespace lockstep::engine
