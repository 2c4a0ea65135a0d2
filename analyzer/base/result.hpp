#pragma once
#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace lockstep::base {

/// Something in the environment that went wrong (a file, a config, the git command), ready to be
/// shown: it names the file, the line where there is one, the cause and the next step.
struct Error {
  std::string message;
};

/// A value, or the Error that kept us from having it. What is wrong with the user's SQL is never an
/// Error but a Finding.
template <class T> class [[nodiscard]] Result {
public:
  Result(T value) : state_(std::move(value)) {}
  Result(Error error) : state_(std::move(error)) {}

  explicit operator bool() const { return std::holds_alternative<T>(state_); }

  T &value() {
    assert(*this && "value() of a failed Result");
    return *std::get_if<T>(&state_);
  }
  const T &value() const {
    assert(*this && "value() of a failed Result");
    return *std::get_if<T>(&state_);
  }
  T &operator*() { return value(); }
  const T &operator*() const { return value(); }
  T *operator->() { return &value(); }
  const T *operator->() const { return &value(); }

  [[nodiscard]] const Error &error() const {
    assert(!*this && "error() of a successful Result");
    return *std::get_if<Error>(&state_);
  }

private:
  std::variant<T, Error> state_;
};

/// The Result of something that yields no value.
struct Done {};
using Status = Result<Done>;

} // namespace lockstep::base
