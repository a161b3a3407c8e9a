#include "batch/search.h"

#include <algorithm>
#include <set>

#include "batch/ledger.h"
#include "text/syllable.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

// A row a page: its id is that of the file and the number of the page.
constexpr int kPageBits = 20;
constexpr std::int64_t kPages = std::int64_t{1} << kPageBits;

// The word as it is written with the tone on either vowel: "hòa" and "hoà".
std::set<std::string> Spellings(const std::string& phrase) {
  std::set<std::string> out = {phrase};
  for (const TonePlacement placement : {TonePlacement::kOld, TonePlacement::kNew}) {
    std::string spelt;
    for (std::size_t at = 0; at < phrase.size();) {
      const std::size_t end = std::min(phrase.find(' ', at), phrase.size());
      spelt += (spelt.empty() ? "" : " ") + WithTonePlacement(phrase.substr(at, end - at), placement);
      at = end + 1;
    }
    out.insert(spelt);
  }
  return out;
}

// "số 5" → "\"số 5\"": a phrase of FTS5.
std::string Quoted(std::string_view phrase) {
  std::string out = "\"";
  for (const char c : phrase) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

// The lines of `marked` on which a match begins: their numbers, and the same lines of `text`, which has no marks.
template <typename Found>
void EachMatchedLine(std::string_view marked, std::string_view text, const Found& found) {
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = text.find('\n'), marked_end = marked.find('\n');
    if (marked.substr(0, marked_end).find('\x02') != std::string_view::npos) found(line, text.substr(0, end));
    text.remove_prefix(std::min(end, text.size() - 1) + 1);
    marked.remove_prefix(std::min(marked_end, marked.size() - 1) + 1);
  }
}

}  // namespace

Status MakeIndex(Database& db) {
  // unicode61 folds case; marks are our affair: it does not know that đ is a d with one.
  return db.Run(
      "CREATE VIRTUAL TABLE IF NOT EXISTS page_text USING fts5(text, plain, tokenize = 'unicode61 remove_diacritics "
      "0')");
}

Status IndexText(Database& db, std::int64_t file, std::string_view text) {
  Result<Statement> remove = db.Prepare("DELETE FROM page_text WHERE rowid >= ?1 AND rowid < ?2");
  if (!remove) return remove.error();
  const std::int64_t base = file << kPageBits;
  if (const Status removed = remove->Do(base, base + kPages); !removed) return removed;
  Result<Statement> insert = db.Prepare("INSERT INTO page_text(rowid, text, plain) VALUES(?1, ?2, ?3)");
  if (!insert) return insert.error();
  for (std::int64_t page = 1; page < kPages; ++page) {
    const std::size_t end = text.find('\f');
    const std::string_view content = text.substr(0, end);
    if (!content.empty()) {
      const Status added = insert->Do(base + page, content, StripMarks(content));
      if (!added) return added;
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return Done{};
}

Result<std::vector<SearchHit>> Search(const std::string& out_dir, std::string_view phrase, int limit) {
  const std::string wanted = ToNfc(FoldSpace(MakeValidUtf8(phrase)));
  const std::u32string letters = CodePoints(wanted);
  if (std::none_of(letters.begin(), letters.end(), IsAlnum)) {
    return Error{ErrorCode::kBadInput, "give a word to search for"};
  }
  Result<BatchLedger> ledger = OpenBatch(out_dir);
  if (!ledger) return ledger.error();
  const bool plain = StripMarks(wanted) == wanted;
  std::string match;
  for (const std::string& spelling : Spellings(wanted)) {
    match += (match.empty() ? (plain ? "plain : (" : "text : (") : " OR ") + Quoted(spelling);
  }
  match += ")";
  // U+0002 begins a match; a text that holds one itself shows a line too many.
  Result<Statement> select = ledger->database().Prepare(
      "SELECT page_text.rowid, highlight(page_text, ?2, char(2), ''), text, path, stem FROM page_text JOIN files "
      "ON files.id = page_text.rowid >> 20 WHERE page_text MATCH ?1 ORDER BY page_text.rowid LIMIT ?3");
  static_assert(kPageBits == 20);
  if (!select) return select.error();
  select->Bind(match, plain ? 1 : 0, limit);
  std::vector<SearchHit> out;
  while (out.size() < static_cast<std::size_t>(limit)) {
    const Result<bool> row = select->Step();
    if (!row) return row.error();
    if (!*row) break;
    const std::string marked = select->Text(1), text = select->Text(2);
    EachMatchedLine(marked, text, [&](int line, std::string_view content) {
      if (out.size() == static_cast<std::size_t>(limit)) return;
      out.push_back({.file = select->Text(3),
                     .stem = select->Text(4),
                     .page = static_cast<int>(select->Int(0) % kPages),
                     .line = line,
                     .text = std::string(content)});
    });
  }
  return out;
}

}  // namespace hoidau
