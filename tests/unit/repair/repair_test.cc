#include "repair/repair.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "text/syllable.h"
#include "text/tokenizer.h"
#include "text/unicode.h"

namespace hoidau {
namespace {

const RepairModel& Model() {
  static const Result<RepairModel> model = RepairModel::Load(HOIDAU_SOURCE_DIR "/models");
  return *model;
}

Document FromText(const std::string& text) {
  Document document;
  document.pages.push_back(PlainTextPage(text, 1));
  return document;
}

std::string Repaired(const std::string& text, const RepairOptions& options = {}) {
  static RepairScratch scratch;
  return Repair(FromText(text), Model(), scratch, options).pages[0].layer.text();
}

// Sentences of ours, for all the kinds of damage.
const char* const kSentences[] = {
    "Thực hiện chỉ đạo của Ủy ban nhân dân tỉnh, các đơn vị khẩn trương rà soát, tổng hợp báo cáo kết quả.",
    "Phòng Kinh tế chủ trì, phối hợp với các thôn tổ chức kiểm tra việc chấp hành pháp luật về đất đai.",
    "Tuyên truyền sâu rộng trong cán bộ, đảng viên và nhân dân về ý nghĩa của công tác phòng cháy, chữa cháy."};

TEST(Repair, BringsStrippedMarksBack) {
  for (const char* sentence : kSentences) EXPECT_EQ(Repaired(StripMarks(sentence)), sentence);
}

TEST(Repair, ReadsThroughAnEngineWithoutVietnamese) {
  EXPECT_EQ(Repaired("Uy ban nhan dan x3 t6 chtrc trién khai thuc hién cdng téc phong chay, chita chdy trén dia ban x4 "
                     "theo ké hoach dd d& ra"),
            "Ủy ban nhân dân xã tổ chức triển khai thực hiện công tác phòng cháy, chữa cháy trên địa bàn xã theo kế "
            "hoạch đã đề ra");
}

TEST(Repair, CleanTextStaysAsItIs) {
  for (const char* sentence : kSentences) EXPECT_EQ(Repaired(sentence), sentence);
}

// A long text with one odd word was typed so; a short one may be a recogniser's.
TEST(Repair, ALongCleanTextKeepsHowItWasTyped) {
  std::string clean;
  for (int i = 0; i < 20; ++i) {
    for (const char* sentence : kSentences) clean += std::string(sentence) + "\n";
  }
  const std::string odd = "Tuyên truyền, vận đông nhân dân chấp hành pháp luật về đất đai.\n";
  EXPECT_NE(Repaired(odd), odd);
  EXPECT_EQ(Repaired(clean + odd), clean + odd);
  static RepairScratch scratch;
  const RecoveredDocument out = Repair(FromText(clean + odd), Model(), scratch, {});
  const std::vector<RecoveredToken>& tokens = out.pages[0].lines.back().tokens;
  EXPECT_TRUE(tokens[3].unsure);
  ASSERT_FALSE(tokens[3].alternatives.empty());
  EXPECT_EQ(tokens[3].alternatives[0].text, "động");
}

TEST(Repair, BlanksThatWereLostComeBack) {
  EXPECT_EQ(
      Repaired("Phòng Văn hóa - Xã hội phối hợp với các ấp rà soát việc chấp hành pháp luật về Đấtđai trên địa bàn."),
      "Phòng Văn hóa - Xã hội phối hợp với các ấp rà soát việc chấp hành pháp luật về Đất đai trên địa bàn.");
  // Foreign names and units are no joined words.
  const std::string kept = "Công ty Samsung hỗ trợ xã mua 35kg giống và 12m dây, báo cáo ƯBND tỉnh trước ngày 20.";
  EXPECT_EQ(Repaired(kept), "Công ty Samsung hỗ trợ xã mua 35kg giống và 12m dây, báo cáo UBND tỉnh trước ngày 20.");
}

TEST(Repair, NumbersAddressesAndSymbolsAreNeverTouched) {
  for (const char* keep : {"19/9/2025", "57-NQ/TW", "vanthu@xa-mau.gov.vn", "https://xa-mau.gov.vn/tin", "1.250.000",
                           "0912 345 678", "100%", "15h30", "H5N1"}) {
    for (const char* around : {"Thuc hien ke hoach da de ra theo ", "Thực hiện kế hoạch đã đề ra theo ",
                               "Thyc hién ké hoach da d& ra theo "}) {
      const std::string out = Repaired(std::string(around) + keep + " .");
      EXPECT_NE(out.find(keep), std::string::npos) << out;
    }
  }
}

TEST(Repair, ANumberBesideASignStaysANumber) {
  const std::string out = Repaired(
      "Uy ban nhan dan x4 chi d@o dy tri’6 tan gao, 900 thing mi, nuéc udng va thuéc men "
      "cho ngudi dan ving bi chia c4t, d6 min 4%o cé kha ning anh hudng dén l4a");
  for (const char* number : {"6", "900", "4"}) {
    bool found = false;
    for (const Word& w : SplitWords(out)) found = found || w.span.In(out) == number;
    EXPECT_TRUE(found) << number << ": " << out;
  }
}

TEST(Repair, RomanLabelsCountOn) {
  const std::string body = "Thyc hién ké hoach cua Uy ban nhan dan x4 vé céng tac phong chay chita chdy.\n";
  const std::string out = Repaired("I. MUC DICH\n" + body + "Il. NOI DUNG\n" + body + "II. TO CHUC THUC HIEN\n" + body);
  EXPECT_NE(out.find("\nII. NỘI DUNG"), std::string::npos) << out;
  EXPECT_NE(out.find("\nIII. TỔ CHỨC"), std::string::npos) << out;
}

// Whatever noise stands before it: a signature is found by it.
TEST(Repair, OnWhoseBehalfSomebodySignsStays) {
  for (const std::string line : {"Nyi “nhgn; 12 Lvu v TM. UY BAN NHAN DAM", "Nai nbén: 4 Bso v TL. CHU TICH"}) {
    const std::string text = Repaired("Thuc hién Ké hoach sb 12 cia Uy ban nhan dan x3.\n\n" + line + "\n");
    const std::string sign = line.substr(line.find(" T"), 4);
    EXPECT_NE(text.find(sign), std::string::npos) << text;
  }
}

TEST(Repair, LinesStayLines) {
  const std::string text = "Thuc hien ke hoach\n\n\\~ _ ^\nto chuc thuc hien\n   \nxong";
  const std::string out = Repaired(text);
  EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), std::count(text.begin(), text.end(), '\n'));
}

