#pragma once
#include <concepts>
#include <cstddef>
#include <memory>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::base {

/// A member that is empty in most values of its type: it takes one pointer, which is null where it
/// is empty. Reads as a `const T`; what changes it goes through edit(). A copy has a T of its own.
///
/// T has empty(), which is true for T().
template <class T> class Rare {
public:
  Rare() = default;
  /// Implicit, so that a T can be put where a Rare stands; an empty one is not kept.
  Rare(T value) : value_(value.empty() ? nullptr : std::make_unique<T>(std::move(value))) {}
  Rare(std::string_view value) requires std::same_as<T, std::string>
      : value_(value.empty() ? nullptr : std::make_unique<T>(value)) {}
  Rare(const Rare &other) : value_(other.value_ ? std::make_unique<T>(*other.value_) : nullptr) {}
  Rare(Rare &&) noexcept = default;
  Rare &operator=(const Rare &other) { return *this = Rare(other); }
  Rare &operator=(Rare &&) noexcept = default;
  ~Rare() = default;

  [[nodiscard]] bool empty() const { return !value_ || value_->empty(); }
  explicit operator bool() const { return !empty(); }

  [[nodiscard]] const T &operator*() const {
    static const T nothing{};
    return value_ ? *value_ : nothing;
  }
  [[nodiscard]] const T *operator->() const { return &**this; }
  /// What is kept, for changing it; null where nothing is.
  [[nodiscard]] T *stored() { return value_.get(); }
  /// For filling it: makes a T() where it is empty.
  [[nodiscard]] T &edit() {
    if (!value_)
      value_ = std::make_unique<T>();
    return *value_;
  }
  void clear() { value_.reset(); }
  operator const T &() const { return **this; }
  operator std::string_view() const requires std::same_as<T, std::string> { return **this; }

  // Of a vector. Its items can be changed in place: they are shared with nothing.
  [[nodiscard]] auto begin() requires std::ranges::range<T> {
    return value_ ? value_->data() : nullptr;
  }
  [[nodiscard]] auto end() requires std::ranges::range<T> {
    return value_ ? value_->data() + value_->size() : nullptr;
  }
  [[nodiscard]] auto &operator[](size_t place) requires std::ranges::range<T> {
    return (*value_)[place];
  }
  [[nodiscard]] auto begin() const requires std::ranges::range<T> { return (**this).begin(); }
  [[nodiscard]] auto end() const requires std::ranges::range<T> { return (**this).end(); }
  [[nodiscard]] size_t size() const { return (**this).size(); }
  [[nodiscard]] const auto &operator[](size_t place) const requires std::ranges::range<T> {
    return (**this)[place];
  }
  template <class Item> void push_back(Item &&item) { edit().push_back(std::forward<Item>(item)); }
  void append(const T &more) {
    if (!more.empty())
      edit().insert(edit().end(), more.begin(), more.end());
  }
  template <class Which> void eraseIf(Which &&which) {
    if (value_)
      std::erase_if(*value_, std::forward<Which>(which));
  }

  friend bool operator==(const Rare &a, const Rare &b) { return *a == *b; }
  template <class Other>
  requires(!std::same_as<Other, Rare> &&
           (std::same_as<Other, T> ||
            std::convertible_to<const Other &, std::string_view>)) friend bool
  operator==(const Rare &a, const Other &b) {
    return *a == b;
  }

private:
  std::unique_ptr<T> value_;
};

} // namespace lockstep::base
