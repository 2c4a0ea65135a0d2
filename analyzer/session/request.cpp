#include "session/request.hpp"

namespace lockstep::session {

Enclosure enclosureOf(const Request &request) {
  Enclosure enclosure;
  for (const std::string &path : request.paths)
    if (path != "-")
      enclosure.add(path);
  for (const std::string &file :
       {request.stdin_filename, request.config, request.baseline.value_or("")})
    if (!file.empty())
      enclosure.add(file);
  // Without paths, and for standard input, the question is about the working directory.
  if (request.paths.empty() || enclosure.empty())
    enclosure.add(".");
  return enclosure;
}

} // namespace lockstep::session
