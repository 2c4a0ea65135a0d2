#include "history/reading/package_json.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>

namespace lockstep::history {

int versionNumber(std::string_view text) {
  size_t digit = text.find_first_of("0123456789");
  int numbers[2] = {0, 0};
  for (int &number : numbers) {
    for (; digit < text.size() && text[digit] >= '0' && text[digit] <= '9' && number < 1000;
         ++digit)
      number = number * 10 + (text[digit] - '0');
    if (digit >= text.size() || text[digit] != '.')
      break;
    ++digit;
  }
  return numbers[0] > 0 ? numbers[0] * 1000 + std::min(numbers[1], 999) : 0;
}

int packageVersion(const Folder &folder, std::string_view package) {
  const std::string key = format("\"{}\"", package);
  const std::string text = folder.projectFile("package.json", key).text;
  // A script may be called so, too: the first place with a number counts.
  for (size_t at = text.find(key); at != text.npos; at = text.find(key, at + 1)) {
    const size_t begin = at + key.size();
    const size_t end = std::min(text.find_first_of(",}\n", begin), text.size());
    if (int version = versionNumber(std::string_view(text).substr(begin, end - begin)); version > 0)
      return version;
  }
  return 0;
}

} // namespace lockstep::history
