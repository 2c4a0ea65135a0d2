#include "engine/suppression_index.hpp"

#include "engine/suppression.hpp"

#include <algorithm>

namespace lockstep::engine {

void SuppressionIndex::add(const SuppressionComment &comment, uint32_t number, uint32_t word,
                           std::string_view rule, const LineIndex &lines) {
  const auto addTo = [&](Kind kind, uint32_t by, uint32_t place) {
    std::vector<Group::Entry> &entries = groups_[{kind, rule, by}].entries;
    const auto own = static_cast<uint32_t>(entries.size());
    entries.push_back({place, number, word, own});
  };
  if (comment.whole_file)
    addTo(Kind::file, 0, 0);
  else if (comment.trailing)
    addTo(Kind::trailing, 0, comment.line);
  else {
    addTo(Kind::statement, comment.target, 0);
    addTo(Kind::line_in_statement, lines.lineOf(comment.target), comment.where.begin);
  }
}

uint32_t SuppressionIndex::Group::firstUnused(uint32_t from) {
  uint32_t found = from;
  while (found < entries.size() && entries[found].next_unused != found)
    found = entries[found].next_unused;
  // The way is shortened for the next one.
  while (from < found) {
    const uint32_t next = entries[from].next_unused;
    entries[from].next_unused = found;
    from = next;
  }
  return found;
}

void SuppressionIndex::coverBy(Kind kind, std::string_view rule, uint32_t by, uint32_t low,
                               uint32_t high, std::span<SuppressionComment> comments,
                               std::optional<uint32_t> &first) {
  const auto found = groups_.find({kind, rule, by});
  if (found == groups_.end())
    return;
  Group &group = found->second;
  std::vector<Group::Entry> &entries = group.entries;
  const auto from = std::lower_bound(
      entries.begin(), entries.end(), low,
      [](const Group::Entry &entry, uint32_t place) { return entry.place < place; });
  if (from == entries.end() || from->place > high)
    return;
  first = std::min(first.value_or(from->comment), from->comment);
  for (uint32_t at = group.firstUnused(static_cast<uint32_t>(from - entries.begin()));
       at < entries.size() && entries[at].place <= high; at = group.firstUnused(at)) {
    std::vector<SuppressionComment::Word> &words = comments[entries[at].comment].words;
    if (entries[at].word < words.size())
      words[entries[at].word].used = true;
    entries[at].next_unused = at + 1;
  }
}

static uint32_t lastByte(Range range) { return range.empty() ? range.begin : range.end - 1; }

std::optional<uint32_t> SuppressionIndex::cover(const Finding &finding, const LineIndex &lines,
                                                std::span<SuppressionComment> comments) {
  std::optional<uint32_t> first;
  const uint32_t line = lines.lineOf(finding.range.begin);
  const uint32_t last_line = lines.lineOf(lastByte(finding.range));
  const uint32_t end_line = lines.lineOf(lastByte(finding.statement));
  for (const std::string_view rule : {std::string_view(finding.rule), std::string_view()}) {
    coverBy(Kind::file, rule, 0, 0, 0, comments, first);
    coverBy(Kind::statement, rule, finding.statement.begin, 0, 0, comments, first);
    if (!finding.statement.empty())
      coverBy(Kind::line_in_statement, rule, line, finding.statement.begin,
              finding.statement.end - 1, comments, first);
    coverBy(Kind::trailing, rule, 0, line, last_line, comments, first);
    coverBy(Kind::trailing, rule, 0, end_line, end_line, comments, first);
  }
  return first;
}

} // namespace lockstep::engine
