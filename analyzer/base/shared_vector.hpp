#pragma once
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace lockstep {

/// A vector that its copies share until one of them is edited: what a snapshot costs that differs
/// in something else. All access but edit() is for reading.
template <class T> class SharedVector {
public:
  using value_type = T;
  using const_iterator = const T *;

  SharedVector() = default;
  SharedVector(std::vector<T> items) : items_(std::make_shared<std::vector<T>>(std::move(items))) {}
  SharedVector(std::initializer_list<T> items) : SharedVector(std::vector<T>(items)) {}

  [[nodiscard]] size_t size() const { return items_ ? items_->size() : 0; }
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] const T *begin() const { return items_ ? items_->data() : nullptr; }
  [[nodiscard]] const T *end() const { return begin() + size(); }
  [[nodiscard]] const T &operator[](size_t place) const { return (*items_)[place]; }
  [[nodiscard]] const T &front() const { return items_->front(); }
  [[nodiscard]] const T &back() const { return items_->back(); }

  /// The items for changing them: copied first where others share them.
  [[nodiscard]] std::vector<T> &edit() {
    if (!items_)
      items_ = std::make_shared<std::vector<T>>();
    else if (items_.use_count() != 1)
      items_ = std::make_shared<std::vector<T>>(*items_);
    return *items_;
  }
  void push_back(T item) {
    if (!items_ || items_.use_count() != 1) {
      auto own = std::make_shared<std::vector<T>>();
      own->reserve(size() + 1);
      own->assign(begin(), end());
      items_ = std::move(own);
    }
    items_->push_back(std::move(item));
  }
  /// Room for so many items, which are about to be added.
  void reserve(size_t count) { edit().reserve(count); }

private:
  std::shared_ptr<std::vector<T>> items_; ///< Null: none.
};

} // namespace lockstep
