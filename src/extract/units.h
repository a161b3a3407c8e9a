// Names of offices, groups and office holders in running text.
//
//   UnitReader reader(rules);
//   reader.ReadList(KeyWords("Các phòng, ban và Công an xã"), text, 0) → "Các phòng", "Các ban", "Công an"
//
// Thread safety: one reader a document. Private to the module. Method: phrase tables for the heads, a small grammar for
// the names behind them, verbs and function words as ends; names learned from headings come first.
#ifndef HOIDAU_EXTRACT_UNITS_H_
#define HOIDAU_EXTRACT_UNITS_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "doc/record.h"
#include "extract/rules.h"
#include "text/phrases.h"

namespace hoidau {

struct UnitName {
  std::string name;
  bool collective = false;
  bool keeps_level = false;         // a council: shares the tail of a list
  std::size_t first = 0, last = 0;  // words
};

struct UnitList {
  std::vector<UnitName> units;
  std::size_t last = 0;  // word behind the list
};

class UnitReader {
 public:
  explicit UnitReader(const ExtractRules::Tables& rules) : rules_(rules) {}

  // A whole name as a heading or a recipient prints it; later readings take it whole.
  void Learn(std::string_view name);
  // The long form of a bare head, "Đồn Biên phòng" → "Đồn Biên phòng Lạch Dừa", where the document knows one alone.
  void LearnLongForm(const UnitName& name);

  // A short form that the document defines, "Trung tâm Phục vụ hành chính công (viết tắt: TTHCC)".
  void LearnShort(std::string_view short_form, const UnitName& unit);
  // What of these words says that a short form follows, and for which unit before; nothing where nothing does.
  void LearnShortForms(std::string_view text, const std::vector<KeyWord>& words);

  std::optional<UnitName> ReadOne(std::string_view text, const std::vector<KeyWord>& words, std::size_t at) const;
  // One unit or more, joined by commas, "và", "cùng"; empty where none begins at `at`. A list ends after `most` units.
  static constexpr std::size_t kLongestList = 100;
  UnitList ReadList(std::string_view text, const std::vector<KeyWord>& words, std::size_t at,
                    std::size_t most = kLongestList) const;

  // The commune or province of the issuer: a unit of another commune keeps its name.
  void SetOwnPlace(std::string_view place);

  // Whether a list was longer than that.
  bool cut() const { return cut_; }

  // The full name of a printed one: short forms expanded, old tone placement, usual casing.
  std::string FullName(std::string_view printed) const;

 private:
  struct Tail {
    std::string text;  // "xã", "xã Lộc Vân", "tỉnh Nghệ An"
    std::size_t last = 0;
  };
  std::optional<UnitName> ReadGroup(std::string_view text, const std::vector<KeyWord>& words, std::size_t at,
                                    std::size_t noun, std::vector<UnitName>* more) const;
  std::optional<UnitName> ReadMixed(std::string_view text, const std::vector<KeyWord>& words, std::size_t at) const;
  UnitName Printed(std::string_view text, const std::vector<KeyWord>& words, std::size_t first, std::size_t last,
                   bool collective = false, bool keeps_level = false) const;
  void Lengthen(UnitName& unit) const;
  std::optional<UnitName> ReadPerson(std::string_view text, const std::vector<KeyWord>& words, std::size_t at) const;
  std::optional<UnitName> ReadOffice(const std::vector<KeyWord>& words, std::size_t at) const;
  std::optional<UnitName> ReadCounted(std::string_view text, const std::vector<KeyWord>& words, std::size_t at,
                                      std::vector<UnitName>& more) const;
  std::optional<UnitName> ReadOwnShort(const std::vector<KeyWord>& words, std::size_t at) const;
  void ReadSisters(const std::vector<KeyWord>& words, const UnitName& unit, std::vector<UnitName>& more) const;
  std::size_t BodyEnd(const std::vector<KeyWord>& words, std::size_t end, bool keeps_level) const;
  void ReadNumbers(const std::vector<KeyWord>& words, const UnitName& unit, std::vector<UnitName>& more) const;
  Tail ReadTail(std::string_view text, const std::vector<KeyWord>& words, std::size_t at) const;
  std::size_t NameEnd(const std::vector<KeyWord>& words, std::size_t at, bool open) const;
  std::size_t LevelBehind(const std::vector<KeyWord>& words, std::size_t at) const;
  bool GoesOnToName(const std::vector<KeyWord>& words, std::size_t at) const;
  std::size_t DeedEnd(const std::vector<KeyWord>& words, std::size_t at) const;
  bool Stops(const std::vector<KeyWord>& words, std::size_t at) const;
  bool StandsAlone(const std::vector<KeyWord>& words, std::size_t at) const;
  bool BeginsUnit(const std::vector<KeyWord>& words, std::size_t at) const;

  const ExtractRules::Tables& rules_;
  mutable bool cut_ = false;
  PhraseTable learned_;
  std::string own_place_;                                    // in small letters
  PhraseTable own_shorts_;                                   // → index into own_units_
  std::vector<UnitName> own_units_;                          // what the document's own short forms stand for
  std::map<std::string, std::set<std::string>> long_forms_;  // key of a bare head → names that begin with it
};

// The units of a record with their ids and roles.
class UnitRegistry {
 public:
  explicit UnitRegistry(std::vector<Unit>& units) : units_(units) {}

  // The id of a unit, added where it is new. A bare name joins a longer one of the document ("Sở Y tế" and "Sở Y tế
  // tỉnh Nghệ An").
  std::string Add(const std::string& name, bool collective, const std::string& role, ByteSpan mention);
  const std::string& NameOf(const std::string& id) const;
  // "Ủy ban nhân dân xã" is the issuer.
  void SetIssuer(const std::string& name);
  // A body whose full name "Ủy ban nhân dân xã", "Đảng ủy phường" stand for: the issuer's parent, its commune's
  // committee.
  void AddOwnBody(const std::string& name);

 private:
  static std::string KeyOfName(const std::string& name);
  static bool EndsInLevel(const std::string& key);
  static bool IsProperName(const std::string& name, const std::string& rest);

  std::vector<Unit>& units_;
  std::string issuer_;
  std::vector<std::string> own_bodies_;
  std::map<std::string, std::size_t> by_key_;
  std::set<std::tuple<std::size_t, std::uint32_t, std::uint32_t>> mentions_;  // unit, begin, end
};

}  // namespace hoidau

#endif  // HOIDAU_EXTRACT_UNITS_H_
