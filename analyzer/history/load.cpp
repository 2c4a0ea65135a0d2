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

Result<LoadedFile> loadFile(const History &history, const MigrationFile &file,
                            const LoadOptions &options, const FileReader &read) {
  Result<std::string> text = read(file.path);
  if (!text)
    return text.error();
  LoadedFile loaded;
  auto source = std::make_shared<SourceFile>();
  source->path = file.path;
  source->text = std::move(*text);
  loaded.layout = std::make_shared<FileLayout>(layoutOf(history, file, source->text));
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

void streamFile(LoadedFile &file, const LoadOptions &options, const StatementSink &sink) {
  if (!needsMask(*file.layout, options.up, options.down)) {
    file.script = parseScript(file.source->text, {}, sink);
    return;
  }
  std::string masked = maskedText(file.source->text, *file.layout, options.up, options.down);
  file.script = parseScript(masked, {}, sink);
}

} // namespace lockstep
