#include "history/files/git_objects.hpp"

#include "history/files/git_output.hpp"

namespace lockstep::history {

std::optional<std::string> GitObjects::blob(const std::string &id) {
  const std::lock_guard guard(lock_);
  if (is_lost_ || missing_.contains(id))
    return std::nullopt;
  // In a partial clone some versions of git end where they do not have an object: the next one that
  // is asked for needs another process. One that ended before it was asked may be asked again.
  const bool was_running = git_.isRunning();
  std::optional<std::string> text = ask(id);
  if (!git_.isRunning() && was_running && !is_lost_)
    text = ask(id);
  if (!text)
    missing_.insert(id);
  return text;
}

std::optional<std::string> GitObjects::ask(const std::string &id) {
  if (!git_.isRunning() && !command_.startBatch(git_)) {
    is_lost_ = true;
    return std::nullopt;
  }
  std::string line;
  std::string text;
  if (git_.ask(id + "\n") && git_.readLine(line)) {
    const std::optional<BatchHeader> header = parseBatchHeader(line, id);
    if (header && header->type.empty())
      return std::nullopt;
    // Positions are 32 bits.
    if (header && header->size < UINT32_MAX && git_.readBytes(header->size, text) &&
        git_.readLine(line) && line.empty())
      return header->type == "blob" ? std::optional(std::move(text)) : std::nullopt;
  }
  is_lost_ = git_.tookTooLong();
  git_.end();
  return std::nullopt;
}

} // namespace lockstep::history
