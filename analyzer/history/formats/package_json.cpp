#include "history/formats/package_json.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>

namespace lockstep {

int packageVersion(const Folder &folder, std::string_view package) {
  const std::string key = format("\"{}\"", package);
  const std::string text = folder.projectFile("package.json", key).text;
  // A script may be called so, too: the first place with a number counts.
  for (size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
    size_t line_end = std::min(text.find_first_of(",}\n", at), text.size());
    size_t digit = text.find_first_of("0123456789", at + key.size());
    int numbers[2] = {0, 0};
    for (int &number : numbers) {
      for (; digit < line_end && text[digit] >= '0' && text[digit] <= '9' && number < 1000; ++digit)
        number = number * 10 + (text[digit] - '0');
      if (digit >= line_end || text[digit] != '.')
        break;
      ++digit;
    }
    if (numbers[0] > 0)
      return numbers[0] * 1000 + std::min(numbers[1], 999);
  }
  return 0;
}

} // namespace lockstep
