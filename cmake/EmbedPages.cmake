# Writes OUTPUT, the source of rulePage(), from the page files that LIST names, one a line.

file(STRINGS "${LIST}" pages)
set(entries "")
set(count 0)
set(ordered "")
foreach(page IN LISTS pages)
  get_filename_component(folder "${page}" DIRECTORY)
  get_filename_component(id "${folder}" NAME)
  # A blank sorts before "-": drop-column comes before drop-column-x, as rulePage() expects.
  list(APPEND ordered "${id} ${page}")
endforeach()
list(SORT ordered)

foreach(item IN LISTS ordered)
  string(REGEX MATCH "^([^ ]*) (.*)$" matched "${item}")
  set(id "${CMAKE_MATCH_1}")
  set(page "${CMAKE_MATCH_2}")
  file(READ "${page}" text)
  string(FIND "${text}" ")lockstep\"" clash)
  if(NOT clash EQUAL -1)
    message(FATAL_ERROR "${page} holds the delimiter that it is embedded with")
  endif()
  # CMake and compilers fold CRLF, and CMake drops NUL.
  file(SIZE "${page}" size)
  string(LENGTH "${text}" length)
  if(NOT size EQUAL length)
    message(FATAL_ERROR "${page} holds CR or NUL bytes, which cannot be embedded")
  endif()
  string(APPEND entries "    {\"${id}\", R\"lockstep(${text})lockstep\"},\n")
  math(EXPR count "${count} + 1")
endforeach()

file(WRITE "${OUTPUT}.new" "// Generated from fixtures/rules/*/README.md.

#include \"rules/pages.hpp\"

#include <algorithm>
#include <array>

namespace lockstep::rules {

struct Page {
  std::string_view id;
  std::string_view text;
};

static constexpr std::array<Page, ${count}> pages_by_id{{
${entries}}};

std::string_view rulePage(std::string_view id) {
  const auto found = std::lower_bound(
      pages_by_id.begin(), pages_by_id.end(), id,
      [](const Page &page, std::string_view wanted) { return page.id < wanted; });
  return found != pages_by_id.end() && found->id == id ? found->text : std::string_view{};
}

} // namespace lockstep::rules
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
