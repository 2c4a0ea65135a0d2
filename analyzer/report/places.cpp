#include "report/places.hpp"

#include "report/escape.hpp"

namespace lockstep::report {

const LineIndex *Places::lines(const std::string &file) {
  if (last_.second && last_.first == file)
    return last_.second;
  auto index = indexes_.find(file);
  if (index == indexes_.end()) {
    auto source = sources_.find(file);
    if (source == sources_.end())
      return nullptr;
    index = indexes_.emplace(file, LineIndex(source->second->text)).first;
  }
  last_ = {index->first, &index->second};
  return last_.second;
}

Span Places::span(const std::string &file, Range range, ColumnUnit unit) {
  const LineIndex *index = lines(file);
  if (!index)
    return {};
  Position start = index->position(range.begin, unit);
  return {start, range.empty() ? start : index->position(range.end, unit)};
}

std::string placeText(Places &places, const std::string &file, Range range) {
  Position start = places.span(file, range).start;
  return printablePath(file) + ":" + std::to_string(start.line) + ":" +
         std::to_string(start.column);
}

} // namespace lockstep::report
