#include "fuzz/git.hpp"

#include "base/hash.hpp"
#include "history/files/git_blob.hpp"
#include "history/files/git_output.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>

namespace lockstep::test {

using namespace history;

static void require(bool holds, const char *what) {
  if (holds)
    return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

static void checkView(std::string_view part, std::string_view whole) {
  const std::less_equal<> precedes;
  require(part.empty() || (precedes(whole.data(), part.data()) &&
                           precedes(part.data() + part.size(), whole.data() + whole.size())),
          "what is read lies within what was printed");
}

static void checkPath(std::string_view path, std::string_view whole) {
  checkView(path, whole);
  const std::string framed = "/" + std::string(path) + "/";
  require(!path.empty() && !path.starts_with('/') && framed.find("/../") == std::string::npos,
          "paths lead nowhere but below the root");
}

/// Puts pieces of `text` into `printed`.
static std::string disturbed(std::string printed, std::string_view text, unsigned choice) {
  uint64_t state = base::stableHash(text, choice + 1);
  const auto below = [&](size_t limit) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return limit == 0 ? 0 : static_cast<size_t>((state >> 33) % limit);
  };
  for (size_t i = below(4); i > 0; --i) {
    const size_t at = below(printed.size() + 1);
    const size_t from = below(text.size() + 1);
    const std::string_view piece = text.substr(from, below(12));
    switch (below(5)) {
    case 0:
      printed.insert(at, piece);
      break;
    case 1:
      printed.replace(at, std::min(piece.size(), printed.size() - at), piece);
      break;
    case 2:
      printed.erase(at, below(20));
      break;
    case 3:
      printed.insert(at, 1, "\0\t\n ./0"[below(7)]);
      break;
    default:
      printed.resize(at);
      break;
    }
  }
  return printed;
}

void fuzzGit(std::string_view text, unsigned choice) {
  const std::string id(choice % 2 == 0 ? 40 : 64, 'a');
  const std::string end(1, '\0');
  const std::string index = disturbed(
      "H 100644 " + id + " 0\tdb/1_a.sql" + end + "S 120000 " + id + " 2\tb c" + end, text, choice);
  if (const auto entries = parseIndex(index))
    for (const IndexEntry &entry : *entries) {
      checkPath(entry.path, index);
      checkView(entry.id, index);
      require(entry.id.size() == 40 || entry.id.size() == 64, "names of objects have their length");
    }
  const std::string difference =
      disturbed(":100644 000000 " + id + " " + id + " D" + end + "db/0" + end + ":100644 100644 " +
                    id + " " + id + " M" + end + "db/2" + end,
                text, choice);
  if (const auto changes = parseRawDiff(difference))
    for (const RawChange &change : *changes)
      checkPath(change.path, difference);
  const std::string paths = disturbed("db/1" + end + "x/" + end, text, choice);
  if (const auto list = parsePaths(paths))
    for (std::string_view path : *list)
      checkPath(path, paths);
  const std::string line = disturbed(id + " blob 12", text, choice);
  if (const auto header = parseBatchHeader(line, id))
    checkView(header->type, line);
  const std::string pointer =
      disturbed("version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'b') +
                    "\nsize 12\n",
                text, choice);
  if (const auto read = parseLfsPointer(pointer))
    require(read->sha256.size() == 64, "a pointer has a whole hash");
  require(isCheckoutOf(text, blobId(text, id.size())), "a text is a checkout of itself");
}

} // namespace lockstep::test
