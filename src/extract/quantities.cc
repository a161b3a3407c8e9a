#include "extract/quantities.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

namespace hoidau {
namespace {

struct Printed {
  double value = 0;
  std::size_t last = 0;  // word behind
};

// "1.200", "385.000.000", "12,5", "02": the point groups thousands, the comma begins the fraction.
std::optional<Printed> ReadNumber(const BlockReading& r, std::size_t at) {
  const std::vector<KeyWord>& words = r.words;
  if (words[at].kind != WordKind::kNumber || words[at].key.size() > 12) return std::nullopt;
  std::string digits = words[at].key;
  std::string fraction;
  std::size_t i = at + 1;
  const auto touches = [&](std::size_t k) {
    return k + 1 < words.size() && words[k - 1].span.end == words[k].span.begin &&
           words[k].span.end == words[k + 1].span.begin;
  };
  while (i + 1 < words.size() && words[i].key == "." && touches(i) && words[i + 1].kind == WordKind::kNumber &&
         words[i + 1].key.size() == 3) {
    digits += words[i + 1].key;
    i += 2;
  }
  if (i + 1 < words.size() && words[i].key == "," && touches(i) && words[i + 1].kind == WordKind::kNumber) {
    fraction = words[i + 1].key;
    i += 2;
  }
  if (digits.size() > 15) return std::nullopt;
  double value = std::stod(digits);
  if (!fraction.empty() && fraction.size() < 9) value += std::stod("0." + fraction);
  return Printed{value, i};
}

bool Any(const BlockReading& r, std::size_t at, std::initializer_list<std::string_view> keys) {
  return at < r.words.size() && std::ranges::find(keys, r.words[at].key) != keys.end();
}

}  // namespace

void ReadQuantities(const BlockReading& r, const ExtractRules::Tables& rules, std::vector<Quantity>& out) {
  const std::vector<KeyWord>& words = r.words;
  std::size_t next_date = 0;
  int quotes = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].key == "“") ++quotes;
    if (words[i].key == "”") --quotes;
    while (next_date < r.dates.size() && r.dates[next_date].last <= i) ++next_date;
    if (next_date < r.dates.size() && r.dates[next_date].first <= i) {
      i = r.dates[next_date].last - 1;
      continue;
    }
    if (words[i].kind != WordKind::kNumber || quotes > 0) continue;
    const std::string before = i > 0 ? words[i - 1].key : std::string();
    const bool glued = i > 0 && words[i - 1].span.end == words[i].span.begin;
    if (glued && before != "(" && before != "“") continue;
    if (Any(r, i - (i > 0),
            {"số", "điều", "khoản", "mục", "đợt", "lần", "thứ", "giai", "đoạn", "phần", "biểu", "mẫu", "đề", "án",
             "quý", "độ", "phụ", "lục"}) &&
        i > 0)
      continue;
    const auto number = ReadNumber(r, i);
    if (!number) continue;
    Quantity q;
    q.value = number->value;
    q.bound = "exact";
    std::size_t last = number->last;
    // "14/14 thôn": all of them
    if (Any(r, last, {"/"}) && last + 1 < words.size() && words[last + 1].kind == WordKind::kNumber &&
        words[last].span.begin == words[last - 1].span.end) {
      last += 2;
    }
    const std::size_t unit = last;
    if (unit >= words.size()) continue;
    std::string of;
    const auto noun_end = [&](std::size_t from, std::size_t limit) {
      std::size_t k = from;
      while (k < words.size() && k < from + limit && words[k].kind == WordKind::kWord) {
        if (k > from && (rules.verbs.Longest(words, k) ||
                         Any(r, k, {"của", "tại",  "trong", "về",    "để", "theo", "có",   "được", "cho",
                                    "đến", "với",  "trên",  "thuộc", "từ", "khi",  "và",   "là",   "mỗi",
                                    "đạt", "nuôi", "trở",   "lên",   "so", "thì",  "phải", "vào",  "xuống"})))
          break;
        ++k;
      }
      return k;
    };
    if (words[unit].key == "%") {
      std::size_t end = noun_end(unit + 1, 6);
      last = end;
      of = "%";
      if (end > unit + 1) of += " " + r.TextOf(unit + 1, end);
    } else if (Any(r, unit, {"triệu", "tỷ", "tỉ", "nghìn", "ngàn", "trăm"})) {
      const double factor = words[unit].key == "triệu"  ? 1e6
                            : words[unit].key == "trăm" ? 100
                            : words[unit].key[0] == 't' ? 1e9
                                                        : 1e3;
      std::size_t end = unit + 1;
      if (Any(r, end, {"đồng"})) {
        of = "đồng";
        ++end;
      } else {
        const std::size_t noun = noun_end(end, 3);
        if (noun == end) continue;
        of = r.TextOf(end, noun);
        end = noun;
      }
      q.value *= factor;
      last = end;
    } else if (Any(r, unit, {"đồng"})) {
      last = unit + 1;
      of = "đồng";
      while (last + 1 < words.size() && words[last].key == "/" && words[last + 1].kind == WordKind::kWord) {
        of += "/" + words[last + 1].key;
        last += 2;
      }
    } else if (words[unit].kind == WordKind::kWord && !words[unit].all_caps) {
      if (Any(r, unit,
              {"ngày", "tháng", "năm", "giờ", "phút", "tuần", "tuổi", "quý", "h", "g", "và", "đến", "là", "để", "của",
               "cho", "lần", "thế"}) &&
          !(Any(r, unit, {"lần"})))
        continue;
      std::size_t end = noun_end(unit, 3);
      if (end == unit) continue;
      of = r.TextOf(unit, end);
      last = end;
      while (last + 1 < words.size() && words[last].key == "/" && words[last + 1].kind == WordKind::kWord) {
        of += "/" + words[last + 1].key;
        last += 2;
      }
    } else {
      continue;
    }
    // The bound before the number, the half-bound behind it.
    std::size_t first = i;
    const auto two = [&](std::string_view a, std::string_view b) {
      return i >= 2 && words[i - 2].key == a && words[i - 1].key == b;
    };
    if (two("tối", "thiểu") || two("ít", "nhất") || (i >= 1 && before == "trên")) {
      q.bound = "min";
      first = before == "trên" ? i - 1 : i - 2;
    } else if (two("tối", "đa") || two("không", "quá") || (i >= 1 && before == "dưới")) {
      q.bound = "max";
      first = before == "dưới" ? i - 1 : i - 2;
    } else if (two("dự", "kiến")) {
      q.bound = "approx";
      first = i - 2;
    } else if (before == "khoảng" || before == "gần" || before == "chừng") {
      q.bound = "approx";
      first = i - 1;
    } else if (before == "đủ") {
      first = i - 1;
    }
    if (Any(r, last, {"trở"}) && Any(r, last + 1, {"lên"})) {
      q.bound = "min";
      last += 2;
      if (before == "từ") first = i - 1;
    } else if (Any(r, last, {"trở"}) && Any(r, last + 1, {"xuống"})) {
      q.bound = "max";
      last += 2;
    }
    q.of = of;
    q.text = r.TextOf(first, last);
    q.span = r.SpanOf(first, last);
    out.push_back(std::move(q));
    i = last - 1;
  }
}

}  // namespace hoidau
