#include "history/files/git_blob.hpp"

#include "history/files/git_output.hpp"

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/SHA1.h>
#include <llvm/Support/SHA256.h>

#include <cstdint>

namespace lockstep::history {

static std::string hexOf(llvm::StringRef bytes) {
  std::string digits;
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits += "0123456789abcdef"[byte >> 4];
    digits += "0123456789abcdef"[byte & 15];
  }
  return digits;
}

/// The hash, in hexadecimal digits, of `head` and `text`.
template <class Hash> static std::string hashOf(std::string_view head, std::string_view text) {
  Hash hash;
  hash.update(llvm::StringRef(head.data(), head.size()));
  hash.update(llvm::StringRef(text.data(), text.size()));
  const auto bytes = hash.final();
  return hexOf(llvm::StringRef(reinterpret_cast<const char *>(bytes.data()), bytes.size()));
}

std::string blobId(std::string_view text, size_t digits) {
  std::string head = "blob " + std::to_string(text.size());
  head.push_back('\0');
  return digits == 64 ? hashOf<llvm::SHA256>(head, text) : hashOf<llvm::SHA1>(head, text);
}

/// The text with LF in the place of each CRLF.
static std::string withoutCarriageReturns(std::string_view text) {
  std::string shorter;
  shorter.reserve(text.size());
  for (size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n')
      shorter += text[i];
  return shorter;
}

/// The text with "$Id$" in the place of each "$Id: … $".
static std::string withoutIdent(std::string_view text) {
  constexpr std::string_view mark = "$Id: ";
  std::string shorter;
  for (size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark)) {
    const size_t end = text.find_first_of("$\n", at + mark.size());
    shorter += text.substr(0, at);
    if (end == std::string_view::npos || text[end] != '$') {
      shorter += mark;
      text.remove_prefix(at + mark.size());
    } else {
      shorter += "$Id$";
      text.remove_prefix(end + 1);
    }
  }
  return shorter.append(text);
}

bool isCheckoutOf(std::string_view text, std::string_view id) {
  if (blobId(text, id.size()) == id)
    return true;
  std::string stored;
  if (text.find("\r\n") != std::string_view::npos) {
    text = stored = withoutCarriageReturns(text);
    if (blobId(text, id.size()) == id)
      return true;
  }
  return text.find("$Id: ") != std::string_view::npos &&
         blobId(withoutIdent(text), id.size()) == id;
}

bool isPointerTo(std::string_view blob, std::string_view text) {
  const std::optional<LfsPointer> pointer = parseLfsPointer(blob);
  return pointer && pointer->size == text.size() &&
         hashOf<llvm::SHA256>("", text) == pointer->sha256;
}

std::string withLineBreaksOf(std::string blob, std::string_view text) {
  if (text.find("\r\n") == std::string_view::npos || blob.find('\r') != std::string::npos)
    return blob;
  std::string longer;
  longer.reserve(blob.size() + blob.size() / 16);
  for (char c : blob) {
    if (c == '\n')
      longer += '\r';
    longer += c;
  }
  return longer;
}

} // namespace lockstep::history
