#include "eval/corpus.h"

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/files.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLinesADocument = 100;

Result<std::string> ReadText(const std::string& path) {
  Result<std::string> text = ReadFile(path);
  if (!text) return text;
  return ToNfc(MakeValidUtf8(*text));
}

Result<EvalDocument> LoadDocument(const fs::path& dir) {
  Result<std::string> text = ReadText((dir / "text.txt").string());
  if (!text) return Error{text.error().code, text.error().message + " (hoidau-print --texts writes it)"};
  EvalDocument out{
      .id = dir.filename().string(), .gold_text = std::move(*text), .gold_record = {}, .observed = {}, .skipped = {}};
  const std::string gold = (dir / "gold.json").string();
  if (fs::exists(gold)) {
    Result<std::string> record = ReadFile(gold);
    if (!record) return record.error();
    out.gold_record = std::move(*record);
  }
  return out;
}

std::string NameOf(fs::path path) {
  path = path.lexically_normal();
  return (path.has_filename() ? path : path.parent_path()).filename().string();
}

// "15,113-115" as flags of lines from 0.
Result<std::vector<bool>> ParseLines(const std::string& list) {
  std::vector<bool> out;
  const char* at = list.data();
  const char* const end = at + list.size();
  while (at < end) {
    std::size_t first = 0;
    auto parsed = std::from_chars(at, end, first);
    std::size_t last = first;
    if (parsed.ec == std::errc() && parsed.ptr < end && *parsed.ptr == '-')
      parsed = std::from_chars(parsed.ptr + 1, end, last);
    const bool separated = parsed.ptr == end || *parsed.ptr == ',';
    if (parsed.ec != std::errc() || !separated || first == 0 || last < first || last > 1'000'000) {
      return Error{ErrorCode::kBadInput, "no list of lines: " + list};
    }
    if (out.size() < last) out.resize(last);
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(first) - 1, out.begin() + static_cast<std::ptrdiff_t>(last),
              true);
    at = parsed.ptr == end ? end : parsed.ptr + 1;
  }
  return out;
}

}  // namespace

Result<EvalSet> LoadCorpus(const std::string& dir) {
  EvalSet out{.name = NameOf(dir), .documents = {}};
  std::vector<fs::path> folders;
  std::error_code failed;
  if (fs::exists(fs::path(dir) / "gold.json", failed)) {
    folders.push_back(fs::path(dir).lexically_normal());
    if (!folders.back().has_filename()) folders.back() = folders.back().parent_path();
  } else {
    for (const auto& entry : fs::directory_iterator(dir, failed)) {
      if (fs::exists(entry.path() / "gold.json")) folders.push_back(entry.path());
    }
  }
  if (folders.empty()) return Error{ErrorCode::kNotFound, dir + ": no documents (folders with text.txt and gold.json)"};
  std::sort(folders.begin(), folders.end());
  for (const fs::path& folder : folders) {
    Result<EvalDocument> document = LoadDocument(folder);
    if (!document) return document.error();
    out.documents.push_back(std::move(*document));
  }
  return out;
}

Result<EvalSet> LoadParagraphs(const std::string& path) {
  const Result<std::string> text = ReadText(path);
  if (!text) return text.error();
  EvalSet out{.name = fs::path(path).stem().string(), .documents = {}};
  const std::vector<ByteSpan> lines = SplitLines(*text);
  for (std::size_t i = 0; i < lines.size(); i += kLinesADocument) {
    const std::size_t last = std::min(i + kLinesADocument, lines.size()) - 1;
    out.documents.push_back({.id = "lines " + std::to_string(i + 1) + "-" + std::to_string(last + 1),
                             .gold_text = text->substr(lines[i].begin, lines[last].end - lines[i].begin) + "\n",
                             .gold_record = {},
                             .observed = {},
                             .skipped = {}});
  }
  if (out.documents.empty()) return Error{ErrorCode::kBadInput, path + ": has no lines"};
  return out;
}

Result<EvalSet> LoadPair(const std::string& observed, const std::string& gold, const std::string& skip) {
  Result<std::string> observed_text = ReadFile(observed);
  if (!observed_text) return observed_text.error();
  Result<std::string> gold_text = ReadText(gold);
  if (!gold_text) return gold_text.error();
  Result<std::vector<bool>> skipped = ParseLines(skip);
  if (!skipped) return skipped.error();
  if (const std::size_t a = SplitLines(*observed_text).size(), b = SplitLines(*gold_text).size();
      !skip.empty() && (a > b + 1 || b > a + 1)) {
    return Error{ErrorCode::kBadInput, observed + " has " + std::to_string(a) + " lines and " + gold + " " +
                                           std::to_string(b) + ": lines cannot be left out"};
  }
  EvalDocument document{.id = fs::path(observed).stem().string(),
                        .gold_text = std::move(*gold_text),
                        .gold_record = {},
                        .observed = MakeValidUtf8(*observed_text),
                        .skipped = std::move(*skipped)};
  const fs::path record = fs::path(gold).replace_extension(".json");
  if (fs::exists(record)) {
    Result<std::string> json = ReadFile(record.string());
    if (!json) return json.error();
    document.gold_record = std::move(*json);
  }
  EvalSet out{.name = document.id, .documents = {}};
  out.documents.push_back(std::move(document));
  return out;
}

std::string WithoutLines(const std::string& text, const std::vector<bool>& skipped) {
  if (skipped.empty()) return text;
  std::string out;
  std::size_t begin = 0;
  for (std::size_t line = 0; begin <= text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (line < skipped.size() && skipped[line])
      out.append(end - begin, ' ');
    else
      out.append(text, begin, end - begin);
    if (end < text.size()) out += '\n';
    begin = end + 1;
  }
  return out;
}

}  // namespace hoidau
