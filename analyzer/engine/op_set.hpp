#pragma once
#include "engine/layer.hpp"
#include "ops/op.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <variant>

namespace lockstep::engine {

/// The index of an op's type in the variant Op.
template <class T, size_t I = 0> consteval size_t opIndex() {
  if constexpr (std::is_same_v<std::variant_alternative_t<I, OpVariant>, T>)
    return I;
  else
    return opIndex<T, I + 1>();
}

/// A set of kinds of ops.
class OpSet {
public:
  constexpr OpSet() = default;
  template <class... Ops> [[nodiscard]] static consteval OpSet of() {
    OpSet set;
    (set.add(opIndex<Ops>()), ...);
    return set;
  }

  /// The ops that give a table one of these.
  template <Gives... given> [[nodiscard]] static consteval OpSet giving() {
    OpSet set;
    for (size_t op = 0; op < opTraits().size(); ++op)
      if (((opTraits()[op].gives == given) || ...))
        set.add(op);
    return set;
  }

  /// Takes in the kind of that index in the variant Op.
  constexpr void add(size_t op) { words_[op / bits] |= uint64_t{1} << (op % bits); }
  [[nodiscard]] constexpr bool empty() const { return words_ == decltype(words_){}; }
  [[nodiscard]] constexpr bool intersects(const OpSet &other) const {
    for (size_t i = 0; i < words_.size(); ++i)
      if ((words_[i] & other.words_[i]) != 0)
        return true;
    return false;
  }

private:
  static constexpr size_t bits = 64;
  std::array<uint64_t, (std::variant_size_v<OpVariant> + bits - 1) / bits> words_{};
};

} // namespace lockstep::engine
