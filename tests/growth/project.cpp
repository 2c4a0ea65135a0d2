#include "growth/project.hpp"

namespace lockstep::growth {

Piece once(std::string text) { return {std::move(text), false, ""}; }

Piece each(std::string text, std::string between) {
  return {std::move(text), true, std::move(between)};
}

std::string written(const std::vector<Piece> &pieces, size_t n) {
  std::string all;
  for (const Piece &piece : pieces) {
    if (!piece.repeated) {
      all += piece.text;
      continue;
    }
    for (size_t number = 1; number <= n; ++number) {
      if (number > 1)
        all += piece.between;
      for (char c : piece.text)
        if (c == '#')
          all += std::to_string(number);
        else if (c == '@')
          all += std::to_string(number - 1);
        else if (c == '%')
          all += std::to_string(1000000000000000 + number);
        else
          all += c;
    }
  }
  return all;
}

std::vector<std::string> checkWords(const std::string &format) {
  return {"check", ".", "--select", "all", "--fail-on", "never", "--jobs", "1", "--format", format};
}

Generator &Generators::project(std::string name, std::function<Files(size_t n)> files) {
  Generator &added = all_.emplace_back();
  added.name = std::move(name);
  added.files = std::move(files);
  added.words = checkWords();
  return added;
}

Generator &Generators::check(std::string name, std::vector<Piece> pieces) {
  return project(std::move(name), [pieces = std::move(pieces)](size_t n) {
    return Files{{"1_a.sql", written(pieces, n)}};
  });
}

Generator &Generators::check(std::string name, std::vector<Piece> before,
                             std::vector<Piece> pieces) {
  return project(std::move(name),
                 [before = std::move(before), pieces = std::move(pieces)](size_t n) {
                   return Files{{"1_a.sql", written(before, n)}, {"2_b.sql", written(pieces, n)}};
                 });
}

Generator &Generators::report(const std::string &format, std::string name,
                              std::vector<Piece> pieces) {
  Generator &added = check(std::move(name), std::move(pieces));
  added.words = checkWords(format);
  return added;
}

Generator &Generators::run(std::vector<std::string> words, std::string name,
                           std::vector<Piece> pieces) {
  Generator &added = check(std::move(name), std::move(pieces));
  added.words = std::move(words);
  return added;
}

} // namespace lockstep::growth
