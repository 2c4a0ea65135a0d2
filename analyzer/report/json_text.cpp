#include "report/json_text.hpp"

#include "report/escape.hpp"

#include <utility>

namespace lockstep::report {

void JsonText::breakLine() {
  if (indent_ < 0)
    return;
  const size_t at = text_.size();
  text_.append(1 + static_cast<size_t>(indent_ * depth_), ' ');
  text_[at] = '\n';
}

void JsonText::separate() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (!is_first_)
    text_ += ',';
  is_first_ = false;
  if (depth_ > 0)
    breakLine();
}

void JsonText::open(char bracket) {
  separate();
  text_ += bracket;
  ++depth_;
  is_first_ = true;
}

void JsonText::close(char bracket) {
  --depth_;
  if (!is_first_)
    breakLine();
  text_ += bracket;
  is_first_ = false;
}

void JsonText::key(std::string_view name) {
  separate();
  text_ += '"';
  text_ += name;
  text_ += '"';
  text_ += ':';
  if (indent_ >= 0)
    text_ += ' ';
  after_key_ = true;
}

void JsonText::plain(std::string_view text) {
  separate();
  text_ += text;
}

void JsonText::value(std::string_view text) {
  separate();
  appendJsonString(text_, text);
}

void JsonText::textOrNull(std::string_view text) { text.empty() ? null() : value(text); }

void JsonText::value(const std::vector<std::string> &list) {
  beginArray();
  for (const std::string &text : list)
    value(text);
  endArray();
}

std::string JsonText::take() {
  text_ += '\n';
  return std::move(text_);
}

} // namespace lockstep::report
