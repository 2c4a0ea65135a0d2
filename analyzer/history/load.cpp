#include "history/load.hpp"

namespace lockstep {

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

LoadedFile Loader::parse(const MigrationFile &file, const LoadOptions &options,
                         std::string text) const {
  LoadedFile loaded;
  auto source = std::make_shared<SourceFile>();
  source->path = file.path;
  source->text = std::move(text);
  loaded.layout = std::make_shared<FileLayout>(layoutOf(history_, file, source->text));
  loaded.source = std::move(source);
  loaded.too_large = loaded.source->text.size() > ScriptOptions().whole_file_limit;
  if (loaded.too_large)
    return loaded;
  if (needsMask(*loaded.layout, options.up, options.down))
    loaded.script =
        parseScript(maskedText(loaded.source->text, *loaded.layout, options.up, options.down));
  else
    loaded.script = parseScript(loaded.source->text);
  loaded.in_units = countStatements(*loaded.layout, loaded.script);
  return loaded;
}

void Loader::loadAhead() {
  constexpr size_t most_bytes = size_t{2} << 20;
  constexpr size_t most_files = 512;
  // What one thread allocates and another frees costs more than small texts take to parse.
  constexpr size_t worth_threads = size_t{1} << 19;
  size_t first = next_;
  size_t bytes = 0;
  std::vector<std::string> texts;
  while (next_ < requests_.size() && bytes < most_bytes && texts.size() < most_files) {
    Result<std::string> text = read_(requests_[next_++].file->path);
    bytes += text ? text->size() : 0;
    texts.push_back(text ? std::move(*text) : std::string());
    ahead_.push_back(text ? Result<LoadedFile>(LoadedFile()) : Result<LoadedFile>(text.error()));
  }
  auto parseOne = [&](size_t i) {
    const Request &request = requests_[first + i];
    if (ahead_[i])
      ahead_[i] = parse(*request.file, request.options, std::move(texts[i]));
  };
  if (pool_ && texts.size() > 1 && bytes >= worth_threads) {
    pool_()->forEach(texts.size(), parseOne);
    return;
  }
  for (size_t i = 0; i < texts.size(); ++i)
    parseOne(i);
}

Result<LoadedFile> Loader::load(const MigrationFile &file, const LoadOptions &options) {
  bool is_next = next_ < requests_.size() && requests_[next_].file == &file;
  if (ahead_.empty() && is_next)
    loadAhead();
  if (!ahead_.empty() && requests_[next_ - ahead_.size()].file == &file) {
    Result<LoadedFile> loaded = std::move(ahead_.front());
    ahead_.pop_front();
    return loaded;
  }
  Result<std::string> text = read_(file.path);
  if (!text)
    return text.error();
  return parse(file, options, std::move(*text));
}

void streamFile(LoadedFile &file, const LoadOptions &options, const StatementSink &sink) {
  if (!needsMask(*file.layout, options.up, options.down)) {
    file.script = parseScript(file.source->text, {}, sink);
    return;
  }
  std::string masked = maskedText(file.source->text, *file.layout, options.up, options.down);
  file.script = parseScript(masked, {}, sink);
}

} // namespace lockstep
