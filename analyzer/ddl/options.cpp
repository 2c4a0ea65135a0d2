#include "ddl/options.hpp"

#include "ops/name.hpp"

namespace lockstep::ddl {

std::string optionList(const std::vector<Option> &options) {
  std::string text;
  for (const Option &option : options) {
    text += (text.empty() ? "" : ", ") + option.name;
    if (option.value.empty())
      continue;
    const bool simple = option.value.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") ==
                        std::string::npos;
    text += "=" + (simple ? option.value : quoteLiteral(option.value));
  }
  return text;
}

std::string genericOptions(const std::vector<Option> &options) {
  std::string text;
  for (const Option &option : options)
    text += (text.empty() ? "" : ", ") + quoteIdentifier(option.name) + " " +
            quoteLiteral(option.value);
  return text;
}

} // namespace lockstep::ddl
