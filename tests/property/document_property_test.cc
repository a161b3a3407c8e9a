// The invariants of doc/document.h on random pages and edits: nothing of a page is lost on its way to the record.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "doc/document.h"
#include "doc/record.h"
#include "doc/record_json.h"
#include "support/seed.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

class Random {
 public:
  std::size_t Below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(engine_); }
  std::string Text(std::size_t most) {
    static const std::string kPieces[] = {"ke", "hoạch", " ", "  ", "\n",     "\n\n",
                                          "\t", "15/KH", "😀", ",",  "\u00A0", "\r\n"};
    std::string out;
    for (std::size_t n = Below(most); n > 0; --n) out += kPieces[Below(std::size(kPieces))];
    return out;
  }

 private:
  std::mt19937 engine_{TestSeed()};
};

void CheckPage(const Page& page) {
  std::string joined;  // lines and what lies between are the page
  std::size_t end = 0;
  for (const Line& line : page.lines) {
    ASSERT_GE(line.raw_span.begin, end);
    joined += page.raw.substr(end, line.raw_span.begin - end);
    ASSERT_EQ(FoldSpace(std::string_view(page.raw).substr(end, line.raw_span.begin - end)), "");
    joined += line.raw_span.In(page.raw);
    std::size_t in_line = line.raw_span.begin;
    for (const Token& token : line.tokens) {
      ASSERT_TRUE(line.raw_span.Contains(token.raw_span));
      ASSERT_GE(token.raw_span.begin, in_line);
      ASSERT_FALSE(token.raw_span.empty());
      ASSERT_EQ(FoldSpace(std::string_view(page.raw).substr(in_line, token.raw_span.begin - in_line)), "");
      in_line = token.raw_span.end;
    }
    ASSERT_EQ(FoldSpace(std::string_view(page.raw).substr(in_line, line.raw_span.end - in_line)), "");
    end = line.raw_span.end;
  }
  ASSERT_EQ(joined + page.raw.substr(end), page.raw);
}

// Recovery that changes, drops and keeps tokens at random.
RecoveredPage RecoverAtRandom(const Page& page, Random& random) {
  static const std::string kReadings[] = {"", "kế", "hoạch", "dài-hơn-nhiều"};
  std::vector<TextEdit> edits;
  for (const Line& line : page.lines) {
    for (const Token& token : line.tokens) {
      if (random.Below(2) == 0) edits.push_back({token.raw_span, kReadings[random.Below(std::size(kReadings))]});
    }
  }
  RecoveredPage out;
  out.layer = *TextLayer::Apply(page.raw, edits);
  for (const Line& line : page.lines) {
    RecoveredLine to{.text_span = out.layer.ToResult(line.raw_span), .box = {}, .style = {}, .tokens = {}};
    for (const Token& token : line.tokens) {
      to.tokens.push_back(
          {.raw_span = token.raw_span, .text_span = out.layer.ToResult(token.raw_span), .alternatives = {}, .box = {}});
    }
    out.lines.push_back(std::move(to));
  }
  return out;
}

TEST(DocumentProperty, NothingIsLostOnTheWayToTheRecord) {
  SCOPED_TRACE(SeedTrace());
  Random random;
  for (int i = 0; i < 500; ++i) {
    Document document;
    RecoveredDocument recovered;
    std::string whole;
    for (std::size_t n = 1 + random.Below(4); n > 0; --n) {
      document.pages.push_back(PlainTextPage(random.Text(30), static_cast<int>(document.pages.size()) + 1));
      ASSERT_NO_FATAL_FAILURE(CheckPage(document.pages.back()));
      recovered.pages.push_back(RecoverAtRandom(document.pages.back(), random));
      whole += (document.pages.size() > 1 ? "\f" : "") + recovered.pages.back().layer.text();
    }
    const DocumentText text = JoinPages(document, recovered);
    ASSERT_EQ(text.text, whole);
    ASSERT_EQ(text.page_spans.size(), document.pages.size());
    for (const DocumentText::TextLine& line : text.lines) {
      ASSERT_TRUE(text.page_spans[static_cast<std::size_t>(line.page) - 1].Contains(line.span));
    }
    Record record;
    record.text = text.text;
    record.pages = RecordPages(document, recovered, text);
    for (std::size_t p = 0; p < record.pages.size(); ++p) {
      ASSERT_EQ(record.pages[p].lines.size(), document.pages[p].lines.size());
      for (std::size_t l = 0; l < record.pages[p].lines.size(); ++l) {
        const RecordLine& line = record.pages[p].lines[l];
        ASSERT_EQ(line.tokens.size(), document.pages[p].lines[l].tokens.size());
        for (std::size_t t = 0; t < line.tokens.size(); ++t) {
          const RecordToken& token = line.tokens[t];
          ASSERT_EQ(token.observed, document.pages[p].lines[l].tokens[t].raw_span.In(document.pages[p].raw));
          ASSERT_EQ(token.text, token.span.In(record.text));
        }
      }
    }
    const std::string json = ToJson(record);
    const Result<Record> back = RecordFromJson(json);
    ASSERT_TRUE(back.ok()) << back.error().message;
    ASSERT_EQ(ToJson(*back), json);
  }
}

}  // namespace
}  // namespace hoidau
