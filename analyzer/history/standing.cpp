#include "history/standing.hpp"

#include "base/text.hpp"
#include "history/formats/format.hpp"
#include "sql/text/lexer.hpp"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace lockstep::history {

/// The same for versions that compare as equal: without leading zeros of numbers and without the
/// parts at the end that are zero ("1.0").
static std::string versionKey(std::string_view version) {
  std::string key;
  bool in_number = false;
  for (size_t i = 0; i < version.size(); ++i) {
    bool digit = version[i] >= '0' && version[i] <= '9';
    bool more = i + 1 < version.size() && version[i + 1] >= '0' && version[i + 1] <= '9';
    if (!in_number && version[i] == '0' && more)
      continue;
    in_number = digit;
    key += version[i];
  }
  while (key.ends_with(".0"))
    key.resize(key.size() - 2);
  return key;
}

static bool hasDownFile(const Migration &migration) {
  return std::any_of(migration.files.begin(), migration.files.end(),
                     [](const MigrationFile &file) { return file.direction == Direction::down; });
}

Standings::Standings(const History &history, const ChangeSetMembers *members,
                     const TextBefore &text_before, bool down)
    : history_(history), members_(members), text_before_(text_before), down_(down) {
  bool by_version = history.format && !history.format->conduct.same_version.empty();
  std::unordered_map<std::string, uint32_t> first;
  for (uint32_t i = 0; i < history.migrations.size(); ++i) {
    const Migration &migration = history.migrations[i];
    same_version_.push_back(i);
    has_down_files_ = has_down_files_ || hasDownFile(migration);
    if (migration.repeatable)
      continue;
    if (by_version)
      same_version_.back() = first.emplace(versionKey(migration.version), i).first->second;
    if (members && !(*members)[i])
      last_outside_ = &migration;
  }
}

bool Standings::lacksDown(const Migration &migration, const FileLayout &layout) const {
  Downs downs = history_.format ? history_.format->downs : Downs::none;
  bool is_asked = down_ && !migration.repeatable &&
                  (downs == Downs::usual || (downs == Downs::optional && has_down_files_));
  return is_asked && layout.has(Direction::up) && !layout.has(Direction::down) &&
         !hasDownFile(migration);
}

/// The tokens of the up units of this name, without comments and with one blank between them; units
/// that run again when they change are left out.
static std::string upText(std::string_view text, const FileLayout &layout, std::string_view unit) {
  std::string masked = maskedText(text, layout, true, false);
  std::string tokens;
  for (const Unit &candidate : layout.units) {
    if (candidate.direction != Direction::up || candidate.repeatable || candidate.name != unit)
      continue;
    std::string_view section = masked;
    section = section.substr(candidate.section.begin, candidate.section.size());
    Lexer lexer(section);
    for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
      if (!token.isComment())
        tokens.append(section.substr(token.begin, token.size)).append(" ");
  }
  return tokens;
}

/// The first line of `text` that `before` does not have at its place.
static Range firstChange(std::string_view text, std::string_view before) {
  size_t same = static_cast<size_t>(
      std::mismatch(text.begin(), text.end(), before.begin(), before.end()).first - text.begin());
  if (same == text.size() && same > 0)
    --same;
  size_t begin = same == 0 ? 0 : text.find_last_of("\r\n", same - 1);
  begin = begin == text.npos ? 0 : begin + (same == 0 ? 0 : 1);
  size_t end = std::min(text.find_first_of("\r\n", same), text.size());
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(std::max(begin, end))};
}

/// Where a text that servers may have run was changed. A runner that records checksums minds each
/// byte; to others comments and blanks are nothing. Where a file holds several named units, each is
/// looked at by itself: new ones are nothing that has run.
static std::optional<Range> changeOf(const History &history, const MigrationFile &file,
                                     std::string_view text, const FileLayout &layout,
                                     const std::string &before) {
  if (text == before)
    return std::nullopt;
  FileLayout layout_before = layoutOf(history, file, before);
  bool named = false;
  for (const Unit &unit : layout_before.units) {
    if (unit.name.empty() || unit.direction == Direction::down || unit.repeatable)
      continue;
    named = true;
    std::string was = upText(before, layout_before, unit.name);
    auto now = std::find_if(layout.units.begin(), layout.units.end(), [&](const Unit &other) {
      return other.name == unit.name && other.direction == Direction::up && !other.repeatable;
    });
    if (now != layout.units.end() && upText(text, layout, unit.name) != was) {
      std::string_view body = text.substr(now->section.begin, now->section.size());
      uint32_t begin =
          now->section.begin +
          static_cast<uint32_t>(std::min(body.find_first_not_of(" \t\r\n"), body.size()));
      return Range{begin,
                   static_cast<uint32_t>(std::min(text.find_first_of("\r\n", begin), text.size()))};
    }
  }
  if (named)
    return std::nullopt;
  bool minds_each_byte = history.format && !history.format->conduct.changed.empty();
  if (!minds_each_byte && upText(before, layout_before, "") == upText(text, layout, ""))
    return std::nullopt;
  return firstChange(text, before);
}

Standing Standings::of(uint32_t index, uint32_t file_index, std::string_view text,
                       const FileLayout &layout) const {
  const Migration &migration = history_.migrations[index];
  const MigrationFile &file = migration.files[file_index];
  Standing standing;
  if (file.direction == Direction::down || file.included || migration.repeatable)
    return standing;
  if (file_index == 0) {
    if (same_version_[index] != index)
      standing.same_version = &history_.migrations[same_version_[index]];
    standing.lacks_down = lacksDown(migration, layout);
  }
  if (!members_ || !(*members_)[index])
    return standing;
  std::optional<std::string> before = text_before_ ? text_before_(file) : std::nullopt;
  if (before)
    standing.changed = changeOf(history_, file, text, layout, *before);
  else if (file_index == 0 && last_outside_ > &migration)
    standing.overtaken_by = last_outside_;
  return standing;
}

} // namespace lockstep::history
