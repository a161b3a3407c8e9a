#include "office_page.h"

#include <gtest/gtest.h>

#include "text_page.h"

namespace hoidau::print {
namespace {

constexpr const char* kLayout = R"({
  "page": {"size_pt": 14, "number": "top"},
  "blocks": [
    {"head": {"left": ["UBND HUYỆN TÂN KHÊ", "*ỦY BAN NHÂN DÂN XÃ LỘC VÂN"], "number": "Số:      /KH-UBND",
              "right": ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
              "date": "Lộc Vân, ngày      tháng 3 năm 2026"}},
    {"title": ["KẾ HOẠCH", "Phòng, chống lụt bão"]},
    {"i": "Căn cứ Luật Đê điều;"},
    {"h": "I. MỤC ĐÍCH"},
    {"hr": "1. Phòng Kinh tế: ", "p": "Tham mưu."},
    {"table": {"widths": [1, 4], "rows": [["TT", "Nội dung"], ["1", "Rà soát"]]}},
    {"break": "page"},
    {"sign": {"recipients": ["Nơi nhận:", "- Lưu: VT."], "right": ["CHỦ TỊCH", "", "Lường Thế Khoáng"]}}
  ],
  "marks": [{"kind": "handwriting", "blank": "number", "text": "15", "page": 1},
            {"kind": "handwriting", "blank": "date", "text": "05", "page": 1},
            {"kind": "seal", "page": 2}]
})";

TEST(OfficeDocument, TextInReadingOrder) {
  const auto document = OfficeDocument::FromLayout(kLayout, {});
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->Text(),
            "UBND HUYỆN TÂN KHÊ\nỦY BAN NHÂN DÂN XÃ LỘC VÂN\nSố: 15/KH-UBND\n"
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nLộc Vân, ngày 05 tháng 3 năm 2026\n"
            "KẾ HOẠCH\nPhòng, chống lụt bão\nCăn cứ Luật Đê điều;\nI. MỤC ĐÍCH\n1. Phòng Kinh tế: Tham mưu.\n"
            "TT\nNội dung\n1\nRà soát\n"
            "\f2\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nLường Thế Khoáng\n");
}

TEST(OfficeDocument, LongParagraphsRunOverPagesAndLoseNothing) {
  std::string words, layout = R"({"page": {"number": "none"}, "blocks": [{"p": ")";
  for (int i = 0; i < 1500; ++i) words += (i ? " " : "") + std::string("từ") + std::to_string(i);
  layout += words + "\"}]}";
  const auto document = OfficeDocument::FromLayout(layout, {});
  ASSERT_TRUE(document);
  EXPECT_GT(document->pages().size(), 1u);
  std::string text = document->Text();
  for (char& c : text) c = c == '\n' || c == '\f' ? ' ' : c;
  std::string folded;
  for (const char c : text) {
    if (c != ' ' || (!folded.empty() && folded.back() != ' ')) folded += c;
  }
  EXPECT_EQ(folded, words + " ");
}

TEST(OfficeDocument, ATallRowIsBrokenBetweenLines) {
  std::string cell;
  for (int i = 0; i < 1200; ++i) cell += "chữ ";
  const auto document = OfficeDocument::FromLayout(
      R"({"blocks": [{"table": {"widths": [1, 2], "rows": [["TT", "ND"], ["1", ")" + cell + R"("]]}}]})", {});
  ASSERT_TRUE(document);
  EXPECT_GT(document->pages().size(), 1u);
  for (const PrintedPage& page : document->pages()) {
    for (const PrintedLine& line : page.lines) EXPECT_LT(line.box.y + line.box.height, kPageHeightPt);
  }
}

TEST(OfficeDocument, BoxesHoldTheInk) {
  const auto document = OfficeDocument::FromLayout(kLayout, {});
  ASSERT_TRUE(document);
  const Raster image = document->Draw(0, 72);
  for (const PrintedLine& line : document->pages()[0].lines) {
    for (const PrintedWord& word : line.words) {
      int ink = 0;
      for (int y = static_cast<int>(word.box.y); y < word.box.y + word.box.height; ++y) {
        for (int x = static_cast<int>(word.box.x); x < word.box.x + word.box.width; ++x) ink += *image.At(x, y) < 160;
      }
      EXPECT_GT(ink, 0) << word.text;
    }
  }
}

TEST(OfficeDocument, SealStandsOverTheSignature) {
  const auto document = OfficeDocument::FromLayout(kLayout, {});
  ASSERT_TRUE(document);
  const auto marks = MarksFromTruth(document->TruthJson());
  ASSERT_TRUE(marks);
  ASSERT_EQ(marks->size(), 2u);
  const Mark& seal = (*marks)[1].back();
  EXPECT_EQ(seal.kind, "seal");
  EXPECT_EQ(seal.text, "UBND HUYỆN TÂN KHÊ ỦY BAN NHÂN DÂN XÃ LỘC VÂN");
  EXPECT_GT(seal.box.x, kPageWidthPt / 2 - 60);
}

TEST(OfficeDocument, SameBytesEachTime) {
  const auto a = OfficeDocument::FromLayout(kLayout, {}), b = OfficeDocument::FromLayout(kLayout, {});
  ASSERT_TRUE(a && b);
  EXPECT_EQ(*a->Pdf(), *b->Pdf());
  EXPECT_EQ(a->Draw(0, 100).pixels(), b->Draw(0, 100).pixels());
}

TEST(OfficeDocument, BadLayoutsAreErrors) {
  EXPECT_FALSE(OfficeDocument::FromLayout("", {}));
  EXPECT_FALSE(OfficeDocument::FromLayout("[]", {}));
  EXPECT_FALSE(OfficeDocument::FromLayout(R"({"blocks": [{"x": 1}]})", {}));
  EXPECT_FALSE(OfficeDocument::FromLayout(R"({"blocks": [{"p": 1}]})", {}));
}

TEST(SetTextPage, TruthIsWhatFound) {
  const TextPage page =
      SetTextPage({{"KẾ HOẠCH", TextKind::kCentred}, {"Thực hiện nhiệm vụ", TextKind::kBody}}, {}, 72);
  EXPECT_EQ(page.truth, "KẾ HOẠCH\nThực hiện nhiệm vụ\n");
  EXPECT_EQ(page.used, 2u);
}

}  // namespace
}  // namespace hoidau::print
