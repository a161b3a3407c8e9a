#include "extract/references.h"

#include <algorithm>
#include <utility>

#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

std::string KeyOf(const std::string& text) {
  std::string key;
  for (const KeyWord& word : KeyWords(text)) {
    if (word.kind != WordKind::kSign) key += word.key + " ";
  }
  return key;
}

// What equal references share: the symbol, else the title.
std::string MergeKey(const OptionalString& symbol, const OptionalString& title) {
  return symbol ? "#" + ToUpper(*symbol) : title ? KeyOf(*title) : std::string();
}

// Issuers that the symbol itself names.
OptionalString IssuerOfSymbol(const std::string& symbol) {
  if (symbol.ends_with("-CP")) return "Chính phủ";
  if (symbol.ends_with("-TTg")) return "Thủ tướng Chính phủ";
  return std::nullopt;
}

}  // namespace

std::string MendSymbol(const std::string& symbol, const ExtractRules::Tables& rules) {
  std::string out;
  std::size_t begin = 0;
  while (begin <= symbol.size()) {
    const std::size_t end = std::min(symbol.find_first_of("/-&.", begin), symbol.size());
    const std::string part = symbol.substr(begin, end - begin);
    const std::string plain = StripMarks(ToUpper(std::string_view(part)));
    const std::string* mended = nullptr;
    const auto known = [&](const std::string& form) {
      const auto found = rules.symbol_parts.find(form);
      if (found != rules.symbol_parts.end()) mended = &found->second;
    };
    known(plain);
    // A stroke read as a letter of its own: "SNNMIT".
    for (std::size_t i = plain.find('I'); mended == nullptr && i != std::string::npos; i = plain.find('I', i + 1))
      known(std::string(plain).erase(i, 1));
    out += mended != nullptr ? *mended : part;
    if (end < symbol.size()) out += symbol[end];
    begin = end + 1;
  }
  return out;
}

std::string ReferenceReader::Symbol(const std::string& text, const std::vector<KeyWord>& words, std::size_t at,
                                    std::size_t& end) {
  if (at >= words.size() || words[at].kind != WordKind::kNumber) return {};
  constexpr std::size_t kLongestSymbol = 120;  // bytes
  std::string symbol(words[at].key);
  std::size_t i = at + 1;
  bool letters = false;
  while (i < words.size()) {
    const KeyWord& word = words[i];
    const bool touches = word.span.begin == words[i - 1].span.end;
    const char last = symbol.back();
    const bool open = last == '/' || last == '-' || last == '&';
    if (word.key == "/" || word.key == "-" || word.key == "&" || (word.key == "." && touches && letters)) {
      // "57 -NQ/TW" and "57- NQ/TW" are one symbol, "15/3 - 20/4" is none.
      if (!touches && !(i + 1 < words.size() && words[i + 1].all_caps)) break;
      if (open) break;
      const bool goes_on = i + 1 < words.size() && words[i + 1].kind != WordKind::kSign;
      if (!goes_on || (word.key == "." && words[i + 1].span.begin != word.span.end)) break;
      symbol += word.key;
      ++i;
      continue;
    }
    if (word.kind == WordKind::kSign) break;
    const std::string_view bytes = word.span.In(text);
    if (word.kind == WordKind::kWord) {
      if (!touches && !(open && word.all_caps)) break;
      if (!open && !(touches && (letters || words[i - 1].kind == WordKind::kNumber))) break;
      if (!word.capital && !letters) break;
      letters = true;
    } else if (!touches) {
      break;
    }
    symbol += bytes;
    ++i;
    if (symbol.size() > kLongestSymbol) return {};
  }
  if (!letters || symbol.find_first_of("/-") == std::string::npos) return {};
  end = i;
  return symbol;
}

void ReferenceReader::ReadDateAndIssuer(BlockReading& reading, std::size_t& at, Reference& reference) const {
  std::size_t i = at;
  if (reading.Is(i, ",")) ++i;
  const auto date = std::ranges::lower_bound(reading.dates, i, {}, &FoundDate::first);
  if (date != reading.dates.end() && date->first == i &&
      (date->value.kind == "day" || date->value.kind == "month" || date->value.kind == "year")) {
    if (!reference.date && date->value.value) reference.date = date->value.value;
    reading.cited[static_cast<std::size_t>(date - reading.dates.begin())] = true;
    i = date->last;
    at = i;
  }
  if (reading.Is(i, ",")) ++i;
  if (reading.Is(i, "của")) {
    if (const auto unit = units_.ReadOne(reading.block->text, reading.words, i + 1)) {
      reference.issuer = unit->name;
      at = unit->last;
    }
  }
}

