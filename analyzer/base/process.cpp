#include "base/process.hpp"

#include "base/spawn.hpp"
#include "base/text.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace lockstep::base {

namespace {
/// A pipe of which the child gets the writing end.
struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() = default;
  Pipe(const Pipe &) = delete;
  Pipe &operator=(const Pipe &) = delete;
  ~Pipe() {
    close(read_end);
    close(write_end);
  }

  [[nodiscard]] bool open() {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
      return false;
    read_end = ends[0];
    write_end = ends[1];
    return true;
  }
  static void close(int &end) {
    if (end >= 0)
      ::close(end);
    end = -1;
  }
};
} // namespace

/// Reads both pipes as the child fills them, so that neither can block it. False where it took too
/// long.
static bool drain(Pipe &out, Pipe &err, const Deadline &deadline, ProcessOutput &output) {
  std::array<char, 65536> buffer{};
  while (out.read_end >= 0 || err.read_end >= 0) {
    std::array<pollfd, 2> polled{pollfd{out.read_end, POLLIN, 0}, pollfd{err.read_end, POLLIN, 0}};
    const int ready = poll(polled.data(), polled.size(), deadline.left());
    if (ready == 0)
      return false;
    if (ready < 0 && errno != EINTR)
      return true;
    for (size_t i = 0; ready > 0 && i < polled.size(); ++i) {
      if (polled[i].revents == 0)
        continue;
      Pipe &from = i == 0 ? out : err;
      ssize_t size = read(from.read_end, buffer.data(), buffer.size());
      if (size > 0)
        (i == 0 ? output.out : output.err).append(buffer.data(), static_cast<size_t>(size));
      else if (size == 0 || errno != EINTR)
        Pipe::close(from.read_end);
    }
  }
  return true;
}

Result<ProcessOutput> runProcess(const std::vector<std::string> &arguments,
                                 const std::vector<std::string> &environment,
                                 std::chrono::seconds limit) {
  Pipe out;
  Pipe err;
  if (!out.open() || !err.open())
    return Error{format("cannot run {}: {}", arguments.front(), std::strerror(errno))};
  const Deadline deadline(limit);
  Result<pid_t> child = spawnProcess(arguments, environment, {-1, out.write_end, err.write_end});
  if (!child)
    return child.error();
  Pipe::close(out.write_end);
  Pipe::close(err.write_end);
  ProcessOutput output;
  const bool in_time = drain(out, err, deadline, output);
  output.exit_code = reap(*child, !in_time);
  if (!in_time)
    return Error{format("{} took longer than {} and was ended", arguments.front(),
                        plural(static_cast<uint64_t>(limit.count()), "second"))};
  return output;
}

Conversation::~Conversation() { end(); }

Status Conversation::start(const std::vector<std::string> &arguments,
                           const std::vector<std::string> &environment,
                           std::chrono::seconds limit) {
  end();
  limit_ = limit;
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return Error{format("cannot run {}: {}", arguments.front(), std::strerror(errno))};
  Result<pid_t> child = spawnProcess(arguments, environment, {ends[1], ends[1], -1});
  close(ends[1]);
  if (!child) {
    close(ends[0]);
    return child.error();
  }
  socket_ = ends[0];
  process_ = *child;
  return Done{};
}

void Conversation::end() {
  buffer_.clear();
  if (socket_ < 0)
    return;
  close(socket_);
  socket_ = -1;
  // It need not look at its input again: one that waits for something else would never end.
  reap(process_, true);
}

bool Conversation::ask(std::string_view request) {
  while (!request.empty()) {
    // Unlike a pipe, a socket says that the other side has gone without a signal that ends us.
    const ssize_t size =
        socket_ < 0 ? -1 : send(socket_, request.data(), request.size(), MSG_NOSIGNAL);
    if (size < 0 && errno == EINTR && socket_ >= 0)
      continue;
    if (size <= 0)
      return false;
    request.remove_prefix(static_cast<size_t>(size));
  }
  return true;
}

bool Conversation::fill() {
  const Deadline deadline(limit_);
  std::array<char, 65536> bytes{};
  while (socket_ >= 0) {
    pollfd polled{socket_, POLLIN, 0};
    const int ready = poll(&polled, 1, deadline.left());
    if (ready < 0 && errno == EINTR)
      continue;
    took_too_long_ = ready == 0;
    const ssize_t size = ready > 0 ? recv(socket_, bytes.data(), bytes.size(), 0) : 0;
    if (size < 0 && errno == EINTR)
      continue;
    if (size > 0)
      buffer_.append(bytes.data(), static_cast<size_t>(size));
    return size > 0;
  }
  return false;
}

bool Conversation::readLine(std::string &line) {
  constexpr size_t most = size_t{1} << 16;
  size_t end = buffer_.find('\n');
  while (end == std::string::npos) {
    if (buffer_.size() > most || !fill())
      return false;
    end = buffer_.find('\n');
  }
  line = buffer_.substr(0, end);
  buffer_.erase(0, end + 1);
  return true;
}

bool Conversation::readBytes(size_t size, std::string &bytes) {
  bytes.clear();
  while (true) {
    const size_t taken = std::min(size - bytes.size(), buffer_.size());
    bytes.append(buffer_, 0, taken);
    buffer_.erase(0, taken);
    if (bytes.size() == size)
      return true;
    if (!fill())
      return false;
  }
}

} // namespace lockstep::base
