#include "image/reading_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace hoidau {
namespace {

using ::testing::ElementsAre;

// A drawing of a page: a character is 10 wide, a row 30 high with print 20 high. Words are runs without blanks; words
// of a row that are one blank apart are one fragment, as an engine would give them.
struct Drawing {
  std::vector<std::string> texts;
  std::vector<Box> words;
  std::vector<std::vector<int>> fragments;

  explicit Drawing(const std::vector<std::string>& rows) {
    for (std::size_t y = 0; y < rows.size(); ++y) {
      std::size_t last_end = 0;
      for (std::size_t x = 0; x < rows[y].size();) {
        if (rows[y][x] == ' ') {
          ++x;
          continue;
        }
        const std::size_t end = std::min(rows[y].find(' ', x), rows[y].size());
        const float top = 30.0F * static_cast<float>(y);
        if (last_end == 0 || x > last_end + 1) fragments.emplace_back();
        fragments.back().push_back(static_cast<int>(words.size()));
        texts.push_back(rows[y].substr(x, end - x));
        words.push_back({10.0F * static_cast<float>(x), top, 10.0F * static_cast<float>(end), top + 20});
        x = last_end = end;
      }
    }
  }

  std::vector<std::string> Read(const std::vector<Table>& tables = {}) const {
    std::vector<std::string> out;
    for (const LayoutLine& line : ReadingOrder(words, fragments, tables)) {
      std::string text;
      for (const int w : line.words) text += (text.empty() ? "" : " ") + texts[w];
      out.push_back(text);
    }
    return out;
  }
};

TEST(ReadingOrder, BodyTextStaysInRows) {
  EXPECT_THAT(Drawing({"  Thuc hien Ke hoach cua Uy ban nhan dan xa",  //
                       "ve viec to chuc ngay hoi chuyen doi so nam nay", "nhu sau:"})
                  .Read(),
              ElementsAre("Thuc hien Ke hoach cua Uy ban nhan dan xa", "ve viec to chuc ngay hoi chuyen doi so nam nay",
                          "nhu sau:"));
}

TEST(ReadingOrder, OfficeAndNumberBeforeMottoAndDate) {
  EXPECT_THAT(Drawing({"  UY BAN NHAN DAN      CONG HOA XA HOI CHU NGHIA",  //
                       "   XA HOA AN            Doc lap - Tu do",           //
                       "  So: 15/KH-UBND       Hoa An, ngay 5 thang 3",     //
                       "",                                                  //
                       "                KE HOACH CHUYEN DOI SO",            //
                       "  Thuc hien Ke hoach so 9 cua tinh, Uy ban nhan dan xa"})
                  .Read(),
              ElementsAre("UY BAN NHAN DAN", "XA HOA AN", "So: 15/KH-UBND", "CONG HOA XA HOI CHU NGHIA",
                          "Doc lap - Tu do", "Hoa An, ngay 5 thang 3", "KE HOACH CHUYEN DOI SO",
                          "Thuc hien Ke hoach so 9 cua tinh, Uy ban nhan dan xa"));
}

TEST(ReadingOrder, RecipientsBeforeTheSignatureBesideThem) {
  EXPECT_THAT(Drawing({"Tren day la Ke hoach cua Uy ban nhan dan xa nam 2025.",  //
                       "Noi nhan:                    TM. UY BAN NHAN DAN",       //
                       "- UBND tinh;                     CHU TICH",              //
                       "- Cac thon;",                                            //
                       "- Luu: VT, VHXH.",                                       //
                       "                                Nguyen Van An"})
                  .Read(),
              ElementsAre("Tren day la Ke hoach cua Uy ban nhan dan xa nam 2025.", "Noi nhan:", "- UBND tinh;",
                          "- Cac thon;", "- Luu: VT, VHXH.", "TM. UY BAN NHAN DAN", "CHU TICH", "Nguyen Van An"));
}

TEST(ReadingOrder, SignatoryAboveTheRecipients) {
  EXPECT_THAT(Drawing({"Kinh trinh Hoi dong nhan dan xa xem xet, quyet dinh.",  //
                       "                                CHU TICH",              //
                       "Noi nhan:",                                             //
                       "- Nhu tren;",                                           //
                       "- Cac thon;                    Nguyen Van An",          //
                       "- Luu: VT."})
                  .Read(),
              ElementsAre("Kinh trinh Hoi dong nhan dan xa xem xet, quyet dinh.", "Noi nhan:", "- Nhu tren;",
                          "- Cac thon;", "- Luu: VT.", "CHU TICH", "Nguyen Van An"));
}

TEST(ReadingOrder, NumberedItemsWithWideTabsAreRows) {
  EXPECT_THAT(Drawing({"1.      Phong Kinh te tham muu cho Uy ban",  //
                       "2.      Phong Van hoa va Xa hoi to chuc",    //
                       "3.      Cong an xa giu gin trat tu"})
                  .Read(),
              ElementsAre("1. Phong Kinh te tham muu cho Uy ban", "2. Phong Van hoa va Xa hoi to chuc",
                          "3. Cong an xa giu gin trat tu"));
}

TEST(ReadingOrder, TableRowByRowCellByCell) {
  //  0         1         2         3         4
  const Drawing page({"Lich lam viec cua Uy ban nhan dan xa Hoa An",  //
                      "TT  Noi dung      Don vi",                     //
                      "1   Tuyen truyen  Phong Van",                  //
                      "    ngay hoi      hoa",                        //
                      "2   Tap huan      Cong an"});
  const Table table{.box = {0, 25, 300, 145},
                    .cells = {{0, 25, 35, 55},
                              {35, 25, 175, 55},
                              {175, 25, 300, 55},
                              {0, 55, 35, 115},
                              {35, 55, 175, 115},
                              {175, 55, 300, 115},
                              {0, 115, 35, 145},
                              {35, 115, 175, 145},
                              {175, 115, 300, 145}}};
  EXPECT_THAT(page.Read({table}),
              ElementsAre("Lich lam viec cua Uy ban nhan dan xa Hoa An", "TT", "Noi dung", "Don vi", "1",
                          "Tuyen truyen", "ngay hoi", "Phong Van", "hoa", "2", "Tap huan", "Cong an"));
}

// A number that a pen filled in leaves a wide blank in the left column.
TEST(Places, RowsAndColumnsByTheRules) {
  // A head, two rows whose first cell is one, and edges that drift by some pixels.
  const Table table{.box = {0, 0, 600, 160},
                    .cells = {{0, 0, 98, 40},
                              {101, 1, 598, 41},  //
                              {2, 50, 100, 160},
                              {103, 51, 350, 100},
                              {352, 52, 599, 101},  //
                              {104, 105, 350, 160},
                              {353, 106, 600, 161}}};
  const auto place = [](int row, int column) { return CellPlace{.table = 3, .row = row, .column = column}; };
  EXPECT_EQ(Places(table, 3), (std::vector<CellPlace>{place(0, 0), place(0, 1), place(1, 0), place(1, 1), place(1, 2),
                                                      place(2, 1), place(2, 2)}));
}

TEST(ReadingOrder, HeadWithABlankNumber) {
  EXPECT_THAT(Drawing({"UY BAN NHAN DAN XA HOA AN   CONG HOA XA HOI CHU NGHIA",  //
                       "       HOA AN KHU HAI           Doc lap - Tu do",        //
                       "                            Hoa An, ngay 5 thang 3",     //
                       "    So:        /KH-UBND          ",                      //
                       "  V/v tham gia hoi thi    "})
                  .Read(),
              ElementsAre("UY BAN NHAN DAN XA HOA AN", "HOA AN KHU HAI", "So: /KH-UBND", "V/v tham gia hoi thi",
                          "CONG HOA XA HOI CHU NGHIA", "Doc lap - Tu do", "Hoa An, ngay 5 thang 3"));
}

// No two lines stand side by side, and still the recipients come before the signature.
TEST(ReadingOrder, StaggeredSignature) {
  EXPECT_THAT(Drawing({"Tren day la ke hoach cua xa, de nghi cac don vi thuc hien",  //
                       "                                  KT. CHU TICH",             //
                       "                                 PHO CHU TICH",              //
                       "Noi nhan:",                                                  //
                       "- Nhu tren;",                                                //
                       "- Luu: VT.",                                                 //
                       "                                  Nguyen Van An"})
                  .Read(),
              ElementsAre("Tren day la ke hoach cua xa, de nghi cac don vi thuc hien", "Noi nhan:", "- Nhu tren;",
                          "- Luu: VT.", "KT. CHU TICH", "PHO CHU TICH", "Nguyen Van An"));
}

TEST(ReadingOrder, TitleAboveShortHeadingsStaysAbove) {
  EXPECT_THAT(Drawing({"                     KE HOACH",  //
                       "                    NAM 2026",   //
                       "I. MUC DICH",                    //
                       "1. Yeu cau",                     //
                       "Phong Kinh te chu tri thuc hien cac nhiem vu sau"})
                  .Read(),
              ElementsAre("KE HOACH", "NAM 2026", "I. MUC DICH", "1. Yeu cau",
                          "Phong Kinh te chu tri thuc hien cac nhiem vu sau"));
}

TEST(ReadingOrder, NothingGivesNothing) { EXPECT_TRUE(ReadingOrder({}, {}, {}).empty()); }

// Whatever the boxes are, every word comes out once.
TEST(ReadingOrder, EveryWordOnce) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> place(-50, 2000), size(-5, 300);
  for (int round = 0; round < 300; ++round) {
    std::vector<Box> words;
    std::vector<std::vector<int>> fragments;
    const int count = static_cast<int>(random() % 40);
    for (int i = 0; i < count; ++i) {
      const float x = place(random), y = place(random);
      words.push_back({x, y, x + size(random), y + size(random) / 8});
      if (fragments.empty() || random() % 3 == 0) fragments.emplace_back();
      fragments.back().push_back(i);
    }
    const Table table{.box = {300, 300, 900, 900}, .cells = {{300, 300, 900, 500}, {300, 500, 900, 900}}};
    std::vector<int> seen;
    for (const LayoutLine& line : ReadingOrder(words, fragments, {table})) {
      EXPECT_FALSE(line.words.empty());
      seen.insert(seen.end(), line.words.begin(), line.words.end());
    }
    std::sort(seen.begin(), seen.end());
    ASSERT_EQ(seen.size(), words.size()) << "round " << round;
    for (int i = 0; i < count; ++i) ASSERT_EQ(seen[static_cast<std::size_t>(i)], i) << "round " << round;
  }
}

}  // namespace
}  // namespace hoidau