// "… do Quốc hội khóa XV thông qua ngày 16/6/2025"
void ReferenceReader::ReadPassed(BlockReading& reading, std::size_t& at, Reference& reference) const {
  const std::vector<KeyWord>& words = reading.words;
  for (std::size_t k = at; k + 2 < std::min(words.size(), at + 12) && words[k].key != ";"; ++k) {
    if (!reading.Is(k, "thông") || !reading.Is(k + 1, "qua")) continue;
    at = k + 2;
    ReadDateAndIssuer(reading, at, reference);
    return;
  }
}

bool ReferenceReader::ReadLaw(BlockReading& reading, std::size_t at, std::size_t& end, std::vector<Reference>& out) {
  const std::vector<KeyWord>& words = reading.words;
  if (!words[at].capital || at + 1 >= words.size() || !words[at + 1].capital) return false;
  std::size_t i = at + 1;
  OptionalString year;
  bool symbol_follows = false;
  while (i < words.size() && i < at + 18) {
    const KeyWord& word = words[i];
    if (word.key == "năm" && i + 1 < words.size() && words[i + 1].kind == WordKind::kNumber &&
        words[i + 1].key.size() == 4) {
      year = words[i + 1].key;
      i += 2;
      break;
    }
    if (word.kind == WordKind::kNumber) {
      if (word.key.size() != 4) return false;
      year = word.key;
      ++i;
      break;
    }
    if (word.key == "số") {
      symbol_follows = true;
      break;
    }
    if (word.key == "ngày" || word.key == "(" || word.key == ";" || word.key == "." || word.key == ":") break;
    if (word.key == ",") {
      // "Luật Thể dục, Thể thao … năm 2018" goes on; "Luật Đất đai, Luật Nhà ở" are two.
      bool dated = false;
      for (std::size_t k = i + 1; k < std::min(words.size(), i + 7) && words[k].kind == WordKind::kWord; ++k) {
        dated = dated || words[k].key == "năm";
      }
      if (i + 1 >= words.size() || words[i + 1].key == "các" || words[i + 1].key == "luật" ||
          (words[i + 1].capital && !dated))
        break;
    }
    if (word.key == "và" &&
        (i + 1 >= words.size() || words[i + 1].key == "các" || rules_.type_names.Longest(words, i + 1)))
      break;
    if (!word.capital &&
        (word.key == "của" || word.key == "quy" || word.key == "được" || word.key == "về" || word.key == "có" ||
         word.key == "theo" || word.key == "đã" || word.key == "cho" || word.key == "đến" || word.key == "trong" ||
         word.key == "trên" || word.key == "để" || word.key == "tại" || word.key == "do" || word.key == "cụ" ||
         word.key == "thì" || word.key == "khi"))
      break;
    ++i;
  }
  std::size_t last = i;
  while (last > at + 1 && words[last - 1].kind == WordKind::kSign) --last;
  Reference reference{.type = "Luật", .symbol = {}, .title = {}, .date = year, .issuer = {}, .mentions = {}};
  std::size_t after = i;
  if (symbol_follows) {
    std::size_t stop = 0;
    const std::string symbol = MendSymbol(Symbol(reading.block->text, words, i + 1, stop), rules_);
    if (symbol.empty()) return false;
    reference.symbol = symbol;
    after = last = stop;
  } else {
    reference.title = reading.TextOf(at, last);
  }
  const OptionalString printed_year = reference.date;
  reference.date.reset();
  std::size_t where = after;
  ReadDateAndIssuer(reading, where, reference);
  if (!reference.date) ReadPassed(reading, where, reference);
  if (!reference.date) reference.date = printed_year;
  reference.issuer.reset();
  reference.mentions = {reading.SpanOf(at, last)};
  end = std::max(where, last);
  Merge(std::move(reference), out);
  return true;
}