TEST(Repair, LinesOfNoiseBecomeEmpty) {
  const std::string page =
      "Thyc hién ké hoach cua Uy ban nhan dan x4 vé céng tac phong chay chita chdy\n  \\’? . e_,\ntrén dia ban x4 "
      "trong nam nay \\’ ° _\n";
  const std::string out = Repaired(page);
  const auto lines = SplitLines(out);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[1].In(out), "");
  EXPECT_EQ(lines[2].In(out), "trên địa bàn xã trong năm nay");
}

TEST(Repair, OutputIsNfcAndNfcInputIsByteEqual) {
  const std::string nfd = "Kê\u0301 hoa\u0323ch tô\u0309 ch\u01B0\u0301c cu\u0309a xa\u0303 nam 2026";
  EXPECT_TRUE(IsNfc(Repaired(nfd)));
}

TEST(Repair, RepairedTextIsAtRest) {
  for (const char* sentence : kSentences) {
    const std::string once = Repaired(StripMarks(sentence));
    EXPECT_EQ(Repaired(once), once);
  }
}

TEST(Repair, TokensSayWhatWasObservedAndHowSureWeAre) {
  const Document document = FromText("Ke hoach to chuc hoi nghi tong ket");
  RepairScratch scratch;
  const RecoveredDocument out = Repair(document, Model(), scratch, {.explain = true});
  const RecoveredPage& page = out.pages[0];
  ASSERT_EQ(page.lines.size(), 1U);
  ASSERT_EQ(page.lines[0].tokens.size(), 8U);
  for (const RecoveredToken& t : page.lines[0].tokens) {
    EXPECT_EQ(page.layer.ToResult(t.raw_span), t.text_span);
    EXPECT_GT(t.confidence, 0);
    EXPECT_LE(t.confidence, 1);
    EXPECT_NE(t.reason.find("channel"), std::string::npos);
  }
  EXPECT_EQ(page.lines[0].tokens[1].text_span.In(page.layer.text()), "hoạch");
}

