#include "history/reading/evidence.hpp"

#include "base/text.hpp"
#include "history/reading/names.hpp"

namespace lockstep::history {

std::optional<Evidence> markedEvidence(const Folder &folder,
                                       std::string_view (*mark)(std::string_view)) {
  for (const Folder::Sample &sample : folder.samples())
    if (std::string_view line = mark(headOf(sample.text)); !line.empty())
      return Evidence{format("{} in {}", line, sample.file), Evidence::content};
  return std::nullopt;
}

} // namespace lockstep::history
