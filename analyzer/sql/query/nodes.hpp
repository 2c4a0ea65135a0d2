#pragma once
#include "sql/layer.hpp"

#include <cstddef>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

struct List;
struct Node;

namespace lockstep::sql {

/// The elements of one of PostgreSQL's lists; none for its null pointer.
[[nodiscard]] std::span<void *const> cells(const ::List *list);

/// A list whose elements are all nodes of one type, for range-based loops.
template <class T> class NodeList {
public:
  class Iterator {
  public:
    using iterator_category = std::input_iterator_tag;
    using value_type = const T *;
    using difference_type = std::ptrdiff_t;
    using pointer = value_type *;
    using reference = value_type;

    explicit Iterator(void *const *at) : at_(at) {}
    const T *operator*() const { return static_cast<const T *>(*at_); }
    Iterator &operator++() {
      ++at_;
      return *this;
    }
    friend bool operator==(Iterator, Iterator) = default;

  private:
    void *const *at_;
  };

  explicit NodeList(const ::List *list) : cells_(cells(list)) {}
  [[nodiscard]] Iterator begin() const { return Iterator(cells_.data()); }
  [[nodiscard]] Iterator end() const { return Iterator(cells_.data() + cells_.size()); }
  [[nodiscard]] size_t size() const { return cells_.size(); }
  [[nodiscard]] bool empty() const { return cells_.empty(); }
  const T *operator[](size_t index) const { return static_cast<const T *>(cells_[index]); }

private:
  std::span<void *const> cells_;
};

template <class T> [[nodiscard]] NodeList<T> nodes(const ::List *list) { return NodeList<T>(list); }

/// `node` as the type that its tag names.
template <class T> [[nodiscard]] const T *as(const ::Node *node) {
  return reinterpret_cast<const T *>(node);
}

/// A C string of the parse tree; empty for a null pointer.
[[nodiscard]] inline std::string_view text(const char *string) {
  return string ? std::string_view(string) : std::string_view();
}

/// The text of a String node; empty for any other.
[[nodiscard]] std::string_view stringOf(const void *node);

} // namespace lockstep::sql
