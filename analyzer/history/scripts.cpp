#include "history/scripts.hpp"

#include "history/formats/format.hpp"

#include <map>
#include <utility>

namespace lockstep::history {

static std::vector<uint32_t> countStatements(const FileLayout &layout, const Script &script) {
  std::vector<uint32_t> counts(layout.units.size());
  auto count = [&](Range statement) {
    if (size_t unit = layout.unitAt(statement.begin); unit < counts.size())
      ++counts[unit];
  };
  for (const auto &statement : script.statements)
    count(statement->range);
  for (const ScriptProblem &problem : script.problems)
    if (!problem.statement.empty())
      count(problem.statement);
  return counts;
}

Scripts::Scripts(std::shared_ptr<const History> history, FileReader read, Options options)
    : history_(std::move(history)), read_(std::move(read)), options_(std::move(options)) {
  makeSlots();
}

void Scripts::makeSlots() {
  first_.clear();
  slots_.clear();
  for (const Migration &migration : history_->migrations) {
    first_.push_back(slots_.size());
    for (const MigrationFile &file : migration.files)
      slots_.emplace_back().file = &file;
  }
}

std::shared_ptr<const ParsedFile> Scripts::parse(const Slot &slot, std::string text) const {
  if (slot.before && slot.before->source->text == text)
    return slot.before;
  auto parsed = std::make_shared<ParsedFile>();
  auto source = std::make_shared<SourceFile>();
  source->path = slot.file->path;
  source->text = std::move(text);
  parsed->layout = std::make_shared<FileLayout>(layoutOf(*history_, *slot.file, source->text));
  parsed->source = std::move(source);
  parsed->too_large = parsed->source->text.size() > ScriptOptions().whole_file_limit;
  if (parsed->too_large)
    return parsed;
  const auto [up, down] = options_.directions;
  parsed->script = needsMask(*parsed->layout, up, down)
                       ? parseScript(maskedText(parsed->source->text, *parsed->layout, up, down))
                       : parseScript(parsed->source->text);
  parsed->in_units = countStatements(*parsed->layout, parsed->script);
  return parsed;
}

/// Loads the file of a slot and those behind it that are not loaded either and run by themselves.
void Scripts::loadAhead(size_t first) {
  constexpr size_t most_bytes = size_t{2} << 20;
  constexpr size_t most_files = 512;
  // What one thread allocates and another frees costs more than small texts take to parse.
  constexpr size_t worth_threads = size_t{1} << 19;
  const auto isWaiting = [&](const Slot &slot) {
    return !slot.parsed && slot.asked == 0 && !slot.file->included &&
           (options_.directions.down || slot.file->direction != Direction::down);
  };
  size_t bytes = 0;
  std::vector<std::pair<Slot *, std::string>> texts;
  for (size_t i = first; i < slots_.size() && bytes < most_bytes && texts.size() < most_files;
       ++i) {
    if (i != first && slots_[i].parsed)
      break;
    if (i != first && !isWaiting(slots_[i]))
      continue;
    Result<std::string> text = read_(slots_[i].file->path);
    if (!text) {
      slots_[i].parsed.emplace(text.error());
      continue;
    }
    bytes += text->size();
    texts.emplace_back(&slots_[i], std::move(*text));
  }
  auto parseOne = [&](size_t i) {
    auto &[slot, text] = texts[i];
    slot->parsed.emplace(parse(*slot, std::move(text)));
    slot->before.reset();
  };
  if (options_.pool && texts.size() > 1 && bytes >= worth_threads) {
    options_.pool()->forEach(texts.size(), parseOne);
    return;
  }
  for (size_t i = 0; i < texts.size(); ++i)
    parseOne(i);
}

Result<std::shared_ptr<const ParsedFile>> Scripts::load(uint32_t migration, uint32_t file) {
  const std::lock_guard guard(lock_);
  const size_t place = first_[migration] + file;
  Slot &slot = slots_[place];
  if (!slot.parsed)
    loadAhead(place);
  ++slot.asked;
  // A file may be included any number of times.
  if (options_.readers == 0 || slot.file->included || slot.asked < options_.readers)
    return *slot.parsed;
  Result<std::shared_ptr<const ParsedFile>> last = std::move(*slot.parsed);
  slot.parsed.reset();
  return last;
}

void Scripts::update(std::shared_ptr<const History> history,
                     const std::function<bool(const std::string &path)> &changed) {
  std::map<std::string, std::pair<MigrationFile, std::shared_ptr<const ParsedFile>>> known;
  for (const Slot &slot : slots_)
    if (slot.parsed && *slot.parsed)
      known.try_emplace(slot.file->path, *slot.file, **slot.parsed);
  const std::shared_ptr<const History> old = std::exchange(history_, std::move(history));
  makeSlots();
  if (!readsAlike(*old, *history_))
    return;
  for (Slot &slot : slots_) {
    auto place = known.find(slot.file->path);
    if (place == known.end() || place->second.first != *slot.file)
      continue;
    if (changed(slot.file->path))
      slot.before = place->second.second;
    else
      slot.parsed.emplace(place->second.second);
  }
}

Script streamFile(const ParsedFile &file, const UnitDirections &directions,
                  const StatementSink &sink) {
  const auto [up, down] = directions;
  if (!needsMask(*file.layout, up, down))
    return parseScript(file.source->text, {}, sink);
  return parseScript(maskedText(file.source->text, *file.layout, up, down), {}, sink);
}

} // namespace lockstep::history
