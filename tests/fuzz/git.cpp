#include "fuzz/git.hpp"

#include "fuzz/disturb.hpp"
#include "history/files/git_blob.hpp"
#include "history/files/git_output.hpp"

#include <functional>
#include <string>

namespace lockstep::test {

using namespace history;

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
