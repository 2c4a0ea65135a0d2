#pragma once
#include "base/range.hpp"
#include "diag/layer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::diag {

/// How bad a finding is; `off` switches a rule off. Ordered from least to worst.
enum class Severity : uint8_t { off, info, warning, error };
/// What a rule guards; also its folder in rules/.
enum class Category : uint8_t {
  locking,
  compatibility,
  data_loss,
  failure,
  security,
  hygiene,
  style
};
/// The phase of expand/contract that a statement belongs to.
enum class Phase : uint8_t { none, expand, migrate, contract };
/// Whether a fix may be applied without a person's look.
enum class FixSafety : uint8_t { safe, unsafe };

[[nodiscard]] std::string_view name(Severity severity);
[[nodiscard]] std::string_view name(Category category);
[[nodiscard]] std::string_view name(Phase phase); ///< Empty for `none`.
[[nodiscard]] std::string_view name(FixSafety safety);
[[nodiscard]] std::optional<Severity> severityNamed(std::string_view name);
[[nodiscard]] std::optional<Category> categoryNamed(std::string_view name);

/// A replacement of the bytes at `range` of the finding's file.
struct Edit {
  Range range;
  std::string text;
};

/// One way to mend a finding: edits that are applied together, in one file.
struct Fix {
  std::string title;
  FixSafety safety = FixSafety::unsafe;
  std::vector<Edit> edits;
};

/// A further place that a finding speaks of: where the object was defined, what holds the lock.
struct Label {
  std::string message;
  std::string file;
  Range range;
};

/// Why a finding is not counted.
struct Suppression {
  std::string kind; ///< "comment", "config" or "baseline".
  std::string reason;
};

/// One thing reported about the user's SQL.
struct Finding {
  std::string rule; ///< The rule's id.
  Category category = Category::hygiene;
  Severity severity = Severity::warning;
  Phase phase = Phase::none;
  std::string message; ///< Lower case, no final period: what, under which lock, until when.
  std::string help;    ///< What to do instead.
  std::string file;
  std::string migration; ///< The migration's version; empty where it has none.
  Range range;
  std::string statement_kind; ///< PostgreSQL's node name, e.g. "AlterTableStmt".
  Range statement;
  uint64_t statement_hash = 0;      ///< Of its normalised text; 0 until it is hashed.
  uint64_t kin_hash = 0;            ///< Of rule, file and normalised statement: its fingerprint
                                    ///< but for which one of those alike it is.
  std::vector<std::string> objects; ///< Qualified names: "public.users.full_name".
  std::vector<Label> related;
  std::vector<Fix> fixes;
  std::vector<std::string> assumptions; ///< What was taken as given about unknown objects.
  std::vector<int> postgres;            ///< Server versions that it holds for; empty: not said.
  std::string
      fingerprint; ///< Stable across moved lines: rule, file, normalised statement, occurrence.
  std::optional<Suppression> suppressed;
};

/// Something about the analysis itself that the user should know: a statement that was not
/// analysed, a directory that was skipped.
struct Notice {
  std::string kind; ///< "unanalyzed", "execution", "incomplete", ….
  std::string message;
  std::string file;
  Range range;
};

/// Orders findings as they are printed: by file, place, rule, message.
void sortFindings(std::vector<Finding> &findings);

} // namespace lockstep::diag
