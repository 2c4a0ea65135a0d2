#pragma once
#include "diag/finding.hpp"
#include "report/layer.hpp"
#include "report/places.hpp"

#include <string>

namespace lockstep::report {

// Parts of our own JSON documents (DESIGN: JSON), for any type that is built like nlohmann's
// ordered_json: its header stays in the sources.

/// An object with room for so many members: one that grows copies the names that it has.
template <class Json> [[nodiscard]] Json objectOf(size_t members) {
  Json json = Json::object();
  json.template get_ref<typename Json::object_t &>().reserve(members);
  return json;
}

template <class Json>
[[nodiscard]] Json rangeJson(Places &places, const std::string &file, Range range) {
  auto position = [](Position at, uint32_t offset) {
    Json json = objectOf<Json>(3);
    json["line"] = at.line;
    json["column"] = at.column;
    json["offset"] = offset;
    return json;
  };
  Span span = places.span(file, range);
  Json json = objectOf<Json>(2);
  json["start"] = position(span.start, range.begin);
  json["end"] = position(span.end, range.empty() ? range.begin : range.end);
  return json;
}

/// Null for an empty text.
template <class Json> [[nodiscard]] Json textOrNull(std::string_view text) {
  return text.empty() ? Json(nullptr) : Json(std::string(text));
}

template <class Json> [[nodiscard]] Json noticeJson(Places &places, const Notice &notice) {
  Json json = objectOf<Json>(4);
  json["kind"] = notice.kind;
  json["message"] = notice.message;
  json["file"] = textOrNull<Json>(notice.file);
  json["range"] = places.lines(notice.file) ? rangeJson<Json>(places, notice.file, notice.range)
                                            : Json(nullptr);
  return json;
}

} // namespace lockstep::report