void ReferenceReader::Merge(Reference reference, std::vector<Reference>& out) {
  std::vector<std::size_t>& like = by_key_[MergeKey(reference.symbol, reference.title)];
  const auto same = [&](std::size_t i) {
    const Reference& other = out[i];
    return !reference.symbol || !reference.date || !other.date || *reference.date == *other.date ||
           reference.issuer == other.issuer;
  };
  const auto index = std::ranges::find_if(like, same);
  if (index == like.end()) {
    like.push_back(out.size());
    out.push_back(std::move(reference));
    return;
  }
  Reference* const found = &out[*index];
  if (!found->date) found->date = reference.date;
  if (!found->issuer || (reference.issuer && reference.issuer->size() > found->issuer->size())) {
    if (reference.issuer) found->issuer = reference.issuer;
  }
  found->mentions.insert(found->mentions.end(), reference.mentions.begin(), reference.mentions.end());
}

void ReferenceReader::Read(BlockReading& reading, const OptionalString& own_symbol, std::vector<Reference>& out) {
  const std::vector<KeyWord>& words = reading.words;
  std::size_t before_end = 0;  // word behind the reference before
  OptionalString before_symbol;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].key == "luật" && words[i].capital) {
      std::size_t end = i;
      if (ReadLaw(reading, i, end, out)) {
        i = end - 1;
        continue;
      }
    }
    if (words[i].kind != WordKind::kNumber) continue;
    std::size_t end = 0;
    const std::string symbol = MendSymbol(Symbol(reading.block->text, words, i, end), rules_);
    if (symbol.empty()) continue;
    // The type stands before the symbol: "Nghị quyết số 57…", "Kế hoạch hành động số 12…".
    std::size_t begin = i;
    if (begin > 0 && words[begin - 1].key == ":") --begin;
    if (begin > 0 && words[begin - 1].key == "số") --begin;
    const bool numbered = begin < i;
    Reference reference{.type = {}, .symbol = symbol, .title = {}, .date = {}, .issuer = {}, .mentions = {}};
    for (std::size_t back = 1; back <= 6 && back <= begin; ++back) {
      const std::size_t at = begin - back;
      if (words[at].key == ";" || words[at].key == ".") break;
      const auto type = rules_.type_names.Longest(words, at);
      if (type && words[at].capital && at + type->words <= begin) {
        reference.type = rules_.types[static_cast<std::size_t>(type->value)].second;
        begin = at;
        break;
      }
    }
    if (!reference.type) {
      // The type's short form inside the symbol: "12/KH-UBND", "57-NQ/TW".
      std::size_t part = symbol.find_first_of("/-");
      while (part != std::string::npos && !reference.type) {
        const std::size_t next = symbol.find_first_of("/-", part + 1);
        const auto code = rules_.type_codes.find(
            ToUpper(symbol.substr(part + 1, next == std::string::npos ? next : next - part - 1)));
        if (code != rules_.type_codes.end()) reference.type = rules_.types[code->second].second;
        part = next;
      }
      if (!reference.type && !numbered) continue;  // "PC07/2", a product number
    }
    if (own_symbol && ToUpper(MendSymbol(*own_symbol, rules_)) == ToUpper(symbol)) continue;
    const std::size_t symbol_end = end;
    ReadDateAndIssuer(reading, end, reference);
    if (!reference.date && reference.type == "Luật") ReadPassed(reading, end, reference);
    if (!reference.issuer) reference.issuer = IssuerOfSymbol(symbol);
    reference.mentions = {reading.SpanOf(begin, symbol_end)};
    // "Quyết định số A và Quyết định số B ngày … của …": date and issuer hold for both.
    if (before_end > 0 && begin == before_end + 1 && (reading.Is(before_end, "và") || reading.Is(before_end, ","))) {
      for (const std::size_t k : by_key_[MergeKey(before_symbol, std::nullopt)]) {
        Reference& other = out[k];
        if (other.symbol != before_symbol) continue;
        if (!other.date) other.date = reference.date;
        if (!other.issuer) other.issuer = reference.issuer;
      }
    }
    before_end = end;
    before_symbol = symbol;
    Merge(std::move(reference), out);
    i = end - 1;
  }
}

}  // namespace hoidau
