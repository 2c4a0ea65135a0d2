#include "engine/suppression.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace lockstep::engine {

namespace {
/// How a tool begins its comment, and what the comment covers.
struct Marker {
  std::string_view text;
  bool whole_file = false;
  bool foreign = false;
};
} // namespace

/// Longer ones first: one is a prefix of the other.
static constexpr std::array<Marker, 5> markers{{{"lockstep:ignore-file", true, false},
                                                {"lockstep:ignore", false, false},
                                                {"squawk-ignore-file", true, true},
                                                {"squawk-ignore", false, true},
                                                {"atlas:nolint", false, true}}};

static bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// The comment's words, without "--" or "/* */".
static Range contentOf(std::string_view text, const SqlComment &comment) {
  Range content = comment.range;
  content.begin += 2;
  if (comment.block)
    content.end = std::max(content.begin, content.end - 2);
  while (!content.empty() && isBlank(text[content.begin]))
    ++content.begin;
  while (!content.empty() && isBlank(text[content.end - 1]))
    --content.end;
  return content;
}

static const Marker *markerOf(std::string_view content) {
  for (const Marker &marker : markers) {
    if (!content.starts_with(marker.text))
      continue;
    if (content.size() == marker.text.size() || isBlank(content[marker.text.size()]) ||
        content[marker.text.size()] == ':')
      return &marker;
  }
  return nullptr;
}

bool mayHaveSuppressions(std::string_view text, std::span<const SqlComment> comments) {
  return std::any_of(comments.begin(), comments.end(), [&](const SqlComment &comment) {
    Range content = contentOf(text, comment);
    return markerOf(text.substr(content.begin, content.size())) != nullptr;
  });
}

/// Where the reason's separator stands: a colon before a blank or the end; lockstep's own form. The
/// other tools end their list at " -- ".
static size_t endOfWords(std::string_view content, bool foreign) {
  if (foreign)
    return std::min(content.find(" -- "), content.size());
  for (size_t i = 0; i < content.size(); ++i)
    if (content[i] == ':' && (i + 1 == content.size() || isBlank(content[i + 1])))
      return i;
  return content.size();
}

/// Splits a list at commas (lockstep) or at commas and blanks (other tools).
static std::vector<SuppressionComment::Word> wordsIn(std::string_view text, Range list,
                                                     bool foreign) {
  std::vector<SuppressionComment::Word> words;
  auto isSeparator = [&](char c) { return c == ',' || (foreign && isBlank(c)); };
  for (uint32_t at = list.begin; at < list.end;) {
    uint32_t end = at;
    while (end < list.end && !isSeparator(text[end]))
      ++end;
    std::string_view word = trim(text.substr(at, end - at));
    if (!word.empty()) {
      auto begin = static_cast<uint32_t>(word.data() - text.data());
      SuppressionComment::Word &added = words.emplace_back();
      added.text = word;
      added.where = {begin, begin + static_cast<uint32_t>(word.size())};
    }
    at = end + 1;
  }
  return words;
}

static bool namesRule(std::string_view word, const Rule &rule) {
  if (word == rule.id.text)
    return true;
  return std::any_of(rule.aliases.begin(), rule.aliases.end(), [&](std::string_view alias) {
    return alias == word || alias.substr(alias.find(':') + 1) == word;
  });
}

/// For each comment the first byte after it that is neither blank nor comment.
static std::vector<uint32_t> nextTokens(std::string_view text,
                                        std::span<const SqlComment> comments) {
  std::vector<uint32_t> tokens(comments.size());
  for (size_t i = comments.size(); i-- > 0;) {
    uint32_t at = comments[i].range.end;
    while (at < text.size() && isBlank(text[at]))
      ++at;
    // Between comments blanks alone are looked at, so that each is looked at once.
    const bool before_next = i + 1 < comments.size() && comments[i + 1].range.begin == at;
    tokens[i] = before_next ? tokens[i + 1] : at;
  }
  return tokens;
}

/// Whether something other than blanks stands before `at` on its line, which starts at `line`.
static bool isBehindCode(std::string_view text, uint32_t line, uint32_t at) {
  while (at > line && !trim(text.substr(at - 1, 1)).size())
    --at;
  return at > line;
}

FileSuppressions::FileSuppressions(std::shared_ptr<const SourceFile> source,
                                   std::span<const SqlComment> comments, const Selection &selection)
    : source_(std::move(source)), lines_(source_->text), rules_(selection.rules()) {
  std::string_view text = source_->text;
  const std::vector<uint32_t> tokens = nextTokens(text, comments);
  for (const SqlComment &comment : comments) {
    Range content = contentOf(text, comment);
    const Marker *marker = markerOf(text.substr(content.begin, content.size()));
    if (!marker)
      continue;
    SuppressionComment parsed;
    parsed.whole_file = marker->whole_file;
    parsed.foreign = marker->foreign;
    parsed.where = comment.range;
    parsed.line = lines_.lineOf(comment.range.end);
    Range line = lines_.lineRange(lines_.lineOf(comment.range.begin));
    parsed.trailing = isBehindCode(text, line.begin, comment.range.begin);
    parsed.target = tokens[static_cast<size_t>(&comment - comments.data())];

    Range rest{content.begin + static_cast<uint32_t>(marker->text.size()), content.end};
    std::string_view rest_text = text.substr(rest.begin, rest.size());
    size_t end = endOfWords(rest_text, marker->foreign);
    if (end < rest_text.size())
      parsed.reason = trim(rest_text.substr(end + (marker->foreign ? 4 : 1)));
    parsed.words =
        wordsIn(text, {rest.begin, rest.begin + static_cast<uint32_t>(end)}, marker->foreign);
    for (SuppressionComment::Word &word : parsed.words) {
      for (const Rule *rule : rules_) {
        if (!namesRule(word.text, *rule))
          continue;
        word.known = true;
        word.selected = word.selected || selection.severityOf(*rule) != Severity::off;
      }
      if (!word.known && !marker->foreign)
        word.problem = unknownRuleMessage(rules_, word.text);
    }
    comments_.push_back(std::move(parsed));
  }
  indexComments();
}

void FileSuppressions::indexComments() {
  for (uint32_t number = 0; number < comments_.size(); ++number) {
    const SuppressionComment &comment = comments_[number];
    if (comment.words.empty() && comment.foreign)
      index_.add(comment, number, 0, "", lines_);
    for (uint32_t word = 0; word < comment.words.size(); ++word)
      for (const Rule *rule : rules_)
        if (comment.words[word].known && namesRule(comment.words[word].text, *rule))
          index_.add(comment, number, word, rule->id.text, lines_);
  }
}

void FileSuppressions::apply(Finding &finding) {
  const std::optional<uint32_t> comment = index_.cover(finding, lines_, comments_);
  if (comment && !finding.suppressed)
    finding.suppressed = Suppression{"comment", comments_[*comment].reason};
}

} // namespace lockstep::engine
