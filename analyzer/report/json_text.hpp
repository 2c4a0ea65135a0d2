#pragma once
#include "report/layer.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockstep::report {

/// Writes a JSON document value by value, for reports of many thousand: a document of objects takes
/// more time and memory than all that made it. The text is safe to print; see sealJson.
///
/// Each value of an object follows its key(). Layout as nlohmann's dump() makes it.
class JsonText {
public:
  /// `indent` blanks for each level; negative: all on one line.
  explicit JsonText(int indent) : indent_(indent) {}

  void beginObject() { open('{'); }
  void endObject() { close('}'); }
  void beginArray() { open('['); }
  void endArray() { close(']'); }
  /// `name` is a word of ours: nothing in it needs to be escaped.
  void key(std::string_view name);

  void value(std::string_view text);
  void value(const char *text) { value(std::string_view(text)); }
  void value(bool truth) { plain(truth ? "true" : "false"); }
  template <std::integral Number> void value(Number number) { plain(std::to_string(number)); }
  void null() { plain("null"); }
  /// Null for an empty text.
  void textOrNull(std::string_view text);

  template <class T> void member(std::string_view name, const T &content) {
    key(name);
    value(content);
  }
  void value(const std::vector<std::string> &list);

  /// The document, with a line break at its end.
  [[nodiscard]] std::string take();

private:
  void open(char bracket);
  void close(char bracket);
  void plain(std::string_view text);
  /// What stands before a value: a comma, a line break, blanks.
  void separate();
  void breakLine();

  std::string text_;
  int indent_;
  int depth_ = 0;
  bool is_first_ = true;   ///< Of its object or array.
  bool after_key_ = false; ///< A key waits for its value.
};

} // namespace lockstep::report
