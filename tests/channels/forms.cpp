#include "channels/forms.hpp"

namespace lockstep::test {

const std::vector<std::string> &hostileForms() {
  static const std::vector<std::string> forms{
      // Commands at the start of a line.
      "::error file=x,line=1::PWN",
      "a\n::warning::PWN",
      "b\n  ::group::PWN",
      "c\n\t::add-mask::PWN",
      "d\r::debug::PWN",
      "e\r\n::set-env name=A::PWN",
      "f\n\u00a0::notice::PWN",
      "g\n\u3000::error::PWN",
      "h\n\v::error::PWN",
      "i\n\f ::stop-commands::PWN",
      "j\u2028::error::PWN",
      "k\u0085::error::PWN",
      " ::error::PWN",
      ":::error::PWN",
      // Commands anywhere.
      "##[error]PWN",
      "l ##[set-env name=A;]PWN",
      "m ##vso[task.setvariable variable=A]PWN",
      "##VSO[task.complete result=Failed]PWN",
      "##teamcity[buildStatus status='FAILURE']",
      "###[group]PWN",
      "n\n##[debug]PWN",
      "section_start:123:n\r\x1b[0KPWN",
      "o section_end:1:n\r\x1b[0K",
      "travis_fold:start:n\r\x1b[0K",
      "p\ntravis_time:start:n",
      // Terminals.
      "\x1b[31mPWN",
      "\x1b]0;PWN\x07",
      "\x1b]8;;http://x.example\x1b\\PWN",
      "q\u009b31mPWN",
      "r\x08\x08PWN",
      "s\x7fPWN",
      "t\x0e\x01",
      // What reorders or hides.
      "u\u202ePWN\u202c",
      "v\u2066PWN\u2069",
      "w\u200e\u200f\u061c",
      "x\u200bPWN\u200c\u200d",
      "y\u2060\ufeff\u00ad",
      "z\ufe0f\u034f\u180e",
      "aa\U000e0041\U000e0100",
      "ab\u3164\uffa0\u115f",
      "ac\ufffe\ufff9",
      // Pages.
      "<script>PWN</script>",
      "<img src=x onerror=PWN>",
      "]]><x y=\"&lt;\">",
      "\"><x y=\"",
      "--><x y='",
      "![PWN](http://x.example/y)",
      "[PWN](http://x.example)",
      "@team",
      "ad @team, #1 owner/x#2 GH-3",
      "`@team` ``#4",
      "ae !5 $6 %7 ~bug &8",
      "https://x.example/y",
      "www.x.example",
      "|af|b|",
      "ag\n/close",
      ":tada:",
      "[issue:9]",
      "**ah** _b_ # c",
      // What quotes and escapes.
      "ai'b\"c\\d\\",
      "aj$$b$function$",
      "/*ak*/--",
      "%0A::error::PWN",
      "{al}\\u001b\\n",
  };
  return forms;
}

std::string allForms(std::string_view separator) {
  std::string text;
  for (const std::string &form : hostileForms())
    text += (text.empty() ? "" : std::string(separator)) + form;
  return text;
}

std::string fileName(std::string_view form) {
  std::string name;
  for (char c : form.substr(0, 120))
    name += c == '/' ? '_' : c;
  return name;
}

std::string told(std::string_view text) {
  std::string result;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != ':' && c != '#') {
      result += c;
      continue;
    }
    for (int shift : {4, 0})
      result += (shift == 4 ? "%" : "") + std::string(1, "0123456789ABCDEF"[(byte >> shift) & 15]);
  }
  return result;
}

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (char c : text)
    result.append(c == quote ? 2 : 1, c);
  return result + quote;
}

} // namespace lockstep::test
