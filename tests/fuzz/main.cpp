// Mutates SQL and has it checked:
//   lockstep_fuzz RUNS|SECONDSs SEED KEEP FOLDER...
// takes the .sql files and the pages' SQL below the folders as the stock to mutate. Each input is
// kept in the file KEEP while it is checked, so that one that crashes is at hand; one that takes
// longer than a minute ends the program, too. The same arguments with a number of runs make the
// same inputs.
#include "fuzz/target.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <vector>

namespace fs = std::filesystem;

/// What stands in a page's fences of SQL.
static std::string sqlOf(const std::string &page) {
  constexpr std::string_view fence = "\n```";
  std::string sql;
  for (size_t at = page.find("\n```sql"); at != page.npos; at = page.find("\n```sql", at)) {
    const size_t begin = std::min(page.find('\n', at + 1), page.size() - 1) + 1;
    const size_t end = std::min(page.find(fence, begin - 1), page.size() - 1) + 1;
    sql += page.substr(begin, end - begin);
    at = std::min(end + fence.size() - 1, page.size());
  }
  return sql;
}

static std::vector<std::string> readStock(const std::vector<fs::path> &folders) {
  constexpr size_t largest = 8192;
  std::vector<fs::path> files;
  for (const fs::path &folder : folders)
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder))
      if (entry.is_regular_file() &&
          (entry.path().extension() == ".sql" || entry.path().extension() == ".md"))
        files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  std::vector<std::string> stock;
  for (const fs::path &file : files) {
    std::ifstream stream(file, std::ios::binary);
    std::string text(std::istreambuf_iterator<char>(stream), {});
    if (file.extension() == ".md")
      text = sqlOf(text);
    text.resize(std::min(text.size(), largest));
    if (text.empty())
      continue;
    stock.push_back(std::move(text));
  }
  return stock;
}

/// What scanners and splitters stumble over.
static constexpr std::array<std::string_view, 46> words{"'",
                                                        "\"",
                                                        "$$",
                                                        "$a$",
                                                        "--",
                                                        "/*",
                                                        "*/",
                                                        ";",
                                                        "(",
                                                        ")",
                                                        "\\i x\n",
                                                        "\\gexec\n",
                                                        ":'v'",
                                                        "${x}",
                                                        "E'\\'",
                                                        "U&'\\0041'",
                                                        "BEGIN",
                                                        "COMMIT;",
                                                        "ROLLBACK TO s;",
                                                        "SAVEPOINT s;",
                                                        "BEGIN ATOMIC",
                                                        "END",
                                                        "\\.\n",
                                                        "COPY t FROM stdin;\n",
                                                        "-- +goose Up\n",
                                                        "-- +goose StatementBegin\n",
                                                        "-- migrate:up\n",
                                                        "-- migrate:down\n",
                                                        "--rollback x\n",
                                                        "--changeset a:1\n",
                                                        "-- lockstep:ignore drop-column\n",
                                                        "-- squawk-ignore\n",
                                                        "\xEF\xBB\xBF",
                                                        "\xFF",
                                                        std::string_view("\0", 1),
                                                        "\r",
                                                        "\r\n",
                                                        "\n",
                                                        "CONCURRENTLY",
                                                        "IF EXISTS",
                                                        "CASCADE",
                                                        "NOT VALID",
                                                        "ONLY",
                                                        "DO $$ BEGIN ",
                                                        "EXECUTE 'DROP TABLE t';",
                                                        "::int[]"};

namespace {
class Mutator {
public:
  Mutator(unsigned seed, std::vector<std::string> stock)
      : random_(seed), stock_(std::move(stock)) {}

  std::string next() {
    std::string text = any();
    for (size_t count = 1 + below(6); count > 0; --count)
      mutate(text);
    return text;
  }
  unsigned choice() { return static_cast<unsigned>(random_()); }

private:
  size_t below(size_t end) { return end == 0 ? 0 : random_() % end; }
  const std::string &any() { return stock_[below(stock_.size())]; }
  std::string_view part(const std::string &text) {
    const size_t begin = below(text.size());
    return std::string_view(text).substr(begin, below(200));
  }
  void mutate(std::string &text) {
    const size_t at = below(text.size() + 1);
    switch (below(8)) {
    case 0:
      if (at < text.size())
        text[at] = static_cast<char>(random_());
      break;
    case 1:
      text.insert(at, words[below(words.size())]);
      break;
    case 2:
      text.erase(at, below(60));
      break;
    case 3:
      text.insert(at, std::string(part(text)));
      break;
    case 4:
      text.insert(at, std::string(part(any())));
      break;
    case 5:
      text.resize(at);
      break;
    case 6:
      exchangeWord(text, at);
      break;
    default:
      text = text.substr(at) + text.substr(0, at);
    }
  }

  static bool isWordByte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  }
  static std::string_view wordFrom(std::string_view text, size_t at) {
    while (at < text.size() && !isWordByte(text[at]))
      ++at;
    size_t end = at;
    while (end < text.size() && isWordByte(text[end]))
      ++end;
    return text.substr(at, end - at);
  }
  /// Puts another word of the text in a word's place: so things come to refer to themselves.
  void exchangeWord(std::string &text, size_t at) {
    const std::string_view old = wordFrom(text, at);
    const std::string other(wordFrom(text, below(text.size())));
    text.replace(static_cast<size_t>(old.data() - text.data()), old.size(), other);
  }

  std::mt19937 random_;
  std::vector<std::string> stock_;
};
} // namespace

int main(int argc, char **argv) {
  if (argc < 5) {
    std::fprintf(stderr, "usage: lockstep_fuzz RUNS|SECONDSs SEED KEEP FOLDER...\n");
    return 2;
  }
  const std::string limit = argv[1];
  const auto seed = static_cast<unsigned>(std::stoul(argv[2]));
  std::vector<std::string> stock = readStock({argv + 4, argv + argc});
  if (stock.empty()) {
    std::fprintf(stderr, "no .sql files and no pages below the folders\n");
    return 2;
  }
  Mutator mutator(seed, std::move(stock));
  const auto begin = std::chrono::steady_clock::now();
  const auto amount = std::stoull(limit);
  size_t runs = 0, findings = 0;
  const auto isDone = [&] {
    if (!limit.ends_with("s"))
      return runs >= amount;
    return std::chrono::steady_clock::now() - begin >= std::chrono::seconds(amount);
  };
  for (; !isDone(); ++runs) {
    const std::string text = mutator.next();
    const unsigned choice = mutator.choice();
    std::ofstream(argv[3], std::ios::binary) << text;
    alarm(60);
    findings += lockstep::test::fuzzOne(text, choice);
  }
  std::error_code ignored;
  fs::remove(argv[3], ignored);
  std::printf("%zu inputs, %zu findings\n", runs, findings);
  return findings > 0 ? 0 : 1;
}
