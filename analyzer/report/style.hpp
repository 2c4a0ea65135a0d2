#pragma once
#include "diag/finding.hpp"
#include "report/layer.hpp"

#include <string>
#include <string_view>

namespace lockstep::report {

/// Colours of a terminal, or none.
class Style {
public:
  explicit Style(bool color) : color_(color) {}

  [[nodiscard]] std::string bold(std::string_view text) const { return wrap("1", text); }
  [[nodiscard]] std::string dim(std::string_view text) const { return wrap("2", text); }
  [[nodiscard]] std::string accent(std::string_view text) const { return wrap("36", text); }
  [[nodiscard]] std::string severity(Severity severity, std::string_view text) const {
    switch (severity) {
    case Severity::error:
      return wrap("1;31", text);
    case Severity::warning:
      return wrap("1;33", text);
    case Severity::info:
    case Severity::off:
      return wrap("1;34", text);
    }
    return std::string(text);
  }

private:
  [[nodiscard]] std::string wrap(std::string_view code, std::string_view text) const {
    if (!color_ || text.empty())
      return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }

  bool color_;
};

} // namespace lockstep::report
