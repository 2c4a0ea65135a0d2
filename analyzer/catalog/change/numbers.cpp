#include "catalog/change/numbers.hpp"

#include <charconv>

namespace lockstep::catalog {

std::optional<NumberedName> numberedName(std::string_view name) {
  constexpr size_t most_digits = 9;
  const size_t letters = name.find_last_not_of("0123456789") + 1;
  const std::string_view digits = name.substr(letters);
  if (letters == 0 || digits.empty() || digits.front() == '0' || digits.size() > most_digits)
    return std::nullopt;
  NumberedName numbered{name.substr(0, letters), 0};
  std::from_chars(digits.data(), digits.data() + digits.size(), numbered.number);
  return numbered;
}

void noteFree(NumberMap &numbers, std::string_view schema, std::string_view name) {
  const std::optional<NumberedName> numbered = numberedName(name);
  if (!numbered)
    return;
  const NameView key{schema, numbered->stem};
  if (const uint32_t *lowest = numbers.find(key); lowest && numbered->number < *lowest)
    numbers.set(ObjectName(key), numbered->number);
}

} // namespace lockstep::catalog
