#pragma once
#include "base/line_index.hpp"
#include "diag/finding.hpp"
#include "engine/layer.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

namespace lockstep::engine {

struct SuppressionComment;

/// Which suppression comments of a file cover a finding, found without a look at each of them: a
/// file may have as many comments as findings.
class SuppressionIndex {
public:
  /// Adds what word number `word` of comment number `number` says of a rule; comments are added in
  /// the order of the file. For a comment without words, which speaks of all rules, `rule` is
  /// empty.
  void add(const SuppressionComment &comment, uint32_t number, uint32_t word, std::string_view rule,
           const LineIndex &lines);

  /// Marks all words that cover the finding as used; the number of the first comment with one.
  std::optional<uint32_t> cover(const Finding &finding, const LineIndex &lines,
                                std::span<SuppressionComment> comments);

private:
  /// By what a comment covers.
  enum class Kind { file, statement, line_in_statement, trailing };

  /// Words about one rule that cover by the same thing, by where they stand.
  struct Group {
    struct Entry {
      uint32_t place = 0; ///< A byte of the comment; the line of a trailing one.
      uint32_t comment = 0;
      uint32_t word = 0;
      uint32_t next_unused = 0; ///< An entry from this one on, before which none is unused.
    };
    std::vector<Entry> entries;

    uint32_t firstUnused(uint32_t from);
  };
  using Groups = std::map<std::tuple<Kind, std::string_view, uint32_t>, Group>;

  /// The same for one group, of which only the places from `low` to `high` count.
  void coverBy(Kind kind, std::string_view rule, uint32_t by, uint32_t low, uint32_t high,
               std::span<SuppressionComment> comments, std::optional<uint32_t> &first);

  Groups groups_;
};

} // namespace lockstep::engine