TEST(Repair, TheUsersWordsAreRight) {
  EXPECT_EQ(Repaired("Hoi thi Techfesst cua xa duoc to chuc hang nam", {.words = {"Techfesst"}}).substr(0, 21),
            "Hội thi Techfesst c");
  EXPECT_NE(Repaired("Nguoi dan thon Lung Vài den tru so lam viec", {.words = {"Lũng Vài"}}).find("Lũng Vài"),
            std::string::npos);
}

TEST(Repair, AnythingGoesInAndNothingBreaks) {
  std::mt19937 random(7);
  const std::string_view letters = "aeiouđtnghPDB6&@.,;()-/ \n\t\xC6\xB0\xCC\x81\xE1\xBB\x91\xFF_\\";
  for (int round = 0; round < 80; ++round) {
    std::string text;
    for (std::size_t i = random() % 200; i > 0; --i) text += letters[random() % letters.size()];
    text = MakeValidUtf8(text);
    const std::string out = Repaired(text);
    EXPECT_EQ(std::count(out.begin(), out.end(), '\n'), std::count(text.begin(), text.end(), '\n'));
    EXPECT_TRUE(IsValidUtf8(out));
  }
  EXPECT_EQ(Repaired(""), "");
  EXPECT_EQ(Repaired(std::string(5000, 'a')), std::string(5000, 'a'));
}

// Without word habits and word judge recovery works, less well; damaged ones are an error.
TEST(RepairModel, HabitsAndJudgeAreOptionalAndChecked) {
  const std::filesystem::path dir = std::filesystem::path(::testing::TempDir()) / "models_without_habits";
  std::filesystem::create_directories(dir / "channel");
  for (const char* file : {"recovery.lm", "lexicon.tsv", "channel/latin.tsv", "channel/vietnamese.tsv"}) {
    std::error_code ignored;
    std::filesystem::remove(dir / file, ignored);
    std::filesystem::create_symlink(std::filesystem::path(HOIDAU_SOURCE_DIR "/models") / file, dir / file);
  }
  const Result<RepairModel> plain = RepairModel::Load(dir.string());
  ASSERT_TRUE(plain.ok());
  RepairScratch scratch;
  EXPECT_EQ(Repair(FromText(StripMarks(kSentences[1])), *plain, scratch, {}).pages[0].layer.text(), kSentences[1]);
  for (const char* file : {"recovery.habits", "recovery.judge"}) {
    std::ofstream(dir / file) << "damaged";
    EXPECT_EQ(RepairModel::Load(dir.string()).error().code, ErrorCode::kModel) << file;
    std::filesystem::remove(dir / file);
  }
  std::filesystem::remove_all(dir);
}

TEST(RepairModel, SaysWhatIsMissingOrDamaged) {
  EXPECT_EQ(RepairModel::Load("/nonexistent").error().code, ErrorCode::kNotFound);
  const std::filesystem::path dir = std::filesystem::path(::testing::TempDir()) / "damaged_models";
  std::filesystem::create_directories(dir / "channel");
  for (const char* file : {"recovery.lm", "lexicon.tsv", "channel/latin.tsv", "channel/vietnamese.tsv"}) {
    std::error_code ignored;
    std::filesystem::remove(dir / file, ignored);
    std::filesystem::create_symlink(std::filesystem::path(HOIDAU_SOURCE_DIR "/models") / file, dir / file);
  }
  EXPECT_TRUE(RepairModel::Load(dir.string()).ok());
  for (const char* file : {"recovery.lm", "lexicon.tsv", "channel/latin.tsv"}) {
    std::filesystem::remove(dir / file);
    std::ofstream(dir / file) << "damaged";
    EXPECT_EQ(RepairModel::Load(dir.string()).error().code, ErrorCode::kModel) << file;
    std::filesystem::remove(dir / file);
    std::filesystem::create_symlink(std::filesystem::path(HOIDAU_SOURCE_DIR "/models") / file, dir / file);
  }
  std::filesystem::remove_all(dir);
}

}  // namespace
}  // namespace hoidau
